"""Finding audit tools, always with their questions, their scale and their Google Form."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from programme.tool import AuditTool
from storage import tables
from storage.find.load import many

WHOLE = (many(AuditTool, "questions"), many(AuditTool, "scale"), many(AuditTool, "form_items"))


def newest(session: Session) -> AuditTool | None:
    """The tool with the latest date: the one a new round takes."""
    ordered = (tables.audit_tool.c.dated.desc(), tables.audit_tool.c.id.desc())
    return session.scalar(select(AuditTool).options(*WHOLE).order_by(*ordered).limit(1))


def by_version(session: Session, version: str) -> AuditTool | None:
    return session.scalar(select(AuditTool).where(tables.audit_tool.c.version == version).options(*WHOLE))


def every(session: Session) -> Sequence[AuditTool]:
    """All versions, the latest date first."""
    ordered = (tables.audit_tool.c.dated.desc(), tables.audit_tool.c.id.desc())
    return session.scalars(select(AuditTool).options(*WHOLE).order_by(*ordered)).all()
