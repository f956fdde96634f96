"""Finding what arrived, and the returns it made."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from programme.allocations import Allocation
from programme.returns import Return, Submission
from programme.words import SubmissionState
from storage import tables
from storage.find.load import many, one


def same(session: Session, source: str, response_id: str, digest: str) -> Submission | None:
    """The very same thing, had before: same source, same id, same content."""
    had = tables.submission.c
    wanted = (had.source == source) & (had.response_id == response_id) & (had.digest == digest)
    return session.scalar(select(Submission).where(wanted).options(one(Submission, "allocation")))


def with_id(session: Session, source: str, response_id: str) -> Sequence[Submission]:
    """Everything that came under one id, whatever its content, oldest first."""
    had = tables.submission.c
    wanted = select(Submission).where((had.source == source) & (had.response_id == response_id))
    return session.scalars(wanted.order_by(had.id)).all()


def held(session: Session) -> Sequence[Submission]:
    wanted = select(Submission).where(tables.submission.c.state == SubmissionState.HELD)
    return session.scalars(wanted.options(one(Submission, "allocation")).order_by(tables.submission.c.id)).all()


def last_arrival(session: Session) -> datetime | None:
    """When anything last arrived."""
    arrived = tables.submission.c.received_at
    return session.scalar(select(arrived).order_by(arrived.desc()).limit(1))


def return_of(session: Session, allocation: Allocation) -> Return | None:
    """The newest return of an allocation, whole."""
    return session.scalar(
        select(Return)
        .where(tables.audit_return.c.allocation_id == allocation.id)
        .options(many(Return, "judgements"), many(Return, "voices"), many(Return, "outcomes"))
        .order_by(tables.audit_return.c.version.desc())
        .limit(1)
    )
