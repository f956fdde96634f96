"""Finding what people learnt, of what they have not said how it was, and how many found it worth their time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from programme.allocations import Allocation
from programme.learning import After, Learnt, Pulse, ToSay
from programme.people import Person
from programme.rounds import Round
from programme.words import RETURNED
from storage import tables
from storage.find.allocations import READ_WITH
from storage.find.load import one

LEARNT, AUDIT, READ = tables.learnt.c, tables.allocation.c, tables.moderation.c


def of_person(session: Session, person: Person) -> Sequence[Learnt]:
    """Somebody's record, the newest first."""
    wanted = select(Learnt).where(LEARNT.person_id == person.id).options(one(Learnt, "allocation"))
    return session.scalars(wanted.order_by(LEARNT.day.desc(), LEARNT.id.desc())).all()


def said_of(session: Session, person: Person, audit: Allocation, after: After) -> Learnt | None:
    wanted = select(Learnt).where(LEARNT.person_id == person.id, LEARNT.allocation_id == audit.id)
    return session.scalar(wanted.where(LEARNT.after == after))


def to_say(session: Session, person: Person, *, since: datetime) -> list[ToSay]:
    """What somebody sent in, or a pair of theirs agreed on, since then, and of which they have not said how it was."""
    mine = select(Allocation).where(AUDIT.holder_id == person.id, AUDIT.state.in_(RETURNED), AUDIT.returned_at >= since)
    read = select(Allocation).join(tables.moderation).join(tables.reading)
    read = read.where(tables.reading.c.moderator_id == person.id, READ.agreed_at >= since)
    return [
        ToSay(audit, after)
        for after, wanted in ((After.AUDIT, mine), (After.MODERATION, read))
        for audit in session.scalars(wanted.where(~_said(person, after)).options(*READ_WITH).order_by(AUDIT.ref))
    ]


def _said(person: Person, after: After) -> ColumnElement[bool]:
    return exists().where(LEARNT.allocation_id == AUDIT.id, LEARNT.person_id == person.id, LEARNT.after == after)


def pulse(session: Session, of: Round) -> Pulse:
    """Of a month's audits, by whoever did or moderated them."""
    counted = select(LEARNT.worth, func.count()).join(tables.allocation).where(AUDIT.round_id == of.id)
    rows = session.execute(counted.where(LEARNT.worth.is_not(None)).group_by(LEARNT.worth))
    return Pulse({row[0]: row[1] for row in rows})
