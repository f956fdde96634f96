"""Reminding who was asked to evaluate or to sign off, and has not answered."""

from collections.abc import Iterator
from datetime import date

from programme import competency_waits
from programme.competency_waits import Waiting
from storage import find, journal
from storage.competency import LEADERS
from storage.office import Office
from storage.session import Session


def to_remind(session: Session, office: Office) -> Iterator[tuple[Waiting, list[date]]]:
    """Who is due to be reminded, and of which days."""
    open_now = find.competency.open_candidacies(session)
    if not open_now:
        return
    today = office.today(session)
    leaders = find.people.with_role(session, *LEADERS, on=today)
    numbers = {each.id or 0 for each in (*leaders, *(who for one in open_now for who in one.waits_for))}
    find.people.with_absences(session, sorted(numbers))  # the same people, with when they are not at work
    found = list(competency_waits.waiting(open_now, leaders))
    taken = find.chasing.steps(session, [one.ref for one in found])
    for one in found:
        days = competency_waits.due(one, taken.get(one.ref, []), today=today, rules=office.rules)
        if days:
            yield one, days


def remind(session: Session, office: Office, ref: str) -> bool:
    at = office.now(session)
    for one, days in to_remind(session, office):
        if one.ref == ref:
            rows, facts = competency_waits.remind(one, days, at=at)
            session.add_all(rows)
            journal.write(session, facts, by=None, at=at)
            return True
    return False
