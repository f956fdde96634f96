"""Finding alerts about a child's safety, and who was told of them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from programme.chasing import StepTaken
from programme.facts import AlertRepeated, ChildUnsafe
from programme.people import Person
from programme.refusals import NotFound
from programme.safety import Alert
from storage import tables
from storage.find.allocations import READ_WITH
from storage.find.load import locked, one

WHOLE = (one(Alert, "allocation", *READ_WITH), one(Alert, "raised_by"), one(Alert, "taken_by"))
TELLS = (ChildUnsafe.kind(), AlertRepeated.kind())


def by_ref(session: Session, ref: str, *, to_change: bool = False) -> Alert:
    wanted = select(Alert).where(tables.alert.c.ref == ref).options(*WHOLE)
    found = session.scalar(locked(session, wanted, tables.alert) if to_change else wanted)
    if found is None:
        msg = "We cannot find that. Type /audit to see what is yours."
        raise NotFound(msg)
    return found


def of_audit(session: Session, ref: str) -> Alert | None:
    """The alert raised for an audit, by the audit's reference."""
    wanted = select(Alert).join(tables.allocation).where(tables.allocation.c.ref == ref)
    return session.scalar(wanted.options(*WHOLE))


def told(session: Session, ref: str) -> Sequence[Person]:
    """Everybody who has been told of an alert, whatever became of their message."""
    notice = tables.notice.c
    sent = select(notice.person_id).where(notice.about == ref, notice.kind.in_(TELLS))
    return session.scalars(select(Person).where(tables.person.c.id.in_(sent)).order_by(tables.person.c.id)).all()


def told_to(session: Session, person: Person) -> Sequence[Alert]:
    """The alerts that somebody was told of and that nobody has in hand, the oldest first."""
    notice, alert = tables.notice.c, tables.alert.c
    theirs = select(notice.about).where(notice.person_id == person.id, notice.kind.in_(TELLS))
    wanted = select(Alert).where(alert.ref.in_(theirs), alert.taken_at.is_(None))
    return session.scalars(wanted.options(*WHOLE).order_by(alert.raised_at)).all()


def in_nobodys_hands(session: Session) -> Sequence[str]:
    alert = tables.alert.c
    return session.scalars(select(alert.ref).where(alert.taken_at.is_(None)).order_by(alert.raised_at)).all()


def steps_of(session: Session, ref: str) -> Sequence[StepTaken]:
    return session.scalars(select(StepTaken).where(tables.step_taken.c.about == ref)).all()
