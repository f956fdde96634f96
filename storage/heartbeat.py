"""Each worker says that it is alive; `/readyz` and `flask doctor` read it. Real time, also in the demo."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from programme.jobs import APART_AT_MOST
from storage import tables

SILENT_AFTER = timedelta(minutes=2)
FORGOTTEN_AFTER = timedelta(days=1)
"""A worker that starts again has a new name; the old one need not be known for long."""


def beat(session: Session, worker: str, *, at: datetime, apart: timedelta = timedelta(0)) -> None:
    """`apart`: how far this worker's clock is from the database's. One that is wrong does not say when it is."""
    pulse, off = tables.heartbeat, abs(apart) > APART_AT_MOST
    said = {"beat_at": at - apart if off else at, "apart_seconds": round(apart.total_seconds()) if off else 0}
    known = session.scalar(select(pulse.c.id).where(pulse.c.worker == worker))
    if known is None:
        session.execute(insert(pulse).values(worker=worker, **said))
    else:
        session.execute(update(pulse).where(pulse.c.id == known).values(said))


def last(session: Session) -> datetime | None:
    """When any worker last said that it is alive."""
    beat_at = tables.heartbeat.c.beat_at
    return session.scalar(select(beat_at).order_by(beat_at.desc()).limit(1))


def alive(session: Session, *, at: datetime) -> int:
    """How many workers said so lately."""
    pulse = tables.heartbeat.c
    return session.scalar(select(func.count()).where(pulse.beat_at > at - SILENT_AFTER)) or 0


def apart(session: Session, *, at: datetime) -> int:
    """By how many seconds the clock of a worker that is alive is wrong; nought where all of them are right."""
    pulse = tables.heartbeat.c
    living = select(pulse.apart_seconds).where(pulse.beat_at > at - SILENT_AFTER)
    return session.scalar(living.order_by(func.abs(pulse.apart_seconds).desc()).limit(1)) or 0


def forget(session: Session, *, at: datetime) -> None:
    pulse = tables.heartbeat
    session.execute(delete(pulse).where(pulse.c.beat_at < at - FORGOTTEN_AFTER))
