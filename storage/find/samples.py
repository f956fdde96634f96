"""Finding a month's draw, what was said before an audit, and what partner services did."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from programme.beforehand import Beforehand
from programme.cases import Case, FrameEntry
from programme.partners import PartnerTotal
from programme.people import Person
from programme.sampling import Sample
from programme.words import RETURNED, RoundState
from storage import tables
from storage.find.cases import IN_THE_SAMPLE
from storage.find.load import one

WHOLE = (one(Beforehand, "person"), one(Beforehand, "entry", one(FrameEntry, "case")))


def of_month(session: Session, month: str) -> Sample | None:
    wanted = select(Sample).where(tables.sample.c.month == month)
    return session.scalar(wanted.options(one(Sample, "drawn_by")))


def said_by(session: Session, entry: FrameEntry, person: Person) -> Beforehand | None:
    """What one person said before the audit of a record, if anything."""
    said = tables.beforehand.c
    return session.scalar(
        select(Beforehand).where(said.frame_entry_id == entry.id, said.person_id == person.id).options(*WHOLE)
    )


def said_of(session: Session, month: str, case: Case) -> Sequence[Beforehand]:
    """What those who work with a child said before a month's audit, in the order in which they did."""
    entry = tables.frame_entry.c
    wanted = select(Beforehand).join(tables.frame_entry).where(entry.month == month, entry.audit_case_id == case.id)
    return session.scalars(wanted.options(*WHOLE).order_by(tables.beforehand.c.said_at)).all()


def partners(session: Session, month: str) -> Sequence[PartnerTotal]:
    """The audits of partner services in a month, by name."""
    wanted = select(PartnerTotal).where(tables.partner_total.c.month == month)
    return session.scalars(wanted.order_by(tables.partner_total.c.service)).all()


def waiting_to_speak(session: Session, person: Person) -> Sequence[FrameEntry]:
    """Records that were chosen in a month under way and are not back, whose social worker or Team Manager has not
    spoken yet.
    """
    entry, case, said = tables.frame_entry.c, tables.audit_case.c, tables.beforehand.c
    audit = tables.allocation.c
    back = select(audit.id).where(
        audit.round_id == tables.round_.c.id, audit.audit_case_id == case.id, audit.state.in_(RETURNED)
    )
    spoken = select(said.frame_entry_id).where(said.person_id == person.id)
    wanted = select(FrameEntry).join(tables.audit_case).join(tables.round_, tables.round_.c.month == entry.month)
    wanted = wanted.where(
        or_(case.social_worker_id == person.id, case.team_manager_id == person.id),
        IN_THE_SAMPLE,
        entry.id.not_in(spoken),
        ~back.exists(),
        tables.round_.c.state.in_([RoundState.OPEN, RoundState.DISTRIBUTED]),
    )
    return session.scalars(wanted.options(one(FrameEntry, "case")).order_by(entry.id)).all()
