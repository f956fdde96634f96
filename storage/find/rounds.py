"""Finding rounds, and counting how the cases given out in them ended."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from programme.figures import Account, Standing, account
from programme.refusals import NotFound
from programme.rounds import Round
from programme.words import NOT_GIVEN_OUT, AllocationState, RoundState
from storage import tables
from storage.find import allocations, cases, tools
from storage.find.load import locked, one

WHOLE = (
    one(Round, "group"),
    one(Round, "target_set_by"),
    one(Round, "tool", *tools.WHOLE),
)


def by_month(session: Session, month: str, *, to_change: bool = False) -> Round | None:
    """The round of a month, locked against others when it or what hangs on it is to be changed."""
    wanted = select(Round).where(tables.round_.c.month == month).options(*WHOLE)
    return session.scalar(locked(session, wanted, tables.round_) if to_change else wanted)


def of_month(session: Session, month: str, *, to_change: bool = False) -> Round:
    """The round of a month, or a refusal that says how to open one."""
    found = by_month(session, month, to_change=to_change)
    if found is None:
        msg = f"There is no round for {month}. Open one first: flask round open {month} --theme … --group …"
        raise NotFound(msg, field="month")
    return found


def current(session: Session) -> Round | None:
    """The latest round that is run here and not closed."""
    chosen = select(Round).where(tables.round_.c.imported.is_(False), tables.round_.c.state != RoundState.CLOSED)
    return session.scalar(chosen.options(*WHOLE).order_by(tables.round_.c.month.desc()).limit(1))


def given_out(session: Session) -> Round | None:
    """The latest round whose audits are out. While it runs, the next may be planned already."""
    chosen = select(Round).where(tables.round_.c.state == RoundState.DISTRIBUTED)
    return session.scalar(chosen.options(*WHOLE).order_by(tables.round_.c.month.desc()).limit(1))


def run_here(session: Session) -> Sequence[Round]:
    """Every round that was opened here, earliest first."""
    wanted = select(Round).where(tables.round_.c.imported.is_(False)).options(one(Round, "group"))
    return session.scalars(wanted.order_by(tables.round_.c.month)).all()


def all_months(session: Session) -> Sequence[Round]:
    """Every round, latest first."""
    return session.scalars(select(Round).options(*WHOLE).order_by(tables.round_.c.month.desc())).all()


def is_given_out(session: Session, month: str) -> bool:
    """Whether a month's audits are with their auditors, so that nobody's turn in it moves any more."""
    state = session.scalar(select(tables.round_.c.state).where(tables.round_.c.month == month))
    return state is not None and state not in NOT_GIVEN_OUT


def account_of(session: Session, of: Round) -> Account:
    """The account of a round, counted by the database."""
    state, reason = tables.allocation.c.state, tables.allocation.c.reason
    counted = select(state, reason, func.count()).where(allocations.of_the_month(of)).group_by(state, reason)
    return account({(row[0], row[1]): row[2] for row in session.execute(counted)})


def standing_of(session: Session, of: Round) -> Standing:
    """How a month stands in numbers. In a past month nothing waits for an auditor."""
    frame, drawn = cases.frame_counts(session, of.month)
    return Standing(
        target=of.target or 0,
        frame=frame,
        drawn=drawn,
        unallocated=0 if of.imported else len(cases.waiting_for_an_auditor(session, of.month)),
        planned=len(allocations.in_state(session, of, AllocationState.PLANNED)),
        account=account_of(session, of),
    )
