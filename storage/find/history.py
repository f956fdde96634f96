"""Finding in the history what happened, and how often."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import tables


def counts(session: Session, kinds: Collection[str], *, after: datetime, until: datetime) -> Mapping[str, int]:
    """How often each of these kinds happened, for those that did."""
    h = tables.history.c
    wanted = select(h.kind, func.count()).where(h.at > after, h.at <= until, h.kind.in_(kinds)).group_by(h.kind)
    return {row[0]: row[1] for row in session.execute(wanted)}
