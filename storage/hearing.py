"""What Slack's address has heard already: the same signed request, or the same event again, counts once."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert

from storage import tables
from storage.session import Conflict, Record, Session

REMEMBERED = timedelta(minutes=15)
"""A signature is good for five minutes either way, and Slack sends an event again for about six."""


def is_new(record: Record, mark: str, *, at: datetime) -> bool:
    """Whether this was not heard before; of two at the same moment it is new for one."""
    try:
        with record.writing() as session:
            session.execute(insert(tables.heard).values(mark=mark, at=at))
    except Conflict:
        return False
    return True


def forget(session: Session, *, at: datetime) -> None:
    """What is too old to be sent again need not be known any more."""
    session.execute(delete(tables.heard).where(tables.heard.c.at < at - REMEMBERED))
