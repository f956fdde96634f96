"""Finding actions."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from programme.actions import STILL_TO_DO, Action
from programme.allocations import Allocation
from programme.calendar import Calendar
from programme.cases import Case
from programme.overseeing import Wanted
from programme.people import Person
from programme.refusals import NotFound
from programme.rounds import Round
from programme.ties import Deputy
from programme.words import ActionState, Role
from storage import tables
from storage.find import history, overseen
from storage.find.allocations import READ_WITH, of_the_month
from storage.find.load import locked, many, one

WHOLE = (
    one(Action, "allocation", *READ_WITH),
    one(Action, "owner", many(Person, "deputies", one(Deputy, "deputy"))),
    one(Action, "confirmed_by"),
    one(Action, "acknowledged_by"),
    one(Action, "withdrawn_by"),
)
"""With who may act for its owner, and when."""


def by_ref(session: Session, ref: str, *, to_change: bool = False) -> Action:
    """One action, locked against others when it is to be changed."""
    wanted = select(Action).where(tables.action.c.ref == ref).options(*WHOLE)
    found = session.scalar(locked(session, wanted, tables.action) if to_change else wanted)
    if found is None:
        msg = "We cannot find that action."
        raise NotFound(msg)
    return found


def open_for(session: Session, owner: Person) -> Sequence[Action]:
    """What a person still has to do, the soonest first."""
    still = tables.action.c.state.in_(STILL_TO_DO)
    wanted = select(Action).where(tables.action.c.owner_id == owner.id, still)
    return session.scalars(wanted.options(*WHOLE).order_by(tables.action.c.due_at)).all()


def that_may_be_confirmed_by(session: Session, person: Person, on: date) -> Sequence[Action]:
    """What a person still has to do, and what those have to do for whom they stand in that day, the soonest first."""
    managers = select(tables.role_held.c.person_id).where(tables.role_held.c.role == Role.TEAM_MANAGER)
    beside = tables.person.c.team_id == (person.team.id if person.team else None)
    colleagues = select(tables.person.c.id).where(beside, tables.person.c.id.in_(managers))
    owner, deputy = tables.action.c.owner_id, tables.deputy.c
    named = select(deputy.person_id).where(deputy.deputy_id == person.id, deputy.first_day <= on, on <= deputy.last_day)
    theirs = or_(owner == person.id, owner.in_(colleagues), owner.in_(named))
    wanted = select(Action).where(theirs, tables.action.c.state.in_(STILL_TO_DO))
    found = session.scalars(wanted.options(*WHOLE).order_by(tables.action.c.due_at, tables.action.c.id))
    return [each for each in found if person.can_confirm(each, on)]


def seen_by(
    session: Session,
    reader: Person | None,
    wanted: Wanted,
    *,
    at: datetime,
    calendar: Calendar,
    page: int | None = None,
) -> Sequence[Action]:
    """What the filters let through of what a reader may see: one page of it, or all where no page is named. Nobody is
    the host's own command line, which sees all.
    """
    found = overseen.in_order(overseen.wanted_of(reader, wanted, at=at, calendar=calendar), wanted.shown)
    if page is not None:
        found = found.offset((page - 1) * overseen.PAGE).limit(overseen.PAGE)
    return session.scalars(found.options(*WHOLE)).all()


def open_for_child(session: Session, case: Case) -> Sequence[Action]:
    """What is still to be done for one child; held against others."""
    audits = select(tables.allocation.c.id).where(tables.allocation.c.audit_case_id == case.id)
    to_do = tables.action.c.state.in_(STILL_TO_DO)
    wanted = select(Action).where(tables.action.c.allocation_id.in_(audits), to_do).options(*WHOLE)
    return session.scalars(locked(session, wanted.order_by(tables.action.c.ref), tables.action)).all()


def handed_on_at(session: Session, at: datetime, *, before: Person | None = None) -> Sequence[Action]:
    """Those that went to another owner at this very instant, the most pressing first; from this owner, if one is
    named.
    """
    refs = history.handed_on_at(session, at, before)
    wanted = select(Action).where(tables.action.c.ref.in_(refs)).options(*WHOLE)
    return session.scalars(wanted.order_by(*overseen.BY_URGENCY)).all()


def counts_of(session: Session, of: Round) -> dict[str, tuple[int, int]]:
    """Audit → how many actions it set, and how many of them are done, for those of a month that set any."""
    action, audit = tables.action.c, tables.allocation.c
    counted = select(audit.ref, func.count(action.id), func.count(action.confirmed_at)).join(tables.allocation)
    stands = (action.state != ActionState.WITHDRAWN) | action.sent_at.is_not(None)
    wanted = counted.where(of_the_month(of), stands).group_by(audit.ref)
    return {row[0]: (row[1], row[2]) for row in session.execute(wanted)}


def of_allocation(session: Session, allocation: Allocation) -> Sequence[Action]:
    """What an audit asks for. What a newer version of it took back before anybody was asked is left out."""
    return [each for each in ever_of(session, allocation) if each.state is not ActionState.WITHDRAWN or each.sent_at]


def ever_of(session: Session, allocation: Allocation) -> Sequence[Action]:
    """Every action ever raised of an audit."""
    wanted = select(Action).where(tables.action.c.allocation_id == allocation.id)
    return session.scalars(wanted.options(*WHOLE).order_by(tables.action.c.id)).all()
