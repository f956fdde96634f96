"""Finding what should have happened and has not: messages that are late, and such as the history made and that are
gone. And what was found so.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from programme.facts import Fact
from programme.unmet import GRACE, Lack, Unmet
from programme.words import NoticeState
from storage import tables
from storage.find import notices

BATCH = 500


def late(session: Session, *, now: datetime, real_now: datetime) -> Iterator[Unmet]:
    """What is due and still waits. Nothing is late while messages are paused, or while Slack refuses the app.

    A message that is held back, or put off until a better hour, is not due.
    """
    if notices.stand_still(session):
        return
    n = tables.notice.c
    waits = (n.state == NoticeState.WAITING) & (n.due_at <= now - GRACE)
    forsaken = (n.state == NoticeState.LEASED) & (n.leased_until < real_now - GRACE)
    wanted = select(n.key, n.about).where(n.state.in_(notices.TO_SEND), or_(waits, forsaken)).order_by(n.id)
    for key, about in session.execute(wanted):
        yield Unmet(Lack.LATE, key, about, real_now)


def lost(session: Session, *, since: datetime, real_now: datetime) -> Iterator[Unmet]:
    """Every message, of each way, that a line of history left from then on and that is in the outbox no longer."""
    ways = {fact.kind(): fact.ways for fact in Fact.__subclasses__()}
    h, n = tables.history.c, tables.notice.c
    lines = select(h.id, h.kind, h.about, h.told).where(h.at >= since, h.told != []).order_by(h.id)
    for some in session.execute(lines).partitions(BATCH):
        left = {
            key: about
            for number, kind, about, told in some
            for person in told
            for key in notices.keys_of(kind, about, person, number, ways.get(kind, Fact.ways)).values()
        }
        there = set(session.scalars(select(n.key).where(n.key.in_(left))))
        for key, about in left.items():
            if key not in there:
                yield Unmet(Lack.LOST, key, about, real_now)


def known(session: Session) -> Sequence[Unmet]:
    """Everything that was found at the last look, whatever has become of it."""
    return session.scalars(select(Unmet).order_by(tables.unmet.c.id)).all()


def count(session: Session) -> int:
    """How much of it is still so: a message that has gone out since is late no longer."""
    return session.scalar(select(func.count()).select_from(tables.unmet).where(_still())) or 0


def references(session: Session, *, at_most: int) -> Sequence[str]:
    u = tables.unmet.c
    return session.scalars(select(u.about).where(_still()).group_by(u.about).order_by(u.about).limit(at_most)).all()


def _still() -> ColumnElement[bool]:
    u, n = tables.unmet.c, tables.notice.c
    waits = exists().where(and_(n.key == u.what, n.state.in_(notices.TO_SEND)))
    return (u.lack != Lack.LATE) | waits
