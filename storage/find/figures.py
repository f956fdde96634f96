"""Counting one month for its report: the database counts, nothing is loaded to be looped over."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from programme.actions import STILL_TO_DO
from programme.calendar import london
from programme.counted import ActionsCounted, Counted
from programme.rounds import Round
from programme.words import RETURNED, ActionState, AllocationState
from storage import tables
from storage.find import rounds
from storage.find.allocations import of_the_month

allocation, returned = tables.allocation.c, tables.audit_return.c


def counted(session: Session, of: Round, *, now: datetime) -> Counted:
    """Everything a report prints of one month, as numbers."""
    return Counted(
        month=of.month,
        theme=of.theme,
        imported=of.imported,
        returned_only=of.returned_only,
        account=rounds.account_of(session, of),
        odd=tuple(_odd(session, of)),
        graded=_tuples(session, _returns(of, allocation.state, returned.overall, returned.agreed)),
        judged=_judged(session, of),
        areas=areas_of(of),
        outcomes=_values(session, _headline(_outcomes(of))),
        safety=_values(session, _in_time(_returns(of, returned.safety))),
        child_unsafe=_values(session, _in_time(_returns(of, returned.child_unsafe))),
        voices=_tuples(session, _in_time(_voices(of))),
        with_practitioner=_values(session, _in_time(_returns(of, returned.with_practitioner))),
        actions=_actions(session, of, now),
        swaps=_values(session, _swaps(of)),
    )


def areas_of(of: Round) -> Mapping[str, Sequence[str]]:
    """Area → its questions: as a past month's file says, or as the month's tool has them."""
    if of.areas is not None:
        return of.areas
    areas: dict[str, list[str]] = defaultdict(list)
    for question in of.tool.questions if of.tool else []:
        areas[question.area].append(question.key)
    return areas


def _returns(of: Round, *by: Any) -> Select[Any]:  # noqa: ANN401 - columns of any kind
    """How many of a round's returns there are by these columns; only the newest version of each counts."""
    newest = (
        select(func.max(returned.version).label("version"), returned.allocation_id)
        .group_by(returned.allocation_id)
        .subquery()
    )
    is_newest = and_(newest.c.allocation_id == returned.allocation_id, newest.c.version == returned.version)
    return (
        select(*by, func.count())
        .select_from(tables.audit_return)
        .join(newest, is_newest)
        .join(tables.allocation)
        .where(of_the_month(of), allocation.state.in_(RETURNED))
        .group_by(*by)
    )


def _in_time(wanted: Select[Any]) -> Select[Any]:
    return wanted.where(allocation.state == AllocationState.RETURNED_IN_TIME)


def _headline(wanted: Select[Any]) -> Select[Any]:
    """What the month's figures are made of: in time, and moderated."""
    return _in_time(wanted).where(returned.agreed.is_not(None))


def _judged(session: Session, of: Round) -> dict[str, dict[Any, int]]:
    """Question → the judgement that stands: the agreed one, or the auditor's where none was agreed."""
    said = tables.judgement.c
    stands = func.coalesce(said.agreed, said.grade, type_=said.grade.type)
    wanted = _headline(_returns(of, said.question_key, stands)).join(tables.judgement)
    judged: dict[str, dict[Any, int]] = defaultdict(dict)
    for key, grade, n in session.execute(wanted):
        judged[key][grade] = n
    return dict(judged)


def _outcomes(of: Round) -> Select[Any]:
    return _returns(of, tables.outcome_seen.c.tag).join(tables.outcome_seen)


def _voices(of: Round) -> Select[Any]:
    said = tables.voice_heard.c
    return _returns(of, said.voice, said.asked, said.why_not).join(tables.voice_heard)


def _odd(session: Session, of: Round) -> Sequence[str]:
    odd = select(allocation.ref).where(of_the_month(of), allocation.state == AllocationState.UNACCOUNTED)
    return session.scalars(odd.order_by(allocation.ref)).all()


def _swaps(of: Round) -> Select[Any]:
    state = tables.swap.c.state
    of_swap = tables.swap.c.allocation_id == tables.allocation.c.id
    counted = select(state, func.count()).join(tables.allocation, of_swap).where(of_the_month(of))
    return counted.group_by(state)


def _actions(session: Session, of: Round, now: datetime) -> ActionsCounted:
    action = tables.action.c
    stands = (action.state != ActionState.WITHDRAWN) | action.sent_at.is_not(None)
    first_due = func.coalesce(action.first_due_at, action.due_at).label("first_due_at")
    parts = (action.state, action.named_on, action.due_at, first_due, action.sent_at, action.confirmed_at)
    rows = session.execute(select(*parts).join(tables.allocation).where(of_the_month(of), stands)).all()
    done = [row for row in rows if row.confirmed_at]
    return ActionsCounted(
        set=len(rows),
        dated=sum(row.named_on is not None for row in rows),
        confirmed=len(done),
        by_first_date=sum(row.confirmed_at <= row.first_due_at for row in done),
        overdue=sum(row.state in STILL_TO_DO and row.due_at < now for row in rows),
        days=tuple((london(row.confirmed_at).date() - london(row.sent_at).date()).days for row in done),
    )


def _values(session: Session, wanted: Select[Any]) -> dict[Any, int]:
    return {row[0]: row[1] for row in session.execute(wanted)}


def _tuples(session: Session, wanted: Select[Any]) -> dict[Any, int]:
    return {tuple(row[:-1]): row[-1] for row in session.execute(wanted)}
