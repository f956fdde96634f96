"""The demo's clock: it stands where it was set until somebody moves it, for every process alike."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage import tables


def stands_at(session: Session) -> datetime | None:
    return session.scalar(select(tables.demo_clock.c.stands_at))


def set_to(session: Session, instant: datetime) -> None:
    session.execute(update(tables.demo_clock).values(stands_at=instant))
