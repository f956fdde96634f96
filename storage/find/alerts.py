"""Finding alerts about a child's safety, and who was told of them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from programme.chasing import StepTaken
from programme.facts import AlertRepeated, ChildUnsafe
from programme.people import Person
from programme.refusals import NotFound
from programme.safety import Alert
from storage import tables
from storage.find.actions import WHOLE as WHOLE_ACTION
from storage.find.allocations import READ_WITH
from storage.find.load import locked, many, one

WHOLE = (
    one(Alert, "allocation", *READ_WITH),
    one(Alert, "raised_by"),
    one(Alert, "taken_by"),
    one(Alert, "seen_by"),
    one(Alert, "ended_by"),
    many(Alert, "action", *WHOLE_ACTION),
)
TELLS = (ChildUnsafe.kind(), AlertRepeated.kind())


def by_ref(session: Session, ref: str, *, to_change: bool = False) -> Alert:
    wanted = select(Alert).where(tables.alert.c.ref == ref).options(*WHOLE)
    found = session.scalar(locked(session, wanted, tables.alert) if to_change else wanted)
    if found is None:
        msg = "We cannot find that. Type /audit to see what is yours."
        raise NotFound(msg)
    return found


def of_audit(session: Session, ref: str) -> Alert | None:
    """The newest alert raised for an audit, by the audit's reference."""
    every = every_of_audit(session, ref)
    return every[-1] if every else None


def every_of_audit(session: Session, ref: str) -> Sequence[Alert]:
    """The oldest first."""
    wanted = select(Alert).join(tables.allocation).where(tables.allocation.c.ref == ref)
    return session.scalars(wanted.options(*WHOLE).order_by(tables.alert.c.id)).all()


def told(session: Session, ref: str) -> Sequence[Person]:
    """Everybody who has been told of an alert, whatever became of their message."""
    notice = tables.notice.c
    sent = select(notice.person_id).where(notice.about == ref, notice.kind.in_(TELLS))
    return session.scalars(select(Person).where(tables.person.c.id.in_(sent)).order_by(tables.person.c.id)).all()


def told_to(session: Session, person: Person) -> Sequence[Alert]:
    """The alerts that somebody was told of and that nobody has in hand, the oldest first."""
    notice, alert = tables.notice.c, tables.alert.c
    theirs = select(notice.about).where(notice.person_id == person.id, notice.kind.in_(TELLS))
    wanted = select(Alert).where(alert.ref.in_(theirs), alert.taken_at.is_(None), alert.ended_at.is_(None))
    return session.scalars(wanted.options(*WHOLE).order_by(alert.raised_at)).all()


def in_nobodys_hands(session: Session) -> Sequence[str]:
    alert = tables.alert.c
    return session.scalars(select(alert.ref).where(alert.taken_at.is_(None)).order_by(alert.raised_at)).all()


def steps_of(session: Session, ref: str) -> Sequence[StepTaken]:
    return session.scalars(select(StepTaken).where(tables.step_taken.c.about == ref)).all()


def standing(session: Session) -> Sequence[Alert]:
    """Every alert that has not come to its end, the oldest first."""
    wanted = select(Alert).where(tables.alert.c.ended_at.is_(None)).options(*WHOLE)
    return session.scalars(wanted.order_by(tables.alert.c.raised_at, tables.alert.c.id)).all()


def count_standing(session: Session) -> int:
    """But for those about staff, of which only who was told may know."""
    a = tables.alert.c
    wanted = select(func.count()).select_from(tables.alert).where(a.ended_at.is_(None), a.staff_conduct.is_(False))
    return session.scalar(wanted) or 0


def confirmed_and_not_seen(session: Session) -> Sequence[str]:
    """Alerts of whose immediate action it was said that it is done, and of whose child nothing yet."""
    a, action = tables.alert.c, tables.action.c
    wanted = select(a.ref).join(tables.action, a.action_id == action.id)
    return session.scalars(wanted.where(a.seen_at.is_(None), action.confirmed_at.is_not(None)).order_by(a.id)).all()
