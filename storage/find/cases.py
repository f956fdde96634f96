"""Finding children's records and a month's frame of them."""

from collections.abc import Sequence

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from programme.cases import Case, FrameEntry
from programme.refusals import NotFound
from programme.words import RETURNED, AllocationState, AuditType
from storage import tables
from storage.find.load import many, one

WITH_PEOPLE = (one(Case, "team"), one(Case, "social_worker"), one(Case, "team_manager"))
IN_THE_SAMPLE = tables.frame_entry.c.drawn_as.is_not(None) & (tables.frame_entry.c.left_out == "")
"""A place in the sample is kept by who took it first; one that a reserve has taken over says so in `left_out`."""

WHOLE = (
    one(FrameEntry, "case", *WITH_PEOPLE),
    # Few records are released; a further select is made only where one is.
    many(FrameEntry, "released_to"),
    many(FrameEntry, "released_by"),
)


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
        .options(*WHOLE)
        .order_by(tables.audit_case.c.ref)
    ).all()


def in_frame(session: Session, month: str, case_ref: str) -> FrameEntry:
    """One record of a month's frame."""
    wanted = select(FrameEntry).join(tables.audit_case).where(tables.frame_entry.c.month == month)
    found = session.scalar(wanted.where(tables.audit_case.c.ref == case_ref.strip()).options(*WHOLE))
    if found is None:
        msg = f"{case_ref.strip()[:40] or 'It'} is not among the children's records of {month}."
        raise NotFound(msg, field="case")
    return found


def by_reference(session: Session, reference: str) -> FrameEntry | None:
    """One record of a frame by how messages name it: REC-12."""
    number = reference.removeprefix("REC-")
    is_one = number.isascii() and number.isdecimal() and len(number) < 10  # noqa: PLR2004 - no key is longer
    wanted = select(FrameEntry).where(tables.frame_entry.c.id == (int(number) if is_one else 0))
    return session.scalar(wanted.options(*WHOLE))


def entries_of(session: Session, month: str, cases: Sequence[Case]) -> Sequence[FrameEntry]:
    """The entries of these records in a month's frame."""
    wanted = select(FrameEntry).where(tables.frame_entry.c.month == month)
    of = tables.frame_entry.c.audit_case_id.in_([each.id for each in cases])
    return session.scalars(wanted.where(of).options(*WHOLE)).all()


def last_audited(session: Session, before: str) -> dict[str, str]:
    """Case reference → the last earlier month in which it was audited, or given out and is still out."""
    state = tables.allocation.c.state
    wanted = (
        select(tables.audit_case.c.ref, func.max(tables.round_.c.month))
        .join(tables.allocation, tables.allocation.c.audit_case_id == tables.audit_case.c.id)
        .join(tables.round_)
        .where(tables.round_.c.month < before, state.in_([*RETURNED, AllocationState.OUT]))
        .where(tables.allocation.c.kind != AuditType.PRACTICE)
        .group_by(tables.audit_case.c.ref)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


def frame_counts(session: Session, month: str) -> tuple[int, int]:
    """How many records the month's frame holds, and how many of them were drawn."""
    drawn = func.count(case((IN_THE_SAMPLE, 1)))
    row = session.execute(select(func.count(), drawn).where(tables.frame_entry.c.month == month)).one()
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
                IN_THE_SAMPLE,
                tables.audit_case.c.id.notin_(live),
            )
            .options(*WITH_PEOPLE)
            .order_by(tables.frame_entry.c.drawn_as)
        ).all()
    )
