"""Leave in bulk, as a file of rows: every fault named, and all of it taken in or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from programme.absences import LONGEST, Away
from programme.people import Person
from programme.refusals import Fault
from programme.rows import Cells, Row, refuse
from programme.words import AbsenceKind

COLUMNS = ("email", "first_day", "last_day")
OPTIONAL = ("kind",)


@dataclass(frozen=True)
class Leave:
    """One row of the file: who is not at work, and when."""

    person: Person
    away: Away


def read(rows: Sequence[Row], people: Mapping[str, Person]) -> list[Leave]:
    """Every row, or a refusal that names all that is wrong. `people` are those on the list, by their address."""
    faults: list[Fault] = []
    leave = [_leave(Cells(row, faults), people) for row in rows]
    refuse(faults)
    return [each for each in leave if each is not None]


def _leave(cells: Cells, people: Mapping[str, Person]) -> Leave | None:
    email = cells.text("email", at_most=254, needed=True).lower()
    first, last = cells.day("first_day"), cells.day("last_day")
    kind = cells.word("kind", AbsenceKind)
    for column, day in (("first_day", first), ("last_day", last)):
        if day is None and not cells.row.cells.get(column, "").strip():
            cells.wrong(column, "is empty. It is needed.")
    if email and email not in people:
        cells.wrong("email", f"'{email}' is not on the people list.")
    if first and last and last < first:
        cells.wrong("last_day", f"is before the first day, {first:%-d %B %Y}.")
    if first and last and last - first > LONGEST:
        cells.wrong("last_day", "is more than two years after the first day. Look at the year again.")
    return Leave(people[email], Away(first, last, kind)) if email in people and first and last else None
