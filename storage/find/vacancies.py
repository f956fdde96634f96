"""Finding the places that somebody left, each with who left it and who took it."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from programme.refusals import NotFound
from programme.vacancies import Vacancy
from storage import tables
from storage.find.load import locked, one

WHOLE = tuple(one(Vacancy, name) for name in ("left", "group", "service", "team", "filled_by"))


def _vacancies() -> Select[Vacancy]:
    return select(Vacancy).options(*WHOLE).order_by(tables.vacancy.c.since, tables.vacancy.c.id)


def by_id(session: Session, number: int, *, to_change: bool = False) -> Vacancy:
    wanted = _vacancies().where(tables.vacancy.c.id == number)
    found = session.scalar(locked(session, wanted, tables.vacancy) if to_change else wanted)
    if found is None:
        msg = "We cannot find that place."
        raise NotFound(msg)
    return found


def by_ref(session: Session, ref: str, *, to_change: bool = False) -> Vacancy:
    """PLACE-7 is the seventh."""
    return by_id(session, int(ref.rpartition("-")[2]), to_change=to_change)


def still_empty(session: Session) -> Sequence[Vacancy]:
    """Every place that nobody has taken, the longest empty first."""
    return session.scalars(_vacancies().where(tables.vacancy.c.filled_on.is_(None))).all()


def count_empty(session: Session) -> int:
    empty = select(func.count(tables.vacancy.c.id)).where(tables.vacancy.c.filled_on.is_(None))
    return session.scalar(empty) or 0
