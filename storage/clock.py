"""The demo's clock: it stands where it was set until somebody moves it, for every process alike."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from storage import tables


def stands_at(session: Session) -> datetime | None:
    return session.scalar(select(tables.demo_clock.c.stands_at))


def set_to(session: Session, instant: datetime) -> None:
    clock = tables.demo_clock
    known = session.scalar(select(clock.c.id))
    session.execute(update(clock).values(stands_at=instant) if known else insert(clock).values(stands_at=instant))
