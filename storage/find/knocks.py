"""Finding Slack accounts that knocked and are nobody's."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from programme.accounts import Knock
from storage import tables


def waiting(session: Session) -> Sequence[Knock]:
    """Those nobody has decided on, the latest first."""
    knock = tables.knock.c
    return session.scalars(
        select(Knock).where(knock.set_aside_at.is_(None)).order_by(knock.last_at.desc(), knock.id)
    ).all()


def set_aside(session: Session) -> Sequence[Knock]:
    knock = tables.knock.c
    return session.scalars(select(Knock).where(knock.set_aside_at.is_not(None)).order_by(knock.last_at.desc())).all()


def to_look_up(session: Session, *, at_most: int) -> Sequence[str]:
    """Accounts of which Slack has not said anything yet, or not for a while, the first to knock first."""
    knock = tables.knock.c
    return session.scalars(
        select(knock.slack_user_id).where(knock.looked_at.is_(None)).order_by(knock.id).limit(at_most)
    ).all()


def by_account(session: Session, account: str) -> Knock | None:
    return session.scalar(select(Knock).where(tables.knock.c.slack_user_id == account))


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(tables.knock)) or 0
