"""Returns in bulk: a file of rows by the names of our fields, and the response sheet, asked for by hand."""

from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from forms import intake
from forms.arrived import Arrived
from forms.poll import Poll
from programme.answers import ACTIONS_AT_MOST
from programme.calendar import LONDON
from programme.people import Person
from programme.refusals import Fault, NotAllowed, Refusal
from programme.rows import Row, refuse
from programme.words import SubmissionState, Voice
from storage import find
from storage.office import Office
from storage.session import Session

SOURCE = "file"
LONGEST_ID = 200
NEEDED = ("case_ref", "auditor")
KNOWN = frozenset(
    {
        *NEEDED,
        *("code", "submitted_at", "part_in_case", "strengths", "overall", "impact", "safety", "safety_detail"),
        *("staff_conduct", "with_practitioner", "why_without", "outcomes"),
        *(f"{voice}.{part}" for voice in Voice for part in ("asked", "why_not", "how", "by_whom", "changed")),
        *(
            f"action_{n}.{part}"
            for n in range(1, ACTIONS_AT_MOST + 1)
            for part in ("step", "measure", "priority", "due")
        ),
    }
)


class Table(Protocol):
    """A file of rows, as it was read."""

    @property
    def headings(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Sequence[Row]: ...


@dataclass(frozen=True)
class Returns:
    office: Office
    sheet: Poll | None

    def import_rows(self, table: Table, email: str, *, dry_run: bool, progress: Callable[[int, int], None]) -> str:
        """Take in a file as one unit, or say what would come of it. Raises `Faulty`, naming rows and columns."""
        said: list[str] = []
        with self.office.record.writing(only_try=dry_run) as session:
            by = _importer(session, self.office, email)
            _refuse_strange_columns(table.headings, _question_fields(session))
            arrived = _all_arrived(table.rows)
            for done, each in enumerate(arrived, start=1):
                said.append(self._take_in(session, each, by))
                progress(done, len(arrived))
        return f"{'Nothing was changed. ' if dry_run else ''}{_counted(said)}"

    def poll(self) -> str:
        """Look into the response sheet now, and say what came of it."""
        if self.sheet is None:
            msg = "No response sheet is named. Set GOOGLE_SERVICE_ACCOUNT_FILE and GOOGLE_SHEET_KEY."
            raise Refusal(msg)
        polled = self.sheet.once()
        if polled.because:
            raise Refusal(polled.because)
        return f"{polled.rows} rows in the sheet, {polled.new} of them new."

    def _take_in(self, session: Session, arrived: Arrived, by: Person) -> str:
        submission, new = intake.keep(session, self.office, arrived)
        if not new:
            return "had already"
        intake.settle(session, self.office, submission, entered_by=by)
        return "held" if submission.state is SubmissionState.HELD else "taken in"


def _importer(session: Session, office: Office, email: str) -> Person:
    """An administrator may enter for others what they wrote; both names are kept."""
    by = find.people.by_email(session, email)
    if by is None or not by.is_here_on(office.today(session)) or not by.can_run_rounds():
        msg = f"{email} may not do this. The administrator and the Head of Quality run the month."
        raise NotAllowed(msg)
    return by


def _question_fields(session: Session) -> frozenset[str]:
    keys = {question.key for tool in find.tools.every(session) for question in tool.questions}
    return frozenset(keys | {f"{key}.evidence" for key in keys})


def _refuse_strange_columns(headings: Sequence[str], questions: AbstractSet[str]) -> None:
    missing = [Fault(f"Column '{name}'", "is missing.") for name in NEEDED if name not in headings]
    strange = [name for name in headings if name not in KNOWN | questions]
    refuse([*missing, *(Fault(f"Column '{name}'", "is not one that is read here.") for name in strange)])


def _all_arrived(rows: Sequence[Row]) -> list[Arrived]:
    """Every row as a return, or a refusal that names each row that says not whose it is or when it was sent."""
    faults: list[Fault] = []
    arrived = [_arrived(row, faults) for row in rows]
    refuse(faults)
    return arrived


def _arrived(row: Row, faults: list[Fault]) -> Arrived:
    said = {"part_in_case": "no"} | {name: cell for name, cell in row.cells.items() if cell.strip()}
    faults += [Fault(f"Row {row.number}, {name}", "is empty. It is needed.") for name in NEEDED if name not in said]
    auditor, written = said.pop("auditor", ""), said.pop("submitted_at", "")
    at = _moment(written)
    if written and at is None:
        faults.append(Fault(f"Row {row.number}, submitted_at", "is no time. Write it as 2017-10-13 16:30."))
    return Arrived(SOURCE, f"{said.get('case_ref', '')} {auditor} {written}"[:LONGEST_ID], said, auditor, at)


def _moment(written: str) -> datetime | None:
    """A time as a file has it: London's, unless it says its zone."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=LONDON)


def _counted(said: Sequence[str]) -> str:
    counts = Counter(said)
    words = (f"{counts[each]} {each}" for each in ("taken in", "held", "had already") if counts[each])
    return f"{len(said)} {'return' if len(said) == 1 else 'returns'}: {', '.join(words) or 'nothing new'}."
