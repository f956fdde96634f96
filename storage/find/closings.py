"""Finding which audits are closed, which are over and not closed yet, and what keeps the others open."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from programme.actions import STILL_TO_DO
from programme.allocations import Allocation
from programme.checking import TO_BE_CHECKED
from programme.closing import Closing, WhatIsLeft
from programme.rounds import Round
from programme.words import ActionState
from storage import tables
from storage.find import actions, alerts, checks, outcomes
from storage.find.moderations import MODERATED

AUDIT, ACTION, CHECK = tables.allocation.c, tables.action.c, tables.action_check.c
CLOSING, OUTCOME = tables.audit_closing.c, tables.outcome.c

TO_DO = ACTION.state.in_([*STILL_TO_DO, ActionState.WAITING])
DECIDED = exists().where(
    CHECK.action_id == ACTION.id,
    CHECK.confirmed_at == ACTION.confirmed_at,
    CHECK.answer.is_not(None) | CHECK.why.not_in(TO_BE_CHECKED),
)
SOMETHING_LEFT = exists().where(
    ACTION.allocation_id == AUDIT.id, TO_DO | ((ACTION.state == ActionState.CONFIRMED) & ~DECIDED)
)
HAS_ALERT = exists().where(tables.alert.c.allocation_id == AUDIT.id, tables.alert.c.ended_at.is_(None))
HAS_OUTCOME = exists().where(OUTCOME.allocation_id == AUDIT.id, OUTCOME.sent_at.is_not(None))
IS_CLOSED = exists().where(CLOSING.allocation_id == AUDIT.id, CLOSING.reopened_at.is_(None))


class HowMany(NamedTuple):
    """Of the audits with an outcome."""

    closed: int
    open: int


def to_settle(session: Session) -> Sequence[str]:
    """What is over and not closed, and what is closed and not over: references."""
    over = HAS_OUTCOME & ~SOMETHING_LEFT & ~HAS_ALERT
    wanted = select(AUDIT.ref).where(AUDIT.kind.in_(MODERATED), over != IS_CLOSED)
    return session.scalars(wanted.order_by(AUDIT.ref)).all()


def of_audit(session: Session, audit: Allocation) -> Closing | None:
    """How it was closed, while it is."""
    wanted = select(Closing).where(CLOSING.allocation_id == audit.id, CLOSING.reopened_at.is_(None))
    return session.scalar(wanted)


def what_is_left(session: Session, audit: Allocation) -> WhatIsLeft:
    """Of one audit, read anew."""
    ever = actions.ever_of(session, audit)
    decided = [check for each in ever for check in checks.ever_of(session, each)]
    outcome = outcomes.of_audit(session, audit.ref)
    stands = any(not each.is_over for each in alerts.every_of_audit(session, audit.ref))
    return WhatIsLeft(audit, outcome is not None and outcome.is_sent, ever, decided, has_alert=stands)


def closed_in(session: Session, of: Round) -> set[str]:
    """The audits of a month that are closed, by reference."""
    return set(session.scalars(select(AUDIT.ref).where(AUDIT.round_id == of.id, IS_CLOSED)))


def how_many(session: Session) -> HowMany:
    counted = select(IS_CLOSED, func.count()).where(AUDIT.kind.in_(MODERATED), HAS_OUTCOME).group_by(IS_CLOSED)
    found: Mapping[bool, int] = {bool(row[0]): row[1] for row in session.execute(counted)}
    return HowMany(found.get(True, 0), found.get(False, 0))
