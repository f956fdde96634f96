"""Finding which records are due to be looked at again, and what came of those that were."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, ScalarSelect, Subquery, func, or_, select
from sqlalchemy.orm import Session

from programme.allocations import Allocation
from programme.beside import compared, direction
from programme.counted import NOT_YET_GOOD
from programme.people import Person
from programme.re_audits import DueAgain, Looked, due_of, in_order
from programme.rounds import Round
from programme.rulebook import Rulebook
from programme.words import AllocationState, AuditType, Grade, RoundState, Safety
from storage import tables
from storage.find import submissions
from storage.find.allocations import READ_WITH
from storage.find.load import one
from storage.find.moderations import MODERATED

RUNNING = frozenset({RoundState.OPEN, RoundState.DISTRIBUTED})
CAME_TO_NOTHING = (AllocationState.WITHDRAWN, AllocationState.SWAPPED_OUT, AllocationState.NOT_RETURNED)
AUDIT, RETURN = tables.allocation.c, tables.audit_return.c


def due(session: Session, rules: Rulebook, today: date) -> list[DueAgain]:
    """The longest due first."""
    found = [each for looked in _looked(session) for each in due_of(looked, rules, today)]
    return sorted(found, key=lambda each: (each.since, each.audit.ref))


def could_be_drawn(session: Session, of: Round, rules: Rulebook, today: date) -> int:
    """How many a month that is running has a place for and could still take."""
    if of.state not in RUNNING:
        return 0
    order, _ = in_order(of.month, due(session, rules, today))
    return min(len(order), max(places(session, of, rules), 0))


def places(session: Session, of: Round, rules: Rulebook) -> int:
    """How many more a month may look at again; those given out by hand count too."""
    return rules.policy.re_audits.most_a_month - len([each for each in _of_month(session, of) if _counts(each)])


def given_out(session: Session, of: Round) -> Mapping[Allocation, str]:
    """A month's re-audits, and how each compares to the first by what was agreed; '' while that is not known."""
    return {each: _compared(session, each) for each in _of_month(session, of)}


def came_out(session: Session) -> Counter[str]:
    """How all that were ever looked at again, and moderated, compare to the first time."""
    again, first = tables.audit_return.alias(), tables.audit_return.alias()
    wanted = (
        select(again.c.agreed, func.coalesce(first.c.agreed, first.c.overall))
        .select_from(tables.allocation)
        .join(again, (again.c.allocation_id == AUDIT.id) & (again.c.version == _newest(AUDIT.id)))
        .join(first, (first.c.allocation_id == AUDIT.first_id) & (first.c.version == _newest(AUDIT.first_id)))
        .where(AUDIT.kind == AuditType.RE_AUDIT, again.c.agreed.is_not(None))
    )
    return Counter(direction(now, Grade(then)) for now, then in session.execute(wanted) if then is not None)


def read_before(session: Session, audits: Sequence[Allocation]) -> set[tuple[Allocation, Person]]:
    """Who has looked at the records of these audits before, in any month."""
    by_case: dict[int | None, list[Allocation]] = defaultdict(list)
    for each in audits:
        by_case[each.case.id].append(each)
    wanted = select(Allocation).where(AUDIT.audit_case_id.in_(by_case), AUDIT.holder_id.is_not(None))
    found = session.scalars(wanted.options(one(Allocation, "holder"), one(Allocation, "case"))).all()
    return {(audit, each.holder) for each in found if each.holder for audit in by_case[each.case.id]}


def _looked(session: Session) -> Sequence[Looked]:
    """Every audit of which there is anything to look at again, and when it was."""
    not_safe = _not_safe()
    outcome = tables.outcome.c
    wanted = (
        select(Allocation, not_safe.c.at, RETURN.agreed, outcome.sent_at)
        .select_from(Allocation)
        .join(tables.audit_return, (RETURN.allocation_id == AUDIT.id) & (RETURN.version == _newest(AUDIT.id)))
        .outerjoin(tables.outcome, outcome.allocation_id == AUDIT.id)
        .outerjoin(not_safe, not_safe.c.allocation_id == AUDIT.id)
        .where(AUDIT.kind.in_(MODERATED), AUDIT.imported.is_(False))
        .where(or_(not_safe.c.at.is_not(None), outcome.sent_at.is_not(None) & RETURN.agreed.in_(NOT_YET_GOOD)))
        .order_by(AUDIT.ref)
        .options(*READ_WITH)
    )
    again = _given_out_again(session)
    return [
        Looked(audit, at, agreed, sent, again[audit.id or 0]) for audit, at, agreed, sent in session.execute(wanted)
    ]


def _newest(audit: ColumnElement[int]) -> ScalarSelect[int]:
    """The version that stands of an audit's return."""
    older = tables.audit_return.alias()
    return select(func.max(older.c.version)).where(older.c.allocation_id == audit).scalar_subquery()


def _not_safe() -> Subquery:
    """When each audit first said that the child is unsafe or not assured, or an alert was raised for it."""
    said = select(RETURN.allocation_id, RETURN.received_at.label("at")).where(
        RETURN.safety.in_([Safety.UNSAFE_NOW, Safety.NOT_ASSURED])
    )
    raised = select(tables.alert.c.allocation_id, tables.alert.c.raised_at.label("at"))
    both = said.union_all(raised).subquery()
    return select(both.c.allocation_id, func.min(both.c.at).label("at")).group_by(both.c.allocation_id).subquery()


def _given_out_again(session: Session) -> Mapping[int, list[datetime]]:
    wanted = select(AUDIT.first_id, AUDIT.given_out_at).where(
        AUDIT.kind == AuditType.RE_AUDIT, AUDIT.given_out_at.is_not(None), AUDIT.state.not_in(CAME_TO_NOTHING)
    )
    found: dict[int, list[datetime]] = defaultdict(list)
    for first, at in session.execute(wanted):
        found[first].append(at)
    return found


def _of_month(session: Session, of: Round) -> Sequence[Allocation]:
    wanted = select(Allocation).where(AUDIT.round_id == of.id, AUDIT.kind == AuditType.RE_AUDIT)
    return session.scalars(wanted.options(*READ_WITH).order_by(AUDIT.ref)).all()


def _counts(audit: Allocation) -> bool:
    return audit.state not in CAME_TO_NOTHING


def _compared(session: Session, audit: Allocation) -> str:
    made = submissions.return_of(session, audit)
    before = submissions.return_of(session, audit.first) if audit.first else None
    return compared(made, before) if made and made.agreed and before else ""
