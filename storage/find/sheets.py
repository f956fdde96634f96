"""Finding the response sheet as the polls have found it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from programme.collection import Sheet
from storage import tables


def at(session: Session, place: str) -> Sheet:
    """The sheet at a place; the first time it is asked for, one that was never read."""
    found = session.scalar(select(Sheet).where(tables.sheet.c.place == place))
    if found is None:
        found = Sheet(place)
        session.add(found)
    return found


def known(session: Session) -> Sheet | None:
    """The sheet that was tried last, if any ever was."""
    return session.scalar(select(Sheet).order_by(tables.sheet.c.tried_at.desc()).limit(1))
