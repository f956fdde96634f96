"""Finding whose turn it is."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from programme.people import Person
from programme.rota import Turn
from storage import tables
from storage.find.load import locked, many, one

WITH_PERSON = one(Turn, "person", many(Person, "absences"))


def of_months(session: Session, months: Sequence[str]) -> Sequence[Turn]:
    """Every turn in these months, by month and name."""
    wanted = select(Turn).join(tables.person).where(tables.turn.c.month.in_(months)).options(WITH_PERSON)
    return session.scalars(wanted.order_by(tables.turn.c.month, tables.person.c.name)).all()


def of_person(session: Session, person: Person, month: str, *, to_change: bool = False) -> Turn | None:
    """Somebody's turn in a month, if they have one."""
    wanted = select(Turn).where(tables.turn.c.person_id == person.id, tables.turn.c.month == month)
    wanted = wanted.options(WITH_PERSON)
    return session.scalar(locked(session, wanted, tables.turn) if to_change else wanted)


def next_of(session: Session, person: Person, *, after: str) -> Turn | None:
    """Somebody's first turn in a later month."""
    wanted = select(Turn).where(tables.turn.c.person_id == person.id, tables.turn.c.month > after)
    return session.scalar(wanted.options(WITH_PERSON).order_by(tables.turn.c.month).limit(1))
