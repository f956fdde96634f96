"""Finding moderations: who reads what, and why a judgement was changed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from programme.rounds import Round
from storage import tables


def reasons_of(session: Session, of: Round) -> dict[str, str]:
    """Audit → why its judgement was changed, for those of a month where it was."""
    wanted = select(tables.allocation.c.ref, tables.moderation.c.reason).join(tables.allocation)
    changed = wanted.where(tables.allocation.c.round_id == of.id, tables.moderation.c.reason != "")
    return {row[0]: row[1] for row in session.execute(changed)}
