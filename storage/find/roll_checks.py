"""Finding roll checks, each with its service, its Head of Service with who stands in for them, and who answered."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from programme.people import Person
from programme.refusals import NotFound
from programme.roll_check import RollCheck
from programme.ties import Deputy
from programme.words import Role
from storage import tables
from storage.find import people
from storage.find.load import locked, many, one

STAND_INS = (many(Person, "absences"), many(Person, "deputies", one(Deputy, "deputy", many(Person, "absences"))))
WHOLE = (one(RollCheck, "service"), one(RollCheck, "head", *STAND_INS), one(RollCheck, "answered_by"))


def _checks() -> Select[RollCheck]:
    return select(RollCheck).options(*WHOLE).order_by(tables.roll_check.c.id)


def of_month(session: Session, month: str) -> Sequence[RollCheck]:
    return session.scalars(_checks().where(tables.roll_check.c.month == month)).all()


def of_service(session: Session, month: str, service_id: int, *, to_change: bool = False) -> RollCheck:
    check = tables.roll_check.c
    wanted = _checks().where(check.month == month, check.service_id == service_id)
    found = session.scalar(locked(session, wanted, tables.roll_check) if to_change else wanted)
    if found is None:
        msg = "We cannot find that list. Type /audit to see what is yours."
        raise NotFound(msg)
    return found


def by_ref(session: Session, ref: str, *, to_change: bool = False) -> RollCheck:
    """By its reference, ROLL-2017-11-3: the month and the number of the service."""
    _, _, rest = ref.partition("-")
    month, _, number = rest.rpartition("-")
    return of_service(session, month, int(number) if number.isascii() and number.isdigit() else 0, to_change=to_change)


def unanswered(session: Session, months: Sequence[str]) -> Sequence[RollCheck]:
    check = tables.roll_check.c
    return session.scalars(_checks().where(check.month.in_(months), check.answered_at.is_(None))).all()


def heads(session: Session, *, on: date) -> Sequence[Person]:
    """The Heads of Service in post that day, by name, with who stands in for them."""
    wanted = people.holders_of([Role.HEAD_OF_SERVICE], on=on)
    return session.scalars(wanted.where(tables.person.c.service_id.is_not(None)).options(*STAND_INS)).all()
