"""Finding moderations: who reads what, and why a judgement was changed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from programme import disagreeing, knowledge
from programme.allocations import Allocation
from programme.moderation import Moderation, Reading
from programme.people import Person
from programme.refusals import NotFound
from programme.rounds import Round
from programme.settling import ActionWas
from programme.tracking import Judgement
from programme.words import RETURNED, ActionState, AllocationState, AuditType, Role
from storage import tables
from storage.find.allocations import WITH_TOOL
from storage.find.load import locked, many, one
from storage.find.people import with_role
from storage.find.ties import WITH_TIES

MODERATED = (AuditType.MONTHLY, AuditType.RE_AUDIT)
"""A practice case is compared by all who scored it, and a dip sample stands as it is."""

UNSETTLED = (ActionState.WAITING, ActionState.SENT, ActionState.ACKNOWLEDGED)

WHOLE = (
    one(Moderation, "allocation", *WITH_TOOL),
    many(Moderation, "readings", many(Reading, "judgements"), many(Reading, "before")),
    many(Moderation, "changed"),
    many(Moderation, "marks"),
    many(Moderation, "sent_back"),
    one(Moderation, "disputed_by"),
    one(Moderation, "agreed_by"),
)


def of_audit(session: Session, ref: str, *, to_change: bool = False) -> Moderation | None:
    """The moderation of an audit, if a pair was named; held against others when it is to be changed."""
    wanted = select(Moderation).join(tables.allocation).where(tables.allocation.c.ref == ref).options(*WHOLE)
    return session.scalar(locked(session, wanted, tables.moderation) if to_change else wanted)


def must_be(session: Session, ref: str, *, to_change: bool = False) -> Moderation:
    found = of_audit(session, ref, to_change=to_change)
    if found is None:
        msg = "This audit is not being moderated."
        raise NotFound(msg)
    return found


def of_round(session: Session, of: Round) -> dict[str, Moderation]:
    """Every moderation of a month, by its audit."""
    wanted = select(Moderation).join(tables.allocation).where(tables.allocation.c.round_id == of.id).options(*WHOLE)
    return {each.allocation.ref: each for each in session.scalars(wanted)}


def of_moderator(session: Session, of: Round, moderator: Person) -> Sequence[Moderation]:
    """Everything of a month that somebody moderates, agreed or not."""
    theirs = select(tables.reading.c.moderation_id).where(tables.reading.c.moderator_id == moderator.id)
    wanted = select(Moderation).join(tables.allocation).where(tables.allocation.c.round_id == of.id)
    wanted = wanted.where(tables.moderation.c.id.in_(theirs)).options(*WHOLE)
    return session.scalars(wanted.order_by(tables.allocation.c.ref)).all()


def waiting_for(session: Session, moderator: Person) -> Sequence[Moderation]:
    """What somebody is asked to moderate and the pair has not agreed yet, in the order of the references."""
    reading = tables.reading.c
    wanted = select(Moderation).join(tables.reading).join(tables.allocation)
    wanted = wanted.where(reading.moderator_id == moderator.id, tables.moderation.c.agreed_at.is_(None))
    return session.scalars(wanted.options(*WHOLE).order_by(tables.allocation.c.ref)).all()


def back_with(session: Session, auditor: Person) -> Sequence[Moderation]:
    """What was sent back to somebody and they have not sent again, the soonest awaited first."""
    back, audit = tables.sent_back.c, tables.allocation.c
    wanted = select(Moderation).join(tables.sent_back).join(tables.allocation)
    wanted = wanted.where(
        audit.holder_id == auditor.id, back.came_at.is_(None), tables.moderation.c.agreed_at.is_(None)
    )
    return session.scalars(wanted.options(*WHOLE).order_by(back.until, audit.ref)).all()


def disputed(session: Session) -> Sequence[Moderation]:
    """Where a pair does not agree and nobody has decided, the longest waiting first."""
    m = tables.moderation.c
    wanted = select(Moderation).where(m.disputed_at.is_not(None), m.agreed_at.is_(None)).options(*WHOLE)
    return session.scalars(wanted.order_by(m.disputed_at, m.id)).all()


def deciders(session: Session, moderation: Moderation, *, on: date) -> list[Person]:
    """Who decides where this pair does not agree."""
    heads, directors = (with_role(session, role, on=on) for role in (Role.HEAD_OF_QUALITY, Role.DIRECTOR))
    return disagreeing.who_decides(moderation, heads, directors)


def actions_before(session: Session, audit: Allocation) -> dict[str, list[ActionWas]]:
    """Action → how it was before moderation changed it, for those of an audit that it changed."""
    wanted = select(ActionWas).join(tables.action).where(tables.action.c.allocation_id == audit.id)
    found: dict[str, list[ActionWas]] = defaultdict(list)
    for each in session.scalars(wanted.options(one(ActionWas, "action")).order_by(tables.action_was.c.id)):
        found[each.action.ref].append(each)
    return found


def without_a_pair(session: Session, of: Round) -> Sequence[Allocation]:
    """What came back in a month and nobody moderates yet, those in time first."""
    audit = tables.allocation.c
    given = select(tables.moderation.c.allocation_id)
    wanted = select(Allocation).where(audit.round_id == of.id, audit.kind.in_(MODERATED))
    wanted = wanted.where(audit.state.in_(RETURNED), audit.id.not_in(given))
    return session.scalars(wanted.options(*WITH_TOOL).order_by(audit.state, audit.ref)).all()


def late_without_a_pair(session: Session, of: Round) -> int:
    return sum(each.state is AllocationState.RETURNED_LATE for each in without_a_pair(session, of))


def moderators(session: Session) -> Sequence[Person]:
    """Everybody who moderates, by name, with what ties them."""
    wanted = select(Person).where(tables.person.c.moderates.is_(True)).options(*WITH_TIES)
    return session.scalars(wanted.order_by(tables.person.c.name)).all()


def load(session: Session, of: Round) -> dict[Person, int]:
    """How many audits of a month each moderator has been given."""
    counted = (
        select(Person, func.count(tables.reading.c.id))
        .join(tables.reading, tables.reading.c.moderator_id == tables.person.c.id)
        .join(tables.moderation, tables.reading.c.moderation_id == tables.moderation.c.id)
        .join(tables.allocation, tables.moderation.c.allocation_id == tables.allocation.c.id)
        .where(tables.allocation.c.round_id == of.id)
        .group_by(tables.person.c.id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def unread_by(session: Session, of: Round, moderator: Person) -> Sequence[Moderation]:
    """What somebody has of a month and has not read."""
    waiting = [each for each in waiting_for(session, moderator) if each.allocation.round is of]
    return [each for each in waiting if each.reading_of(moderator).read_at is None]


def who_reads(session: Session, of: Round) -> Sequence[Person]:
    """Everybody who has an audit of a month to moderate that is not agreed yet, by name."""
    theirs = (
        select(tables.reading.c.moderator_id)
        .join(tables.moderation, tables.reading.c.moderation_id == tables.moderation.c.id)
        .join(tables.allocation, tables.moderation.c.allocation_id == tables.allocation.c.id)
        .where(tables.allocation.c.round_id == of.id, tables.moderation.c.agreed_at.is_(None))
    )
    wanted = select(Person).where(tables.person.c.id.in_(theirs)).order_by(tables.person.c.name)
    return session.scalars(wanted.options(many(Person, "absences"))).all()


def nothing_but_readers(session: Session, of: Round) -> bool:
    """Whether all that came back has a pair already, and some of it is not agreed."""
    return bool(who_reads(session, of)) and not without_a_pair(session, of)


def judged(session: Session, of: Round) -> dict[str, Judgement]:
    """Audit → the auditor's overall judgement, and the agreed one, of the newest version of each that came back."""
    returned, audit = tables.audit_return.c, tables.allocation.c
    wanted = select(audit.ref, returned.overall, returned.agreed).join(tables.allocation)
    wanted = wanted.where(audit.round_id == of.id, audit.state.in_(RETURNED)).order_by(returned.version)
    return {row[0]: Judgement(row[1], row[2]) for row in session.execute(wanted)}


def undated(session: Session, of: Round) -> int:
    """How many actions of audits that are still to be agreed were set without a day, and are not withdrawn or done."""
    action, still = tables.action.c, tables.moderation.c.agreed_at.is_(None)
    wanted = select(func.count(action.id)).join(tables.allocation, action.allocation_id == tables.allocation.c.id)
    wanted = wanted.join(tables.moderation, tables.moderation.c.allocation_id == tables.allocation.c.id)
    wanted = wanted.where(tables.allocation.c.round_id == of.id, still, action.named_on.is_(None))
    return session.scalar(wanted.where(action.state.in_(UNSETTLED))) or 0


def knowledge_gaps(session: Session, of: Round) -> dict[str, list[str]]:
    """What none of a pair knows about → the audits whose records ask for it, of all that are given to pairs."""
    found = of_round(session, of)
    areas = {area for who in moderators(session) for area in who.knowledge}
    gaps: dict[str, list[str]] = defaultdict(list)
    for ref, each in sorted(found.items()):
        people = [reading.moderator for reading in each.readings]
        for named in knowledge.lacking(each.allocation.case, people, areas):
            gaps[named].append(ref)
    return dict(sorted(gaps.items()))


def reasons_of(session: Session, of: Round) -> dict[str, str]:
    """Audit → why its judgement was changed, for those of a month where it was."""
    wanted = select(tables.allocation.c.ref, tables.moderation.c.reason).join(tables.allocation)
    changed = wanted.where(tables.allocation.c.round_id == of.id, tables.moderation.c.reason != "")
    return {row[0]: row[1] for row in session.execute(changed)}
