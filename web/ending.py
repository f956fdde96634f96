"""How an audit ends, in words for a page: closed since when, or what is left of it as far as the reader may see."""

from dataclasses import replace
from datetime import date

from programme.allocations import Allocation
from programme.calendar import london
from programme.people import Person
from storage import find
from storage.office import Office
from storage.session import Session


def ending_of(session: Session, office: Office, audit: Allocation, me: Person) -> str:
    """Empty where nothing can be said of it yet."""
    closed = find.closings.of_audit(session, audit)
    if closed is not None:
        return f"Closed on {london(closed.closed_at):%A %-d %B %Y}: nothing more is asked of it."
    left = find.closings.what_is_left(session, audit)
    today = office.today(session)
    seen = replace(
        left,
        actions=[each for each in left.actions if me.can_see_action(each, today)],
        has_alert=left.has_alert and _sees_an_alert(session, audit, me, today),
    )
    said = list(seen.said())
    return f"Open: {' and '.join(said)}." if said else ""


def _sees_an_alert(session: Session, audit: Allocation, me: Person, today: date) -> bool:
    every = find.alerts.every_of_audit(session, audit.ref)
    return any(me.can_see_alert(each, find.alerts.told(session, each.ref), today) for each in every)
