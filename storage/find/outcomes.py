"""Finding outcomes: what waits to be sent, what was sent to whom, and what was said of it."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from programme.outcome_words import CopyFor, Helped
from programme.outcomes import Outcome, Said
from programme.people import Person
from programme.refusals import NotFound
from programme.rounds import Round
from storage import tables
from storage.find.allocations import WITH_TOOL, of_the_month
from storage.find.load import locked, many, one

WHOLE = (
    one(Outcome, "allocation", *WITH_TOOL),
    one(Outcome, "sent_by"),
    many(Outcome, "copies"),
    many(Outcome, "said", one(Said, "person"), one(Said, "settled_by")),
    many(Outcome, "mended"),
)
outcome, copy = tables.outcome.c, tables.outcome_copy.c


def of_audit(session: Session, ref: str, *, to_change: bool = False) -> Outcome | None:
    """The outcome of an audit, once it is agreed; held against others when it is to be changed."""
    wanted = _outcomes().where(tables.allocation.c.ref == ref)
    return session.scalar(locked(session, wanted, tables.outcome) if to_change else wanted)


def must_be(session: Session, ref: str, *, to_change: bool = False) -> Outcome:
    found = of_audit(session, ref, to_change=to_change)
    if found is None:
        msg = "This audit has no outcome yet."
        raise NotFound(msg)
    return found


def waiting(session: Session, of: Round | None = None) -> Sequence[Outcome]:
    """Agreed and not sent, of one month or of all, in the order of the references."""
    wanted = _outcomes().where(outcome.sent_at.is_(None))
    return session.scalars(wanted.where(tables.allocation.c.round_id == of.id) if of else wanted).all()


def sent(session: Session, of: Round) -> Sequence[Outcome]:
    """A month's that were sent."""
    return session.scalars(_outcomes().where(outcome.sent_at.is_not(None), tables.allocation.c.round_id == of.id)).all()


def sent_to(session: Session, person: Person) -> Sequence[Outcome]:
    """Those of which somebody has a copy that they have not acknowledged."""
    mine = select(copy.outcome_id).where(copy.person_id == person.id, copy.acknowledged_at.is_(None))
    return session.scalars(_outcomes().where(outcome.id.in_(mine))).all()


def helped(session: Session, of: Round) -> dict[Helped | None, int]:
    """How many social workers of a month said that the audit helped, or not; None: who said nothing of it."""
    counted = (
        select(copy.helped, func.count())
        .join(tables.outcome, copy.outcome_id == outcome.id)
        .join(tables.allocation, outcome.allocation_id == tables.allocation.c.id)
        .where(of_the_month(of), copy.standing == CopyFor.WORKER)
        .group_by(copy.helped)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def _outcomes() -> Select[Outcome]:
    return select(Outcome).join(tables.allocation).options(*WHOLE).order_by(tables.allocation.c.ref)
