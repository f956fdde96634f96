"""Finding what was typed so far."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from programme.allocations import Allocation
from programme.collection import Draft
from programme.people import Person
from storage import tables


def of(session: Session, allocation: Allocation, person: Person) -> Draft | None:
    """What this person has typed into this audit's form; nobody else's words are ever shown."""
    saved = tables.draft.c
    return session.scalar(select(Draft).where(saved.allocation_id == allocation.id, saved.person_id == person.id))
