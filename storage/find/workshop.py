"""Finding what a month's moderations have in common: counted by the database, without who audited."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func, select
from sqlalchemy.orm import Session

from programme.judging import OVERALL
from programme.rounds import Round
from programme.workshop import Found
from storage import tables
from storage.find.moderations import MODERATED

READ, CHANGED, MARK = tables.moderation.c, tables.changed_judgement.c, tables.mark.c


def found(session: Session, of: Round) -> Found:
    many = func.count(distinct(READ.id))
    return Found(
        moderated=session.scalar(_of(of, select(many).select_from(tables.moderation))) or 0,
        why=_counts(session, of, CHANGED.why, many),
        questions=_counts(session, of, CHANGED.name, many, CHANGED.name != OVERALL),
        not_met=_counts(session, of, MARK.mark, many, MARK.met.is_(False)),
    )


def _counts(
    session: Session, of: Round, by: ColumnElement[Any], many: ColumnElement[int], *conditions: ColumnElement[bool]
) -> Mapping[Any, int]:
    """In how many audits, for each value of a column that hangs on their moderations."""
    wanted = select(by, many).select_from(tables.moderation).join(by.table, by.table.c.moderation_id == READ.id)
    return {row[0]: row[1] for row in session.execute(_of(of, wanted).where(*conditions).group_by(by))}


def _of(of: Round, wanted: Select[Any]) -> Select[Any]:
    audit = tables.allocation.c
    joined = wanted.join(tables.allocation, READ.allocation_id == audit.id)
    return joined.where(audit.round_id == of.id, audit.kind.in_(MODERATED), READ.agreed_at.is_not(None))
