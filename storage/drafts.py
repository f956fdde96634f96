"""Keeping what somebody has typed so far, until they send it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete

from programme.allocations import Allocation
from programme.collection import Draft
from programme.people import Person
from storage import find, tables
from storage.session import Session


def keep(session: Session, allocation: Allocation, person: Person, fields: Mapping[str, str], *, at: datetime) -> Draft:
    """Save it in place of what was saved before. Whoever calls holds the allocation."""
    draft = find.drafts.of(session, allocation, person)
    if draft is None:
        forget(session, allocation)  # a former holder's, if any
        draft = Draft(allocation, person, dict(fields), at)
        session.add(draft)
    draft.fields, draft.saved_at = dict(fields), at
    return draft


def forget(session: Session, allocation: Allocation) -> None:
    """It is sent, or with somebody else: what was typed along the way is not kept."""
    session.execute(delete(tables.draft).where(tables.draft.c.allocation_id == allocation.id))
