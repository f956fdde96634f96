"""Finding what was asked round actions: more time, passing them on, looking at them again."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from programme.action_words import PassingState
from programme.actions import STILL_TO_DO, Action
from programme.extending import Extension
from programme.looking_again import LookAgain
from programme.passing_on import Passing
from programme.people import Person
from programme.ties import Deputy
from programme.words import Role
from storage import tables
from storage.find.actions import WHOLE
from storage.find.load import many, one
from storage.find.people import holders_of

WHO_EXTENDED = (one(Extension, "action", *WHOLE), one(Extension, "asked_by"), one(Extension, "decided_by"))
WHO_PASSED = (
    one(Passing, "action", *WHOLE),
    one(Passing, "owner"),
    one(Passing, "named"),
    one(Passing, "asked_by"),
    one(Passing, "decided_by"),
)
WHO_LOOKED = (one(LookAgain, "action", *WHOLE), one(LookAgain, "asked_by"), one(LookAgain, "answered_by"))


def extensions(session: Session, action: Action) -> Sequence[Extension]:
    """Every request for more time and every new date of one action, the oldest first."""
    wanted = select(Extension).where(tables.extension.c.action_id == action.id).options(*WHO_EXTENDED)
    return session.scalars(wanted.order_by(tables.extension.c.id)).all()


def passings(session: Session, action: Action) -> Sequence[Passing]:
    """Every time somebody said whose it is, the oldest first."""
    wanted = select(Passing).where(tables.passing.c.action_id == action.id).options(*WHO_PASSED)
    return session.scalars(wanted.order_by(tables.passing.c.id)).all()


def looks(session: Session, action: Action) -> Sequence[LookAgain]:
    """Every time it was asked to be looked at again, the oldest first."""
    wanted = select(LookAgain).where(tables.look_again.c.action_id == action.id).options(*WHO_LOOKED)
    return session.scalars(wanted.order_by(tables.look_again.c.id)).all()


def passings_to_place(session: Session, *, asked_before: datetime) -> Sequence[str]:
    """Actions that nobody has accepted and for which no Head of Service was asked yet: references."""
    passing, action = tables.passing.c, tables.action.c
    waits = (passing.state == PassingState.WAITING) & passing.head_asked_at.is_(None)
    wanted = select(action.ref).join(tables.passing, passing.action_id == action.id)
    wanted = wanted.where(waits, action.state.in_(STILL_TO_DO), passing.asked_at < asked_before)
    return session.scalars(wanted.order_by(action.ref)).all()


def who_may_own(session: Session, *, on: date) -> Sequence[Person]:
    """Team Managers and Heads of Service in post that day, by name."""
    return session.scalars(holders_of((Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE), on=on)).unique().all()


def who_leads(session: Session, *, on: date) -> Sequence[Person]:
    """Heads of Service and Heads of Quality in post that day, with who stands in for them, and when they are away."""
    wanted = holders_of((Role.HEAD_OF_SERVICE, Role.HEAD_OF_QUALITY), on=on)
    deputies = many(Person, "deputies", one(Deputy, "deputy"))
    return session.scalars(wanted.options(deputies, many(Person, "absences"))).unique().all()
