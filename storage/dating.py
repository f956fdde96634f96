"""The dates of a month moved on record; what was allocated, and the turns, follow."""

from collections.abc import Mapping
from datetime import date

from programme import dates
from programme.people import Person
from programme.rounds import Round
from programme.words import AllocationState
from storage import find, journal, turning
from storage.office import Office
from storage.session import Session


def move(session: Session, office: Office, month: str, chosen: Mapping[str, date], by: Person) -> Round:
    of = find.rounds.of_month(session, month, to_change=True)
    at = office.now(session)
    facts = dates.move(of, chosen, today=office.today(session), rules=office.rules)
    for planned in find.allocations.in_state(session, of, AllocationState.PLANNED, to_change=True):
        planned.due_on = of.due_on
    journal.write(session, facts, by=by, at=at)
    turning.follow(session, office, by=by, at=at)
    return of
