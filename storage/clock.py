"""The demo's clock: it stands where it was set until somebody moves it, for every process alike. And the database's."""

from datetime import UTC, datetime

from sqlalchemy import func, inspect, select, update
from sqlalchemy.orm import Session

from storage import tables
from storage.session import Record


def stands_at(session: Session) -> datetime | None:
    return session.scalar(select(tables.demo_clock.c.stands_at))


def set_to(session: Session, instant: datetime) -> None:
    session.execute(update(tables.demo_clock).values(stands_at=instant))


def of_the_database(session: Session) -> datetime:
    """What time it is for the database: the one clock that all processes share. SQLite has that of its machine."""
    if session.get_bind().dialect.name != "sqlite":
        now: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
        return now.astimezone(UTC)
    said: str = session.execute(select(func.strftime("%Y-%m-%dT%H:%M:%f", "now"))).scalar_one()
    return datetime.fromisoformat(said).replace(tzinfo=UTC)


def holds_strangers(record: Record) -> bool:
    """Whether there are people here whom no demo brought: a demo sets its clock before it brings anybody."""
    if not inspect(record.engine).has_table(tables.person.name):
        return False
    with record.reading() as session:
        return stands_at(session) is None and session.scalar(select(tables.person.c.id).limit(1)) is not None
