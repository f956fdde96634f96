"""Each worker says that it is alive; `/readyz` and `flask doctor` read it. Real time, also in the demo."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from storage import tables


def beat(session: Session, worker: str, *, at: datetime) -> None:
    pulse = tables.heartbeat
    known = session.scalar(select(pulse.c.id).where(pulse.c.worker == worker))
    if known is None:
        session.execute(insert(pulse).values(worker=worker, beat_at=at))
    else:
        session.execute(update(pulse).where(pulse.c.id == known).values(beat_at=at))


def last(session: Session) -> datetime | None:
    """When any worker last said that it is alive."""
    beat_at = tables.heartbeat.c.beat_at
    return session.scalar(select(beat_at).order_by(beat_at.desc()).limit(1))
