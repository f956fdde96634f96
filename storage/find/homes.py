"""Finding App Homes that are no longer true, and taking one in hand."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.orm import Session

from programme.homes import LOOKED_AT_EVERY, Home
from storage import tables
from storage.find.load import locked


def of_account(session: Session, account: str) -> Home | None:
    """Held until the transaction ends."""
    return session.scalar(locked(session, select(Home).where(tables.app_home.c.account == account), tables.app_home))


def next_to_draw(session: Session, *, after: int, real_now: datetime) -> Home | None:
    """The next that something has changed for, or that nobody has looked at for a while, by number beyond `after`."""
    wanted = select(Home).where(_is_due(real_now), tables.app_home.c.id > after).order_by(tables.app_home.c.id)
    return session.scalar(wanted.limit(1))


def taken(session: Session, home: Home, *, real_now: datetime) -> Home | None:
    """The same one in this worker's hands, with the changes up to now; None where another was quicker."""
    mine = select(Home).where(tables.app_home.c.id == home.id, _is_due(real_now))
    held = session.scalar(mine.with_for_update(of=tables.app_home, skip_locked=True, key_share=True))
    if held is not None:
        held.take(real_now=real_now)
        session.execute(delete(tables.home_change).where(tables.home_change.c.home_id == home.id))
    return held


def by_number(session: Session, number: int | None) -> Home:
    """Held until the transaction ends."""
    wanted = select(Home).where(tables.app_home.c.id == number)
    return session.scalars(locked(session, wanted, tables.app_home)).one()


def _is_due(real_now: datetime) -> ColumnElement[bool]:
    home = tables.app_home.c
    changed = exists().where(tables.home_change.c.home_id == home.id)
    long_ago = or_(home.drawn_at.is_(None), home.drawn_at < real_now - LOOKED_AT_EVERY)
    rested = or_(home.retry_at.is_(None), home.retry_at <= real_now)
    return or_(home.stale, changed, long_ago) & rested
