"""Finding what arrived, and the returns it made."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from programme.allocations import Allocation
from programme.collection import Delivery
from programme.people import Person
from programme.refusals import NotFound
from programme.returns import Return
from programme.submissions import Submission
from programme.words import SubmissionState
from storage import tables
from storage.find.allocations import WITH_TOOL
from storage.find.load import locked, many, one

had = tables.submission.c
WHOLE = (one(Submission, "allocation", *WITH_TOOL), one(Submission, "decided_by"))


def _submissions() -> Select[Submission]:
    return select(Submission).options(*WHOLE).order_by(had.id)


def by_ref(session: Session, ref: str, *, to_change: bool = False) -> Submission:
    """One submission, held against others when it is to be settled."""
    wanted = _submissions().where(had.ref == ref)
    found = session.scalar(locked(session, wanted, tables.submission) if to_change else wanted)
    if found is None:
        msg = "We cannot find what arrived under that reference."
        raise NotFound(msg)
    return found


def same(session: Session, source: str, response_id: str, digest: str) -> Submission | None:
    """The very same thing, had before: same source, same id, same content."""
    return session.scalar(
        _submissions().where((had.source == source) & (had.response_id == response_id) & (had.digest == digest))
    )


def sent(session: Session, source: str, submitted_at: datetime, respondent: str) -> Sequence[Submission]:
    """What one person sent at one moment, by whatever way it came: usually one, and its later versions."""
    alike = (had.source == source) & (had.submitted_at == submitted_at) & (had.respondent == respondent)
    return session.scalars(_submissions().where(alike)).all()


def with_id(session: Session, source: str, response_id: str) -> Sequence[Submission]:
    """Everything that came under one id, whatever its content, oldest first."""
    return session.scalars(_submissions().where((had.source == source) & (had.response_id == response_id))).all()


def known_digests(session: Session, source: str, digests: Sequence[str]) -> frozenset[str]:
    """Which of these contents were had before."""
    return frozenset(session.scalars(select(had.digest).where(had.source == source, had.digest.in_(digests))))


def sent_since(session: Session, source: str, first: datetime) -> Sequence[tuple[datetime, str]]:
    """When and by whom each was sent that was sent from then on."""
    wanted = select(had.submitted_at, had.respondent).where(had.source == source, had.submitted_at >= first).distinct()
    return [(row[0], row[1]) for row in session.execute(wanted)]


def kept(session: Session) -> Sequence[str]:
    """What arrived and was not looked at yet, oldest first, by reference."""
    return session.scalars(select(had.ref).where(had.state == SubmissionState.KEPT).order_by(had.id)).all()


def held(session: Session) -> Sequence[Submission]:
    """What waits for a person, oldest first."""
    return session.scalars(_submissions().where(had.state == SubmissionState.HELD)).all()


def to_mend_by(session: Session, person: Person) -> Sequence[Submission]:
    """What is held of somebody's own: what they sent, or what is said to be for an audit of theirs, oldest first."""
    theirs = select(tables.allocation.c.id).where(tables.allocation.c.holder_id == person.id)
    near = or_(had.respondent == person.email, had.allocation_id.in_(theirs))
    found = session.scalars(_submissions().where(had.state == SubmissionState.HELD, near))
    return [each for each in found if each.is_from(person) and person.can_see_held(each)]


def count_held(session: Session) -> int:
    wanted = select(func.count()).select_from(tables.submission).where(had.state == SubmissionState.HELD)
    return session.scalar(wanted) or 0


def settled(session: Session, at_most: int) -> Sequence[Submission]:
    """What somebody decided on lately, the latest first."""
    decided = select(Submission).options(*WHOLE).where(had.decided_at.is_not(None), had.state != SubmissionState.HELD)
    return session.scalars(decided.order_by(had.decided_at.desc()).limit(at_most)).all()


def of_allocation(session: Session, allocation: Allocation) -> Sequence[Submission]:
    """Everything that arrived for an audit, oldest first."""
    return session.scalars(_submissions().where(had.allocation_id == allocation.id)).all()


def held_of(session: Session, allocation: Allocation, sender: Person) -> bool:
    """Whether something that this person sent for an audit is held."""
    theirs = (had.allocation_id == allocation.id) & (had.respondent == sender.email)
    return session.scalar(select(had.id).where(theirs, had.state == SubmissionState.HELD).limit(1)) is not None


def held_audits() -> Select[int]:
    """The audits, by number, of which something that their holder sent is held."""
    audit, holder = tables.allocation.c, tables.person.c
    theirs = (audit.holder_id == holder.id) & (had.respondent == holder.email)
    held = select(audit.id).join(tables.submission, had.allocation_id == audit.id).join(tables.person, theirs)
    return held.where(had.state == SubmissionState.HELD)


def without_held(session: Session, audits: Sequence[Allocation]) -> list[Allocation]:
    """Those of these audits that nothing has come for."""
    held = set(session.scalars(held_audits()))
    return [each for each in audits if each.id not in held]


def last_arrival(session: Session) -> datetime | None:
    """When anything last arrived."""
    return session.scalar(select(had.received_at).order_by(had.received_at.desc()).limit(1))


def delivery(session: Session, webhook_id: str) -> Delivery | None:
    wanted = select(Delivery).where(tables.delivery.c.webhook_id == webhook_id)
    return session.scalar(wanted.options(one(Delivery, "submission", *WHOLE)))


def return_of(session: Session, allocation: Allocation) -> Return | None:
    """The newest return of an allocation, whole."""
    return session.scalar(_returns(allocation).order_by(tables.audit_return.c.version.desc()).limit(1))


def version_of(session: Session, allocation: Allocation, version: int) -> Return | None:
    """One version of its return, whole."""
    return session.scalar(_returns(allocation).where(tables.audit_return.c.version == version))


def _returns(allocation: Allocation) -> Select[Return]:
    whole = (many(Return, "judgements"), many(Return, "voices"), many(Return, "outcomes"), one(Return, "submission"))
    return select(Return).where(tables.audit_return.c.allocation_id == allocation.id).options(*whole)
