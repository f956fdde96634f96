"""Looking through actions as whoever oversees them does: by one statement that is scoped to the reader."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true
from sqlalchemy.orm import Session

from programme.actions import STILL_TO_DO, Action
from programme.calendar import Calendar, at_london, london
from programme.overseeing import BANDS, Band, Counts, Shown, Wanted
from programme.people import Person
from programme.words import ActionState, Priority, Role
from storage import tables
from storage.find.services import people_of

PAGE = 50
ACTION = tables.action.c
OPEN = ACTION.state.in_(STILL_TO_DO)
PRESSING = ACTION.priority.in_([Priority.IMMEDIATE, Priority.URGENT])
URGENCY = case((ACTION.priority == Priority.IMMEDIATE, 0), (ACTION.priority == Priority.URGENT, 1), else_=2)
BY_URGENCY = (URGENCY, ACTION.due_at, ACTION.ref)
"""As `programme.actions.by_urgency` has it: what is overdue is due before what is not."""

STATES = {
    Shown.WAITING: ActionState.WAITING,
    Shown.CONFIRMED: ActionState.CONFIRMED,
    Shown.CHECKED: ActionState.CHECKED,
    Shown.WITHDRAWN: ActionState.WITHDRAWN,
}


def may_be_seen_by(reader: Person | None, on: date) -> ColumnElement[bool]:
    """What `Person.can_see_action` says, for the database; the host's own command line, which is nobody, sees all."""
    if reader is None or reader.can_run_rounds():
        return true()
    near = or_(_may_be_confirmed_by(reader), _is_named_for(reader, on), _is_near_the_child(reader))
    return or_(near & ACTION.sent_at.is_not(None), _is_led_by(reader))


def _may_be_confirmed_by(reader: Person) -> ColumnElement[bool]:
    mine = ACTION.owner_id == reader.id
    if Role.DEPUTY_TEAM_MANAGER not in reader.roles or reader.team is None:
        return mine
    managers = select(tables.role_held.c.person_id).where(tables.role_held.c.role == Role.TEAM_MANAGER)
    person = tables.person.c
    colleagues = select(person.id).where(person.team_id == reader.team.id, person.id.in_(managers))
    return mine | ACTION.owner_id.in_(colleagues)


def _is_named_for(reader: Person, on: date) -> ColumnElement[bool]:
    """Named to stand in that day; of what is kept from the child's team nobody in it is."""
    deputy, person = tables.deputy.c, tables.person.c
    named = select(deputy.person_id).where(deputy.deputy_id == reader.id, deputy.first_day <= on, on <= deputy.last_day)
    theirs = ACTION.owner_id.in_(named)
    if reader.team is None:
        return theirs
    of_the_team = ACTION.owner_id.in_(select(person.id).where(person.team_id == reader.team.id))
    return theirs & or_(of_the_team, ~_of_the_children(tables.audit_case.c.team_id == reader.team.id))


def _is_near_the_child(reader: Person) -> ColumnElement[bool]:
    """The child's social worker, while it is their own team's."""
    person, child = tables.person.c, tables.audit_case.c
    in_team = select(person.id).where(person.id == ACTION.owner_id, person.team_id == child.team_id)
    return _of_the_children(
        (child.social_worker_id == reader.id) & in_team.correlate(tables.action, tables.audit_case).exists()
    )


def _of_the_children(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    audit, child = tables.allocation, tables.audit_case
    own = select(audit.c.id).join(child, audit.c.audit_case_id == child.c.id)
    return own.where(audit.c.id == ACTION.allocation_id, condition).correlate(tables.action).exists()


def _is_led_by(reader: Person) -> ColumnElement[bool]:
    if Role.HEAD_OF_SERVICE not in reader.roles or reader.service is None:
        return false()
    return ACTION.owner_id.in_(people_of(reader.service))


def is_overdue(at: datetime) -> ColumnElement[bool]:
    """An immediate one by the hour, every other when its day is over in London."""
    today = at_london(london(at).date(), time())
    past = case((ACTION.priority == Priority.IMMEDIATE, ACTION.due_at < at), else_=ACTION.due_at < today)
    return OPEN & past


def wanted_of(reader: Person | None, wanted: Wanted, *, at: datetime, calendar: Calendar) -> Select[Action]:
    """What the filters let through of what the reader may see."""
    joined = select(Action).join(tables.allocation).join(tables.audit_case).outerjoin(tables.team)
    joined = joined.outerjoin(tables.service, tables.team.c.service_id == tables.service.c.id)
    return joined.where(may_be_seen_by(reader, london(at).date()), *_conditions(wanted, at, calendar))


def how_many(session: Session, reader: Person, wanted: Wanted, *, at: datetime, calendar: Calendar) -> int:
    found = wanted_of(reader, wanted, at=at, calendar=calendar)
    return session.scalar(found.with_only_columns(func.count(ACTION.id))) or 0


def in_order(found: Select[Action], shown: Shown) -> Select[Action]:
    """What is still to do by urgency, what is over with the newest first."""
    if shown in {Shown.OPEN, Shown.OVERDUE, Shown.WAITING}:
        return found.order_by(*BY_URGENCY)
    newest = func.coalesce(ACTION.confirmed_at, ACTION.sent_at).desc()
    return found.order_by(OPEN.desc(), case((OPEN, URGENCY)), case((OPEN, ACTION.due_at)), newest, ACTION.ref)


def counts(session: Session, reader: Person, wanted: Wanted, *, at: datetime, calendar: Calendar) -> Counts:
    """Of what all the filters but the state and the bands let through."""
    every = replace(wanted, shown=Shown.ALL, open_for=None, late_for=None)
    today, late = london(at).date(), is_overdue(at)
    shown = [_is_shown(each, at) for each in Shown]
    bands = [OPEN & _within(ACTION.sent_at, band, today, calendar) for band in BANDS]
    late_bands = [late & _within(ACTION.due_at, band, today, calendar) for band in BANDS]
    conditions = [*shown, OPEN & PRESSING, *bands, *late_bands]
    found = wanted_of(reader, every, at=at, calendar=calendar)
    row = session.execute(found.with_only_columns(*(func.count(case((each, 1))) for each in conditions))).one()
    by_state, rest = dict(zip(Shown, row, strict=False)), row[len(shown) :]
    return Counts(by_state, rest[0], rest[1 : 1 + len(BANDS)], rest[1 + len(BANDS) :])


def services_of(session: Session, reader: Person, on: date) -> Sequence[str]:
    """The services of the children of what the reader may see, by name."""
    return _names(session, reader, on, tables.service.c.name)


def teams_of(session: Session, reader: Person, on: date) -> Sequence[str]:
    return _names(session, reader, on, tables.team.c.name)


def owners_of(session: Session, reader: Person, on: date) -> Sequence[Person]:
    """Whoever owns something that the reader may see, by name."""
    owners = select(ACTION.owner_id).where(may_be_seen_by(reader, on))
    return session.scalars(select(Person).where(tables.person.c.id.in_(owners)).order_by(tables.person.c.name)).all()


def _names(session: Session, reader: Person, on: date, name: ColumnElement[str]) -> Sequence[str]:
    joined = select(name).distinct().select_from(tables.action).join(tables.allocation).join(tables.audit_case)
    joined = joined.join(tables.team).join(tables.service, tables.team.c.service_id == tables.service.c.id)
    return session.scalars(joined.where(may_be_seen_by(reader, on)).order_by(name)).all()


def _conditions(wanted: Wanted, at: datetime, calendar: Calendar) -> list[ColumnElement[bool]]:
    today = london(at).date()
    conditions = [_is_shown(wanted.shown, at)]
    if wanted.service:
        conditions.append(tables.service.c.name == wanted.service)
    if wanted.team:
        conditions.append(tables.team.c.name == wanted.team)
    if wanted.owner:
        named = select(tables.person.c.id).where(tables.person.c.email == wanted.owner)
        conditions.append(ACTION.owner_id.in_(named))
    if wanted.priority:
        conditions.append(ACTION.priority == wanted.priority)
    if wanted.open_for:
        conditions.append(OPEN & _within(ACTION.sent_at, wanted.open_for, today, calendar))
    if wanted.late_for:
        conditions.append(is_overdue(at) & _within(ACTION.due_at, wanted.late_for, today, calendar))
    return conditions


def _is_shown(shown: Shown, at: datetime) -> ColumnElement[bool]:
    if shown is Shown.OPEN:
        return OPEN
    if shown is Shown.OVERDUE:
        return is_overdue(at)
    # What a newer version of its audit took back before anybody was asked was never an action for anybody.
    stood = or_(ACTION.state != ActionState.WITHDRAWN, ACTION.sent_at.is_not(None))
    return stood if shown is Shown.ALL else stood & (ACTION.state == STATES[shown])


def _within(instant: ColumnElement[datetime], band: Band, today: date, calendar: Calendar) -> ColumnElement[bool]:
    begins, ends = band.days(today, calendar)
    conditions: list[ColumnElement[bool]] = [instant.is_not(None)]
    if begins is not None:
        conditions.append(instant >= at_london(begins, time()))
    if ends is not None:
        conditions.append(instant < at_london(ends, time()))
    return and_(*conditions)
