"""How an audit ends, in words for a page: closed since when, or what is left of it as far as the reader may see."""

from dataclasses import replace

from programme.allocations import Allocation
from programme.calendar import london
from programme.people import Person
from storage import find
from storage.session import Session


def ending_of(session: Session, audit: Allocation, me: Person) -> str:
    """Empty where nothing can be said of it yet."""
    closed = find.closings.of_audit(session, audit)
    if closed is not None:
        return f"Closed on {london(closed.closed_at):%A %-d %B %Y}: nothing more is asked of it."
    left = find.closings.what_is_left(session, audit)
    seen = replace(left, actions=[each for each in left.actions if me.can_see_action(each)])
    said = list(seen.said())
    return f"Open: {' and '.join(said)}." if said else ""
