"""More time on record: had, asked for, given or refused; and given where nobody answers."""

from collections.abc import Sequence
from datetime import date

from programme import more_time
from programme.allocations import Allocation
from programme.calendar import london
from programme.people import Person
from storage import find, journal
from storage.chasing import who_leads
from storage.office import Office
from storage.session import Session


def days(session: Session, office: Office, ref: str, by: Person) -> tuple[Allocation, list[date]]:
    """One audit of one's own, and the days to which it may be moved; nothing is changed."""
    allocation = find.allocations.by_ref(session, ref)
    return allocation, more_time.must_be_had(allocation, by=by, at=office.now(session), rules=office.rules)


def have(session: Session, office: Office, ref: str, to: date, by: Person) -> Allocation:
    """Have it until that day; who has had more time once asks who leads them."""
    allocation, at = _held(session, ref), office.now(session)
    leader = who_leads(session, at=at)(allocation.holder) if allocation.holder else None
    rows, facts = more_time.have(allocation, to, by=by, at=at, rules=office.rules, asks=[leader] if leader else [])
    session.add_all(rows)
    journal.write(session, facts, by=by, at=at)
    return allocation


def give(session: Session, office: Office, ref: str, by: Person) -> Allocation:
    allocation, at = _held(session, ref), office.now(session)
    rows, facts = more_time.give(allocation, by=by, at=at, rules=office.rules)
    session.add_all(rows)
    journal.write(session, facts, by=by, at=at, on_behalf_of=allocation.holder)
    return allocation


def refuse(session: Session, office: Office, ref: str, by: Person) -> Allocation:
    allocation = _held(session, ref)
    facts = more_time.refuse(allocation, by=by)
    journal.write(session, facts, by=by, at=office.now(session), on_behalf_of=allocation.holder)
    return allocation


def give_unanswered(session: Session, office: Office, ref: str) -> bool:
    """Where nobody has answered in time."""
    allocation, at = _held(session, ref), office.now(session)
    rows, facts = more_time.give_unanswered(allocation, at=at, rules=office.rules)
    session.add_all(rows)
    journal.write(session, facts, by=None, at=at)
    return bool(facts)


def unanswered(session: Session, office: Office) -> Sequence[str]:
    """Those that were asked for on an earlier day; whether it is time, each is judged by itself."""
    return find.chasing.audits_asked_for(session, before=london(office.now(session)).date())


def _held(session: Session, ref: str) -> Allocation:
    """Held, with who leads its auditor."""
    find.allocations.by_ref(session, ref)  # says so where there is none
    [allocation] = find.chasing.audits(session, [ref], to_change=True)
    return allocation
