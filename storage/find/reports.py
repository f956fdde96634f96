"""Finding a month's report and what stands in its appendix."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from programme.report import Report
from programme.returns import Return
from programme.rounds import Round
from programme.words import ReportState
from storage import tables
from storage.find.allocations import READ_WITH, of_the_month
from storage.find.load import locked, one
from storage.find.rounds import WHOLE


def of_round(session: Session, of: Round, *, to_change: bool = False) -> Report | None:
    """The report of a month, if it was drafted; held against others when it is to be changed."""
    wanted = select(Report).where(tables.report.c.round_id == of.id)
    wanted = wanted.options(one(Report, "round", *WHOLE), one(Report, "signed_off_by"), one(Report, "issued_by"))
    return session.scalar(locked(session, wanted, tables.report) if to_change else wanted)


def not_issued(session: Session) -> Sequence[Report]:
    """Every report that was drafted and is not issued, the earliest month first."""
    wanted = select(Report).join(tables.round_).where(tables.report.c.state != ReportState.ISSUED)
    wanted = wanted.options(one(Report, "round", *WHOLE), one(Report, "signed_off_by"))
    return session.scalars(wanted.order_by(tables.round_.c.month)).all()


def issued_since(session: Session, since: datetime) -> Sequence[Report]:
    """Every report that was issued after this moment, the earliest month first."""
    wanted = select(Report).join(tables.round_).where(tables.report.c.issued_at > since)
    return session.scalars(wanted.options(one(Report, "round")).order_by(tables.round_.c.month)).all()


def returns(session: Session, of: Round) -> Sequence[Return]:
    """Every return of a month with its audit, in the order of the references."""
    wanted = select(Return).join(tables.allocation).where(of_the_month(of))
    wanted = wanted.options(one(Return, "allocation", *READ_WITH))
    return session.scalars(wanted.order_by(tables.allocation.c.ref, tables.audit_return.c.version)).all()
