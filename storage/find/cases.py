"""Finding children's records and a month's frame of them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from programme.cases import Case, FrameEntry
from programme.words import AuditType
from storage import tables
from storage.find.load import one

WITH_PEOPLE = (one(Case, "team"), one(Case, "social_worker"), one(Case, "team_manager"))


def by_refs(session: Session, refs: Sequence[str]) -> dict[str, Case]:
    found = session.scalars(select(Case).where(tables.audit_case.c.ref.in_(refs)).options(*WITH_PEOPLE))
    return {case.ref: case for case in found.unique()}


def looking_like(session: Session, written: str) -> Sequence[str]:
    """References that differ from what was written only by capitals, spaces, or zeros at the front."""
    plain, ref = written.replace(" ", "").upper().lstrip("0"), tables.audit_case.c.ref
    wanted = select(ref).where(func.ltrim(func.upper(ref), "0") == plain).order_by(ref)
    return session.scalars(wanted).all() if plain else []


def frame(session: Session, month: str) -> Sequence[FrameEntry]:
    """The whole frame of a month, in the order of the references."""
    return session.scalars(
        select(FrameEntry)
        .join(tables.audit_case)
        .where(tables.frame_entry.c.month == month)
        .options(one(FrameEntry, "case", *WITH_PEOPLE))
        .order_by(tables.audit_case.c.ref)
    ).all()


def frame_counts(session: Session, month: str) -> tuple[int, int]:
    """How many records the month's frame holds, and how many of them were drawn."""
    counted = select(func.count(), func.count(tables.frame_entry.c.drawn_as)).where(tables.frame_entry.c.month == month)
    row = session.execute(counted).one()
    return row[0], row[1]


def waiting_for_an_auditor(session: Session, month: str) -> list[Case]:
    """Drawn, and with nobody: in the order of the draw."""
    live = (
        select(tables.allocation.c.audit_case_id)
        .join(tables.round_)
        .where(
            tables.round_.c.month == month,
            tables.allocation.c.kind == AuditType.MONTHLY,
            tables.allocation.c.state.notin_(["withdrawn", "swapped_out"]),
        )
    )
    return list(
        session.scalars(
            select(Case)
            .join(tables.frame_entry)
            .where(
                tables.frame_entry.c.month == month,
                tables.frame_entry.c.drawn_as.is_not(None),
                tables.audit_case.c.id.notin_(live),
            )
            .options(*WITH_PEOPLE)
            .order_by(tables.frame_entry.c.drawn_as)
        ).all()
    )
