"""Finding how the worker's jobs stand, what each did for which period, and what is set aside."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from programme.jobs import TRIES, Job, SetAside
from storage import tables


class Run(NamedTuple):
    """One run of a job that has a period."""

    period: str
    worker: str
    outcome: str
    why: str


def every(session: Session) -> Sequence[Job]:
    return session.scalars(select(Job).order_by(tables.job.c.name)).all()


def runs_of(session: Session, job: str) -> list[Run]:
    """Oldest first."""
    r = tables.job_run.c
    wanted = select(r.period, r.worker, r.outcome, r.why).where(r.job == job).order_by(r.began_at, r.id)
    return [Run(*each) for each in session.execute(wanted)]


def failed_things(session: Session, job: str) -> Sequence[SetAside]:
    """What one job could not do and has not done since, whether it is tried again or waits."""
    return session.scalars(select(SetAside).where(tables.set_aside.c.job == job)).all()


def set_aside(session: Session) -> Sequence[SetAside]:
    """What failed so often that a person must look."""
    s = tables.set_aside.c
    return session.scalars(select(SetAside).where(s.tries >= TRIES).order_by(s.since, s.id)).all()


def count_set_aside(session: Session) -> int:
    return session.scalar(select(func.count()).where(tables.set_aside.c.tries >= TRIES)) or 0
