"""The worker's jobs on record: how each stands, and which run may happen once, whichever worker comes first.

What runs every few seconds has one row, whatever it does. Only what has a period leaves a row for each.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from programme.jobs import WELL, Job
from storage import tables

FAILED = "failed"

AGAIN_AFTER = timedelta(minutes=10)
"""When a run that failed, or whose worker died in it, may be tried again. No job with a period takes so long."""

FORGOTTEN_AFTER = timedelta(days=90)


def announce(session: Session, jobs: Iterable[Job]) -> None:
    """These are the jobs there are; what an older version of us had besides is forgotten."""
    given = {job.name: job for job in jobs}
    known = {job.name: job for job in session.scalars(select(Job))}
    for name, job in known.items():
        if name in given:
            job.purpose = given[name].purpose
        else:
            session.delete(job)
    session.add_all(job for name, job in given.items() if name not in known)


def note(session: Session, done: Job) -> None:
    """Add what a worker did of one job since it last said so. Several may do so at once, and each counts."""
    j = tables.job.c
    said: dict[str, object] = {
        "worker": done.worker,
        "began_at": done.began_at,
        "ended_at": done.ended_at,
        "runs": j.runs + done.runs,
        "failures": j.failures + done.failures,
        "failing": done.failing if done.succeeded_at else j.failing + done.failing,
    }
    if done.succeeded_at:
        said |= {"succeeded_at": done.succeeded_at, "late_at": done.late_at}
    if done.failed_at:
        said |= {"failed_at": done.failed_at, "code": done.code}
    session.execute(update(tables.job).where(j.name == done.name).values(said))


def begin(session: Session, job: str, period: str, *, worker: str, at: datetime) -> bool:
    """Whether this worker is to do a job for this period. `Conflict` where another began it at the same moment."""
    r = tables.job_run.c
    this = (r.job == job) & (r.period == period)
    if session.scalar(select(r.id).where(this)) is None:
        values = {"job": job, "period": period, "worker": worker, "began_at": at, "outcome": "", "why": ""}
        session.execute(insert(tables.job_run).values(values))
        return True
    left = this & (r.outcome != WELL) & (r.began_at < at - AGAIN_AFTER)
    again = update(tables.job_run).where(left).values(worker=worker, began_at=at, ended_at=None, outcome="", why="")
    return session.execute(again.returning(r.id)).scalar() is not None


def end(session: Session, job: str, period: str, *, worker: str, at: datetime, code: str = "") -> None:
    """What came of it; `code` where it failed."""
    r = tables.job_run.c
    mine = (r.job == job) & (r.period == period) & (r.worker == worker)
    outcome = FAILED if code else WELL
    session.execute(update(tables.job_run).where(mine).values(ended_at=at, outcome=outcome, why=code))


def is_done(session: Session, job: str, period: str) -> bool:
    r = tables.job_run.c
    wanted = select(r.id).where(r.job == job, r.period == period, r.outcome == WELL)
    return session.scalar(wanted) is not None


def forget(session: Session, *, at: datetime) -> None:
    """The history of jobs is kept for ninety days."""
    began = tables.job_run.c.began_at
    session.execute(delete(tables.job_run).where(began < at - FORGOTTEN_AFTER))
