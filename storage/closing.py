"""Audits close and open again by themselves, each in a transaction of its own."""

from collections.abc import Sequence

from programme import closing
from storage import find, journal
from storage.office import Office
from storage.session import Session


def to_settle(session: Session) -> Sequence[str]:
    return find.closings.to_settle(session)


def settle(session: Session, office: Office, ref: str) -> bool:
    """Close one audit that is over, or open one again that is not; whether anything changed."""
    audit, at = find.allocations.by_ref(session, ref, to_change=True), office.now(session)
    circle = find.people.circle_of(session, audit.case, on=office.today(session))
    left, closed = find.closings.what_is_left(session, audit), find.closings.of_audit(session, audit)
    made, facts = closing.settle(left, closed, circle, at=at)
    session.add_all(made)
    journal.write(session, facts, by=None, at=at)
    return bool(facts)
