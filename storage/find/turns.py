"""Finding whose turn it is, and how each audit ended that anybody had in a month run here."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from programme.owed import Ended
from programme.people import Person
from programme.rota import Turn
from programme.words import AuditType, Scheme
from storage import tables
from storage.find.load import locked, many, one
from storage.find.ties import WITH_TIES

WITH_PERSON = one(Turn, "person", *WITH_TIES)


class Held(NamedTuple):
    """One audit that somebody had in a month, and the first and last day of that month's window."""

    person: Person
    month: str
    ended: Ended
    first: date
    last: date


def _turns() -> Select[Turn]:
    wanted = select(Turn).join(tables.person).options(WITH_PERSON)
    return wanted.order_by(tables.turn.c.month, tables.person.c.name)


def of_months(session: Session, months: Sequence[str], *, to_change: bool = False) -> Sequence[Turn]:
    """Every turn in these months, by month and name."""
    wanted = _turns().where(tables.turn.c.month.in_(months))
    return session.scalars(locked(session, wanted, tables.turn) if to_change else wanted).all()


def every(session: Session, person: Person | None = None) -> Sequence[Turn]:
    """Every turn that anybody, or one person, ever had, by month and name."""
    wanted = _turns()
    return session.scalars(wanted.where(tables.turn.c.person_id == person.id) if person else wanted).all()


def of_person(session: Session, person: Person, month: str, *, to_change: bool = False) -> Turn | None:
    """Somebody's turn in a month, if they have one."""
    wanted = select(Turn).where(tables.turn.c.person_id == person.id, tables.turn.c.month == month)
    wanted = wanted.options(WITH_PERSON)
    return session.scalar(locked(session, wanted, tables.turn) if to_change else wanted)


def hold(session: Session, people: Sequence[Person], months: Sequence[str]) -> None:
    """Hold the turns of these people in these months, in the order in which every other holds turns."""
    theirs = tables.turn.c.person_id.in_([each.id for each in people])
    wanted = _turns().where(theirs, tables.turn.c.month.in_(months))
    session.scalars(locked(session, wanted, tables.turn)).all()


def carried(session: Session, person: Person, missed: str) -> Turn | None:
    """The turn that makes up for a month that somebody missed, if there is one."""
    wanted = select(Turn).where(tables.turn.c.person_id == person.id, tables.turn.c.carried_from == missed)
    return session.scalar(wanted.where(tables.turn.c.carried_from != "").options(WITH_PERSON))


def next_of(session: Session, person: Person, *, after: str) -> Turn | None:
    """Somebody's first turn in a later month."""
    wanted = select(Turn).where(tables.turn.c.person_id == person.id, tables.turn.c.month > after)
    return session.scalar(wanted.options(WITH_PERSON).order_by(tables.turn.c.month).limit(1))


def audits(session: Session, person: Person | None = None) -> list[Held]:
    """Every monthly audit that anybody, or one person, holds or held last, by month."""
    audit, of = tables.allocation.c, tables.round_.c
    wanted = (
        select(Person, of.month, audit.state, audit.reason, of.scheme, audit.developing, of.distribute_on, of.due_on)
        .join(tables.allocation, audit.holder_id == tables.person.c.id)
        .join(tables.round_, of.id == audit.round_id)
        .where(audit.kind == AuditType.MONTHLY, of.imported.is_(False))
        .options(many(Person, "absences"))
        .order_by(of.month, tables.person.c.name)
    )
    rows = session.execute(wanted.where(audit.holder_id == person.id) if person else wanted)
    return [
        Held(who, month, Ended(state, reason, scheme is Scheme.CORE and not developing), first, last)
        for who, month, state, reason, scheme, developing, first, last in rows
    ]
