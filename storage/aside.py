"""What a job could not do rests before it is tried again, and after five failures waits for a person."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from programme.facts import Released
from programme.jobs import SetAside
from programme.people import Person
from programme.refusals import NotFound
from storage import homes, journal, tables
from storage.office import Office

FORGOTTEN_AFTER = timedelta(days=1)


def failed(session: Session, job: str, about: str, code: str, *, at: datetime, gives_up: bool) -> None:
    """Note a failure; those who run the month see it once it is one too many."""
    s = tables.set_aside.c
    thing = session.scalar(select(SetAside).where(s.job == job, s.about == about).with_for_update())
    if thing is None:
        thing = SetAside(job, about, since=at)
        session.add(thing)
    thing.failed(code, at=at, gives_up=gives_up)
    if thing.waits_for_a_person:
        homes.note(session, [])


def went_well(session: Session, job: str, about: str) -> None:
    """It failed before, and did not this time."""
    s = tables.set_aside
    session.execute(delete(s).where(s.c.job == job, s.c.about == about))
    homes.note(session, [])


def forget(session: Session, *, at: datetime) -> None:
    """What rested long ago and was not tried again since is not to be done any more."""
    s = tables.set_aside
    session.execute(delete(s).where(s.c.retry_at < at - FORGOTTEN_AFTER))


def release(session: Session, office: Office, about: str, by: Person) -> None:
    """Let it be tried again at once."""
    s = tables.set_aside
    freed = session.execute(delete(s).where(s.c.about == about).returning(s.c.id)).all()
    if not freed:
        raise NotFound(f"Nothing about {about} is set aside. See: flask jobs list")
    journal.write(session, [Released(about=about)], by=by, at=office.now(session))
