"""Finding allocations, each with the round, the child's record and the holder it is read with."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from programme.allocations import TAKES_RETURNS, Allocation
from programme.cases import Case
from programme.people import Person
from programme.refusals import NotFound
from programme.rounds import Round
from programme.words import RETURNED, AllocationState, AuditType
from storage import tables
from storage.find import tools
from storage.find.load import locked, many, one

NOT_YOURS = "We cannot find that audit. Type /audit to see what is yours."

LISTED_WITH = (one(Allocation, "round"), one(Allocation, "case"))
"""What a list of somebody's own says of an audit."""

READ_WITH = (
    one(Allocation, "round", one(Round, "group")),
    one(Allocation, "case", one(Case, "team"), one(Case, "social_worker"), one(Case, "team_manager")),
    one(Allocation, "holder"),
    # Few audits have one; a further select is made only where one does.
    many(Allocation, "first"),
)
"""With everybody a rule may ask about."""

WITH_TOOL = (
    *READ_WITH,
    one(Allocation, "round", one(Round, "tool", *tools.WHOLE)),
    many(Allocation, "own_tool", *tools.WHOLE),
)
"""With its questions too, where answers are given, read or judged."""


def of_the_month(of: Round) -> ColumnElement[bool]:
    """The month's own audits. Practice cases, dip samples and re-audits stand beside its account and figures."""
    audit = tables.allocation.c
    return (audit.round_id == of.id) & (audit.kind == AuditType.MONTHLY)


def beside_the_month(session: Session, of: Round) -> Sequence[Allocation]:
    """Practice cases, dip samples and re-audits, in the order of their references."""
    audit = tables.allocation.c
    wanted = _allocations().where(audit.round_id == of.id, audit.kind != AuditType.MONTHLY)
    return session.scalars(wanted.order_by(audit.ref)).all()


def _allocations() -> Select[Allocation]:
    return select(Allocation).options(*READ_WITH)


def _with_tool() -> Select[Allocation]:
    return select(Allocation).options(*WITH_TOOL)


def by_ref(session: Session, ref: str, *, to_change: bool = False) -> Allocation:
    """One allocation, locked against others when it is to be changed."""
    return _one(session, _allocations().where(tables.allocation.c.ref == ref), to_change=to_change)


def with_tool(session: Session, ref: str, *, to_change: bool = False) -> Allocation:
    """The same with its questions."""
    return _one(session, _with_tool().where(tables.allocation.c.ref == ref), to_change=to_change)


def by_token(session: Session, token: str, *, to_change: bool = False) -> Allocation:
    return _one(session, _with_tool().where(tables.allocation.c.token == token), to_change=to_change)


def with_token(session: Session, token: str, *, to_change: bool = False) -> Allocation | None:
    """The audit a form code leads to; None for one that was replaced when the audit went to somebody else."""
    wanted = _with_tool().where(tables.allocation.c.token == token)
    return session.scalar(locked(session, wanted, tables.allocation) if to_change else wanted)


def of_case(session: Session, case_ref: str, *, to_change: bool = False) -> Sequence[Allocation]:
    """Every time one child's record was given out, the latest first."""
    wanted = _with_tool().join(tables.audit_case).where(tables.audit_case.c.ref == case_ref)
    wanted = wanted.where(tables.allocation.c.given_out_at.is_not(None), tables.allocation.c.holder_id.is_not(None))
    wanted = wanted.order_by(tables.allocation.c.given_out_at.desc(), tables.allocation.c.id.desc())
    return session.scalars(locked(session, wanted, tables.allocation) if to_change else wanted).all()


def given_out_lately(session: Session, at_most: int) -> Sequence[Allocation]:
    """What a return could belong to, the latest months first."""
    wanted = _allocations().where(tables.allocation.c.state.in_(TAKES_RETURNS), tables.allocation.c.imported.is_(False))
    return session.scalars(wanted.order_by(tables.allocation.c.ref.desc()).limit(at_most)).all()


def _one(session: Session, wanted: Select[Allocation], *, to_change: bool) -> Allocation:
    found = session.scalar(locked(session, wanted, tables.allocation) if to_change else wanted)
    if found is None:
        raise NotFound(NOT_YOURS)
    return found


def held_by(session: Session, person: Person) -> Sequence[Allocation]:
    """What a person has out or has returned, latest month first, as a list shows it."""
    audit = tables.allocation.c
    shown = select(Allocation).where(audit.holder_id == person.id, audit.state != AllocationState.PLANNED)
    return session.scalars(shown.options(*LISTED_WITH).order_by(audit.ref.desc())).all()


def open_with(session: Session, person: Person) -> Sequence[Allocation]:
    """What a person still has to audit, latest month first, with everybody whom that ties."""
    audit = tables.allocation.c
    wanted = _allocations().where(audit.holder_id == person.id, audit.state == AllocationState.OUT)
    return session.scalars(wanted.order_by(audit.ref.desc())).all()


def returned_in(session: Session, of: Round) -> Sequence[Allocation]:
    """What came back in a month of its own audits, with when their auditors are not at work."""
    wanted = select(Allocation).where(of_the_month(of), tables.allocation.c.state.in_(RETURNED))
    wanted = wanted.options(one(Allocation, "holder", many(Person, "absences")))
    return session.scalars(wanted.order_by(tables.allocation.c.ref)).all()


def of_round(session: Session, of: Round) -> Sequence[Allocation]:
    return session.scalars(_allocations().where(of_the_month(of)).order_by(tables.allocation.c.ref)).all()


def in_state(session: Session, of: Round, state: AllocationState, *, to_change: bool = False) -> Sequence[Allocation]:
    """Those of a round in one state, locked against others when they are to be changed."""
    wanted = _allocations().where(of_the_month(of), tables.allocation.c.state == state)
    wanted = wanted.order_by(tables.allocation.c.ref)
    return session.scalars(locked(session, wanted, tables.allocation) if to_change else wanted).all()


def load_by_holder(session: Session, of: Round) -> dict[Person, int]:
    """How many cases each person has this month, swapped and handed-back ones aside."""
    live = tables.allocation.c.state.notin_([AllocationState.WITHDRAWN, AllocationState.SWAPPED_OUT])
    counted = (
        select(Person, func.count(tables.allocation.c.id))
        .join(tables.allocation, tables.allocation.c.holder_id == tables.person.c.id)
        .where(of_the_month(of), live)
        .group_by(tables.person.c.id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def next_number(session: Session, of: Round) -> int:
    """The number the month's next allocation takes: one above all that there are.

    Whoever is about to use it holds the round (`rounds.of_month(…, to_change=True)`): two at once would count alike.
    """
    refs = session.scalars(select(tables.allocation.c.ref).where(tables.allocation.c.round_id == of.id))
    return 1 + max((int(ref.rpartition("-")[2]) for ref in refs), default=0)
