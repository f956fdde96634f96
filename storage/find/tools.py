"""Finding audit tools, always with their questions and their scale."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from programme.refusals import NotFound
from programme.tool import AuditTool, FormItem
from storage import tables
from storage.find.load import locked, many

WHOLE = (many(AuditTool, "questions"), many(AuditTool, "scale"))
WITH_FORM = (*WHOLE, many(AuditTool, "form_items"))
"""With the questions of its Google Form, where what came by it is read or a link is made."""


def newest(session: Session, *, to_change: bool = False) -> AuditTool | None:
    """The tool with the latest date: the one a new round takes; held when it is to stay until that round is there."""
    ordered = (tables.audit_tool.c.dated.desc(), tables.audit_tool.c.id.desc())
    wanted = select(AuditTool).options(*WHOLE).order_by(*ordered).limit(1)
    return session.scalar(locked(session, wanted, tables.audit_tool) if to_change else wanted)


def by_version(session: Session, version: str, *, to_change: bool = False) -> AuditTool | None:
    wanted = select(AuditTool).where(tables.audit_tool.c.version == version).options(*WITH_FORM)
    return session.scalar(locked(session, wanted, tables.audit_tool) if to_change else wanted)


def must_be(session: Session, version: str, *, to_change: bool = False) -> AuditTool:
    """The version of this name, locked against others when it is to be taken away."""
    found = by_version(session, version, to_change=to_change)
    if found is None:
        raise NotFound("There is no version of that name.")
    return found


def every(session: Session) -> Sequence[AuditTool]:
    """All versions, the latest date first."""
    ordered = (tables.audit_tool.c.dated.desc(), tables.audit_tool.c.id.desc())
    return session.scalars(select(AuditTool).options(*WITH_FORM).order_by(*ordered)).all()


def form_items(session: Session, tool: AuditTool) -> Sequence[FormItem]:
    """The questions of the Google Form made for a version; none where there is no such form."""
    made_for = tables.form_item.c.audit_tool_id == tool.id
    return session.scalars(select(FormItem).where(made_for)).all() if tool.form_url else []


def months_by_version(session: Session) -> dict[str, list[str]]:
    """For each version that a round uses, the months of those rounds, earliest first."""
    used = (
        select(tables.audit_tool.c.version, tables.round_.c.month).join(tables.round_).order_by(tables.round_.c.month)
    )
    months: dict[str, list[str]] = {}
    for version, month in session.execute(used):
        months.setdefault(version, []).append(month)
    return months


def keys(session: Session) -> frozenset[str]:
    """Every key that a question of any version has."""
    return frozenset(session.scalars(select(tables.question.c.key).distinct()))
