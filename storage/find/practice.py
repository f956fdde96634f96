"""Finding who scores a practice case, and how."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from programme.allocations import Allocation
from programme.returns import Return
from programme.words import RETURNED, AllocationState, AuditType
from storage import tables
from storage.find import submissions

AUDIT = tables.allocation.c


def scored(session: Session, like: Allocation) -> Sequence[Return]:
    """The return that counts of everybody who has scored the same record in the same month."""
    wanted = select(Allocation).where(_of(like), AUDIT.state.in_(RETURNED)).order_by(AUDIT.ref)
    return [made for each in session.scalars(wanted) if (made := submissions.return_of(session, each))]


def given(session: Session, like: Allocation) -> int:
    """To how many it was given and not taken back."""
    wanted = select(func.count(AUDIT.id)).where(_of(like), AUDIT.state != AllocationState.WITHDRAWN)
    return session.scalar(wanted) or 0


def _of(like: Allocation) -> ColumnElement[bool]:
    same = (AUDIT.round_id == like.round.id) & (AUDIT.audit_case_id == like.case.id)
    return same & (AUDIT.kind == AuditType.PRACTICE)
