"""A month's frame of children's records as a file: references, never names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from programme.cases import CASE_REFERENCE, PLAN_TYPES, Case, FrameEntry
from programme.facts import CasesImported, Fact
from programme.people import Person, Team
from programme.refusals import Fault
from programme.rows import Cells, Row, refuse

COLUMNS = ("case_ref", "team", "social_worker", "team_manager", "plan_type", "age_band")
OPTIONAL = ("family_ref", "opened", "closed", "restricted", "hold", "tags")

Thing = TypeVar("Thing")


@dataclass
class Register:
    """What a frame file is read against: who and what is known, and the month's frame so far."""

    month: str
    people: Mapping[str, Person]
    teams: Mapping[str, Team]
    cases: dict[str, Case] = field(default_factory=dict)
    frame: dict[str, FrameEntry] = field(default_factory=dict)

    def take_in(self, rows: Sequence[Row]) -> list[Fact]:
        """Add or change every record in the file and put it in the month's frame; all of it or nothing."""
        faults: list[Fault] = []
        read = [self._read(Cells(row, faults)) for row in rows]
        faults += _doubled(rows)
        faults += self._too_late(rows)
        refuse(faults)
        for case in read:
            kept = self.cases.setdefault(case.ref, case)
            _bring_up_to_date(kept, case)
            self.frame.setdefault(case.ref, FrameEntry(self.month, kept))
        return [CasesImported(about=self.month, cases=len(read))]

    def _read(self, cells: Cells) -> Case:
        read = self._case(cells)
        if read.opened and read.closed and read.closed < read.opened:
            cells.wrong("closed", "is before the day it was opened.")
        return read

    def _case(self, cells: Cells) -> Case:
        return Case(
            ref=_reference(cells),
            team=self._known(cells, "team", self.teams),
            social_worker=self._known(cells, "social_worker", self.people),
            team_manager=self._known(cells, "team_manager", self.people),
            plan_type=cells.one_of("plan_type", PLAN_TYPES),
            age_band=cells.text("age_band", at_most=20, needed=True),
            family_ref=cells.text("family_ref", at_most=40),
            opened=cells.day("opened"),
            closed=cells.day("closed"),
            restricted=cells.yes("restricted"),
            hold=cells.yes("hold"),
            tags=[tag.strip() for tag in cells.text("tags", at_most=200).split(";") if tag.strip()],
        )

    def _too_late(self, rows: Sequence[Row]) -> list[Fault]:
        """Once the sample is drawn its frame keeps its members, or nobody could check the draw any more."""
        if not any(entry.drawn_as for entry in self.frame.values()):
            return []
        refs = [(row.number, row.cells.get("case_ref", "").strip()) for row in rows]
        return [
            Fault(f"Row {number}, case_ref", f"{ref} is new, and the sample has been drawn from the frame without it.")
            for number, ref in refs
            if ref not in self.frame
        ]

    @staticmethod
    def _known(cells: Cells, column: str, known: Mapping[str, Thing]) -> Thing | None:
        said = cells.text(column, at_most=254, needed=True)
        found = known.get(said) or known.get(said.lower())
        if said and found is None:
            cells.wrong(column, f"'{said}' is not on the people list. Import the people first.")
        return found


def _reference(cells: Cells) -> str:
    said = cells.text("case_ref", at_most=20, needed=True)
    if said and not CASE_REFERENCE.fullmatch(said):
        cells.wrong("case_ref", f"'{said}' is not a case reference: 3 to 20 of A-Z, 0-9, - and /.")
    return said


def _doubled(rows: Sequence[Row]) -> list[Fault]:
    first: dict[str, int] = {}
    faults = []
    for row in rows:
        ref = row.cells.get("case_ref", "").strip()
        if ref and first.setdefault(ref, row.number) != row.number:
            faults.append(Fault(f"Row {row.number}, case_ref", f"{ref} stands in row {first[ref]} too."))
    return faults


def _bring_up_to_date(kept: Case, read: Case) -> None:
    for name in (*COLUMNS[1:], *OPTIONAL):
        setattr(kept, name, getattr(read, name))
