"""Finding what may have to be chased: references by one statement, then what belongs to them in small batches."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from programme.actions import Action
from programme.allocations import Allocation
from programme.calendar import at_london, end_of
from programme.chasing import StepTaken
from programme.moderation import Moderation, Reading, Share, share_of
from programme.people import Person
from programme.reminder_facts import MoreTimeGiven, MoreTimeRefused
from programme.rounds import Round
from programme.words import ActionState, AllocationState, Priority, Role, RoundState
from storage import tables
from storage.find.allocations import READ_WITH
from storage.find.load import locked, many, one
from storage.find.submissions import held_audits

REPORTED = frozenset({RoundState.REPORTED, RoundState.CLOSED})

WITH_HOLDER = (
    *READ_WITH,
    one(Allocation, "holder", many(Person, "absences"), one(Person, "manager", many(Person, "absences"))),
)
WITH_OWNER = (
    one(Action, "allocation", *READ_WITH),
    one(Action, "owner", many(Person, "absences"), one(Person, "manager", many(Person, "absences"))),
    one(Action, "confirmed_by"),
)


def audits_out(session: Session, due_by: date) -> list[str]:
    """Every audit due by a day that is with somebody, of which nothing has come yet and for which no reason is known.

    Whoever named a day on which to be reminded is among them. Who sent an audit that is held has heard what to mend:
    they are not told that it is late.
    """
    a = tables.allocation.c
    wanted = select(a.ref).where(a.state == AllocationState.OUT, a.reason.is_(None), a.imported.is_(False))
    wanted = wanted.where(a.id.not_in(held_audits()), or_(a.due_on <= due_by, a.remind_on.is_not(None)))
    return list(session.scalars(wanted.order_by(a.ref)))


def audits_late(session: Session, *, on: date) -> list[str]:
    """Every audit that was due before this day and is still with somebody, whether a reason is known or not; none of
    which something is held.
    """
    a = tables.allocation.c
    wanted = select(a.ref).where(a.state == AllocationState.OUT, a.due_on < on, a.imported.is_(False))
    wanted = wanted.where(a.id.not_in(held_audits()))
    return list(session.scalars(wanted.order_by(a.due_on, a.ref)))


def audits(session: Session, refs: Sequence[str], *, to_change: bool = False) -> Sequence[Allocation]:
    """These audits with their holders' absences, locked against others when they are to be changed."""
    wanted = select(Allocation).where(tables.allocation.c.ref.in_(refs)).options(*WITH_HOLDER)
    wanted = wanted.order_by(tables.allocation.c.ref)
    return session.scalars(locked(session, wanted, tables.allocation) if to_change else wanted).all()


def audits_asked_for(session: Session, *, before: date) -> Sequence[str]:
    """Every audit for which more time was asked before this day and nobody has answered, by reference."""
    a = tables.allocation.c
    wanted = select(a.ref).where(a.asked_at < at_london(before, time()), a.state == AllocationState.OUT)
    return session.scalars(wanted.order_by(a.ref)).all()


def audits_unanswered(session: Session, *, at: datetime) -> Sequence[str]:
    """Every audit that waits for a Head of Service: past its cut-off without a word why, or more time is asked for."""
    a, r = tables.allocation.c, tables.round_.c
    silent = (r.cut_off_at <= at) & a.reason.is_(None) & a.id.not_in(held_audits())
    waits = or_(silent, a.asked_until.is_not(None))
    wanted = select(a.ref).join(tables.round_, a.round_id == r.id)
    wanted = wanted.where(a.state == AllocationState.OUT, a.imported.is_(False), waits)
    return session.scalars(wanted.order_by(a.ref)).all()


def audits_asking(session: Session) -> Sequence[Allocation]:
    """Those for which more time is asked and not decided on, with who leads their auditors, the soonest due first."""
    a = tables.allocation.c
    wanted = select(Allocation).where(a.asked_at.is_not(None), a.state == AllocationState.OUT).options(*WITH_HOLDER)
    return session.scalars(wanted.order_by(a.due_on, a.ref)).all()


class Answered(NamedTuple):
    """The kind of fact that answered, and the name of who did; empty where nobody did."""

    kind: str
    by: str


def answer_on_more_time(session: Session, ref: str, *, since: datetime) -> Answered | None:
    """The first answer to what was asked at that moment."""
    h = tables.history.c
    kinds = [MoreTimeGiven.kind(), MoreTimeRefused.kind()]
    wanted = select(h.kind, tables.person.c.name).outerjoin(tables.person, h.by_id == tables.person.c.id)
    wanted = wanted.where(h.about == ref, h.kind.in_(kinds), h.at >= since).order_by(h.id).limit(1)
    row = session.execute(wanted).first()
    return Answered(row.kind, row.name or "") if row else None


def actions_open(session: Session, due_by: date) -> list[str]:
    """Every action due by a day that was sent and still asks something of its owner, but for the immediate ones."""
    a = tables.action.c
    still, due = a.state.in_([ActionState.SENT, ActionState.ACKNOWLEDGED]), a.due_at <= end_of(due_by)
    return list(session.scalars(select(a.ref).where(still, due, a.priority != Priority.IMMEDIATE).order_by(a.ref)))


def actions(session: Session, refs: Sequence[str], *, to_change: bool = False) -> Sequence[Action]:
    """These actions with their owners' absences, locked against others when they are to be changed."""
    wanted = select(Action).where(tables.action.c.ref.in_(refs)).options(*WITH_OWNER).order_by(tables.action.c.ref)
    return session.scalars(locked(session, wanted, tables.action) if to_change else wanted).all()


def shares_open(session: Session, by: date) -> list[str]:
    """What every moderator has still to read or to agree on, of months moderated by a day: references."""
    shares = _shares(session, select(Moderation))
    return [share.ref for share in shares if share.round.moderate_on and share.round.moderate_on <= by]


def shares(session: Session, refs: Sequence[str], *, to_change: bool = False) -> Sequence[Share]:
    """These of them, with when the moderators are not at work; held against others when they are to be changed."""
    numbers = [int(ref.rpartition("-")[2]) for ref in refs]
    theirs = select(tables.reading.c.moderation_id).where(tables.reading.c.moderator_id.in_(numbers))
    wanted = select(Moderation).where(tables.moderation.c.id.in_(theirs)).order_by(tables.moderation.c.id)
    found = _shares(session, locked(session, wanted, tables.moderation) if to_change else wanted)
    return [share for share in found if share.ref in refs]


def _shares(session: Session, wanted: Select[Moderation]) -> list[Share]:
    """Of months that are not reported yet, by moderator."""
    wanted = wanted.where(tables.moderation.c.agreed_at.is_(None)).options(
        one(Moderation, "allocation", one(Allocation, "round")),
        many(Moderation, "readings", one(Reading, "moderator", many(Person, "absences"))),
    )
    waiting: dict[tuple[Round, Person], list[Moderation]] = defaultdict(list)
    for each in session.scalars(wanted):
        if each.allocation.round.state not in REPORTED:
            for reading in each.readings:
                waiting[each.allocation.round, reading.moderator].append(each)
    return [share_of(of, moderator, theirs) for (of, moderator), theirs in waiting.items()]


def steps(session: Session, refs: Sequence[str]) -> Mapping[str, list[StepTaken]]:
    """The steps taken for each, oldest first."""
    s = tables.step_taken.c
    found: dict[str, list[StepTaken]] = defaultdict(list)
    for step in session.scalars(select(StepTaken).where(s.about.in_(refs)).order_by(s.id)):
        found[step.about].append(step)
    return found


def taken_at(session: Session, step: str, at: datetime) -> Sequence[StepTaken]:
    """Every step of one name that was taken at this very instant."""
    s = tables.step_taken.c
    return session.scalars(select(StepTaken).where(s.step == step, s.taken_at == at).order_by(s.about)).all()


def has_had(session: Session, about: str, step: str, on: date) -> bool:
    s = tables.step_taken.c
    wanted = select(s.id).where(s.about == about, s.step == step, s.due_on == on)
    return session.scalar(wanted) is not None


def who_is_told(session: Session) -> tuple[Sequence[Person], Sequence[Person]]:
    """The Heads of Service and the Heads of Quality, each by number, with their absences."""
    return _holding(session, Role.HEAD_OF_SERVICE), _holding(session, Role.HEAD_OF_QUALITY)


def _holding(session: Session, role: Role) -> Sequence[Person]:
    holders = select(tables.role_held.c.person_id).where(tables.role_held.c.role == role)
    wanted = select(Person).where(tables.person.c.id.in_(holders)).options(many(Person, "absences"))
    return session.scalars(wanted.order_by(tables.person.c.id)).all()
