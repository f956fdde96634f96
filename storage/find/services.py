"""Counting how one service stands: its people's audits of the month, their actions that are overdue, empty places."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from programme.actions import STILL_TO_DO
from programme.calendar import london
from programme.figures import ServiceStanding
from programme.people import Service
from programme.rounds import Round
from programme.words import RETURNED, AllocationState
from storage import tables
from storage.find.allocations import of_the_month


def standing_of(session: Session, service: Service, of: Round | None, *, now: datetime) -> ServiceStanding:
    """Whose service somebody's is says `Person.own_service`: the one they lead or work for, or else their team's."""
    counts = session.execute(_audits(service, of, london(now).date())).one() if of else (0, 0, 0, 0)
    return ServiceStanding(
        *(counts[0], counts[1], counts[2], counts[3]),
        overdue=session.scalar(_overdue(service, now)) or 0,
        places_empty=session.scalar(_empty(service)) or 0,
    )


def _audits(service: Service, of: Round, today: date) -> Select[int, int, int, int]:
    """Given out, back, past their day and not back, and those of them of which nobody knows why."""
    audit = tables.allocation.c
    was_due = and_(audit.state == AllocationState.OUT, audit.due_on < today)
    return select(
        func.count(audit.id),
        _how_many(audit.state.in_(RETURNED)),
        _how_many(was_due),
        _how_many(was_due & audit.reason.is_(None)),
    ).where(of_the_month(of), audit.state != AllocationState.PLANNED, audit.holder_id.in_(people_of(service)))


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _overdue(service: Service, now: datetime) -> Select[int]:
    action = tables.action.c
    late = action.state.in_(STILL_TO_DO) & (action.due_at < now)
    return select(func.count(action.id)).where(late, action.owner_id.in_(people_of(service)))


def _empty(service: Service) -> Select[int]:
    place = tables.vacancy.c
    whose = func.coalesce(place.service_id, tables.team.c.service_id) == service.id
    return select(func.count(place.id)).outerjoin(tables.team).where(place.filled_on.is_(None), whose)


def people_of(service: Service) -> Select[int]:
    """Their numbers, to be looked for among."""
    person = tables.person.c
    whose = func.coalesce(person.service_id, tables.team.c.service_id) == service.id
    return select(person.id).outerjoin_from(tables.person, tables.team).where(whose)
