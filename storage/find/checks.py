"""Finding checks of confirmed actions: what has none yet, who is asked for which, and how often."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from programme.actions import Action
from programme.checking import TO_BE_CHECKED, Check
from programme.people import Person
from programme.refusals import NotFound
from programme.words import ActionState, Role
from storage import tables
from storage.find import people
from storage.find.actions import WHOLE as WHOLE_ACTION
from storage.find.load import locked, many, one
from storage.find.ties import WITH_TIES

CHECK = tables.action_check.c
WAITS = CHECK.answer.is_(None) & CHECK.why.in_(TO_BE_CHECKED)
WHOLE = (
    one(Check, "action", *WHOLE_ACTION),
    one(Check, "confirmed_by"),
    one(Check, "checker", many(Person, "absences")),
)


def undecided(session: Session) -> Sequence[str]:
    """Every action that is confirmed, and of whose confirmation nobody has said yet whether it is checked."""
    a = tables.action.c
    had = select(CHECK.id).where(CHECK.action_id == a.id, CHECK.confirmed_at == a.confirmed_at)
    wanted = select(a.ref).where(a.state == ActionState.CONFIRMED, ~had.exists())
    return session.scalars(wanted.order_by(a.confirmed_at, a.id)).all()


def waiting(session: Session) -> list[str]:
    """Every check that is to be made, by reference."""
    return list(session.scalars(select(CHECK.ref).where(WAITS).order_by(CHECK.ref)))


def asked(session: Session, due_by: date) -> list[str]:
    """Those of them, due by a day, for which somebody is asked."""
    wanted = select(CHECK.ref).where(WAITS, CHECK.checker_id.is_not(None), CHECK.due_on <= due_by)
    return list(session.scalars(wanted.order_by(CHECK.ref)))


def these(session: Session, refs: Sequence[str], *, to_change: bool = False) -> Sequence[Check]:
    """Held against others when they are to be changed."""
    wanted = _checks().where(CHECK.ref.in_(refs)).order_by(CHECK.ref)
    return session.scalars(locked(session, wanted, tables.action_check) if to_change else wanted).all()


def by_ref(session: Session, ref: str, *, to_change: bool = False) -> Check:
    for found in these(session, [ref], to_change=to_change):
        return found
    msg = "We cannot find that check."
    raise NotFound(msg)


def of_action(session: Session, ref: str, *, to_change: bool = False) -> Check:
    """The newest check that was to be made of an action."""
    wanted = _checks().join(tables.action, CHECK.action_id == tables.action.c.id)
    wanted = wanted.where(tables.action.c.ref == ref, CHECK.why.in_(TO_BE_CHECKED)).order_by(CHECK.id.desc()).limit(1)
    found = session.scalar(locked(session, wanted, tables.action_check) if to_change else wanted)
    if found is None:
        msg = "We cannot find that check."
        raise NotFound(msg)
    return found


def ever_of(session: Session, action: Action) -> Sequence[Check]:
    """What was decided of each confirmation of an action, the oldest first."""
    return session.scalars(_checks().where(CHECK.action_id == action.id).order_by(CHECK.id)).all()


def waiting_for(session: Session, person: Person) -> Sequence[Check]:
    """What somebody is asked to check, the soonest due first."""
    wanted = _checks().where(WAITS, CHECK.checker_id == person.id)
    return session.scalars(wanted.order_by(CHECK.due_on, CHECK.ref)).all()


def last_place(session: Session, month: str) -> int:
    """Of those that were drawn of a month."""
    return session.scalar(select(func.max(CHECK.place)).where(CHECK.month == month)) or 0


def asked_since(session: Session, since: datetime) -> Mapping[Person, int]:
    """How many checks each was asked for since then."""
    counted = select(Person, func.count()).join(tables.action_check, CHECK.checker_id == tables.person.c.id)
    counted = counted.where(CHECK.asked_at >= since).group_by(tables.person.c.id)
    return {row[0]: row[1] for row in session.execute(counted)}


def who_could(session: Session, *roles: Role, on: date) -> Sequence[Person]:
    """Those in post with one of the roles, with what ties them."""
    return session.scalars(people.holders_of(roles, on=on).options(*WITH_TIES)).all()


def who_read(session: Session, action: Action) -> Sequence[Person]:
    """Who audited or moderated what an action came from."""
    audit, reading = action.allocation, tables.reading.c
    moderators = select(reading.moderator_id).join(tables.moderation)
    moderators = moderators.where(tables.moderation.c.allocation_id == audit.id)
    found = session.scalars(select(Person).where(tables.person.c.id.in_(moderators)).order_by(tables.person.c.id)).all()
    return [*found, *([audit.holder] if audit.holder else [])]


def _checks() -> Select[Check]:
    return select(Check).options(*WHOLE)
