"""Finding where auditors stand on the way to the core group, who waits for whom, and what a profile is counted from."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, select
from sqlalchemy.orm import Session

from programme.calendar import london
from programme.competency import Candidacy, Evaluation
from programme.facts import ActionRaised
from programme.marks import MARK_LABELS
from programme.moderation import Moderation
from programme.people import Person
from programme.profile import Moderated, ProfileAnswer
from programme.refusals import NotFound
from programme.standing import CompetencyHeld
from programme.words import ActionState, AllocationState, Priority
from storage import tables
from storage.find.load import locked, many, one
from storage.find.moderations import MODERATED

WHOLE = (
    one(Candidacy, "person", one(Person, "manager")),
    one(Candidacy, "opened_by"),
    one(Candidacy, "ended_by"),
    many(Candidacy, "evaluations", one(Evaluation, "evaluator")),
)
NO_SUCH = "We cannot find that."


def candidacy(session: Session, ref: str, *, to_change: bool = False) -> Candidacy:
    wanted = select(Candidacy).where(tables.candidacy.c.ref == ref).options(*WHOLE)
    found = session.scalar(locked(session, wanted, tables.candidacy) if to_change else wanted)
    if found is None:
        raise NotFound(NO_SUCH)
    return found


def candidacies_of(session: Session, person: Person) -> Sequence[Candidacy]:
    """Every time somebody was put forward, the oldest first."""
    wanted = select(Candidacy).where(tables.candidacy.c.person_id == person.id).options(*WHOLE)
    return session.scalars(wanted.order_by(tables.candidacy.c.id)).all()


def open_candidacies(session: Session) -> Sequence[Candidacy]:
    """In the order in which they were opened."""
    wanted = select(Candidacy).where(tables.candidacy.c.ended_at.is_(None)).options(*WHOLE)
    return session.scalars(wanted.order_by(tables.candidacy.c.id)).all()


def to_evaluate(session: Session, evaluator: Person) -> list[Candidacy]:
    """Those for which somebody's evaluation is waited for."""
    return [each for each in open_candidacies(session) if evaluator in each.waits_for]


def to_sign_off(session: Session, leader: Person) -> list[Candidacy]:
    found = open_candidacies(session)
    return [each for each in found if each.waits_for_leadership and leader.can_sign_off_competency(each)]


def held_of(session: Session, person: Person) -> Sequence[CompetencyHeld]:
    """What somebody was, the oldest first, with who said so."""
    held = tables.competency_held.c
    wanted = select(CompetencyHeld).where(held.person_id == person.id).options(one(CompetencyHeld, "by"))
    return session.scalars(wanted.order_by(held.id)).all()


def who_has_a_standing(session: Session) -> set[int]:
    """The numbers of those of whom it was ever said where they stand."""
    return set(session.scalars(select(tables.competency_held.c.person_id)))


def answers_of(session: Session, person: Person) -> Sequence[ProfileAnswer]:
    """What an auditor said to their profile, the newest first."""
    answer = tables.profile_answer.c
    return session.scalars(select(ProfileAnswer).where(answer.person_id == person.id).order_by(answer.id.desc())).all()


def many_moderated(session: Session) -> dict[int, int]:
    """How many audits of each auditor were moderated, by their number; for those who have one."""
    audit, read = tables.allocation.c, tables.moderation.c
    counted = select(audit.holder_id, func.count()).join(tables.moderation, read.allocation_id == audit.id)
    counted = counted.where(read.agreed_at.is_not(None), audit.kind.in_(MODERATED), audit.holder_id.is_not(None))
    return {row[0]: row[1] for row in session.execute(counted.group_by(audit.holder_id))}


def moderated_of(session: Session, person: Person) -> list[Moderated]:
    """Somebody's moderated audits, the oldest first; only the newest version of a return counts."""
    rows = session.execute(_moderated().where(tables.allocation.c.holder_id == person.id)).all()
    actions, said = _actions(session, [row.id for row in rows]), _said(session, [row.id for row in rows])
    return [_counted(row, *actions.get(row.id, (0, 0)), said[row.id]) for row in rows]


def _counted(row: Row[Any], asked_for: int, undated: int, said: Moderation) -> Moderated:
    words = [each.words for each in said.changed] or [said.reason]
    return Moderated(
        ref=row.ref,
        month=row.month,
        agreed_on=london(row.agreed_at).date(),
        overall=row.overall,
        agreed=row.agreed,
        late=row.state is AllocationState.RETURNED_LATE,
        blanks=row.blanks,
        actions=asked_for,
        undated=undated,
        marks=tuple((MARK_LABELS[each.mark], each.met) for each in said.marks),
        feedback=tuple(dict.fromkeys(filter(None, [said.note, *words]))),
    )


def _said(session: Session, audits: Collection[int]) -> dict[int, Moderation]:
    """What moderators marked and wrote, by the number of the audit."""
    read = tables.moderation.c
    wanted = select(Moderation, read.allocation_id).where(read.allocation_id.in_(audits))
    loaded = wanted.options(many(Moderation, "changed"), many(Moderation, "marks"))
    return {row[1]: row[0] for row in session.execute(loaded)}


def _moderated() -> Select[Any]:
    audit, made, said, read = (
        tables.allocation.c,
        tables.audit_return.c,
        tables.judgement.c,
        tables.moderation.c,
    )
    older = tables.audit_return.alias()
    newest = select(func.max(older.c.version)).where(older.c.allocation_id == audit.id).scalar_subquery()
    blanks = select(func.count()).where(said.audit_return_id == made.id, said.grade.is_(None)).scalar_subquery()
    columns = (audit.id, audit.ref, audit.state, made.overall, made.agreed, read.agreed_at)
    return (
        select(*columns, tables.round_.c.month, blanks.label("blanks"))
        .join(tables.moderation, read.allocation_id == audit.id)
        .join(tables.audit_return, and_(made.allocation_id == audit.id, made.version == newest))
        .join(tables.round_, tables.round_.c.id == audit.round_id)
        .where(read.agreed_at.is_not(None), made.agreed.is_not(None), audit.kind.in_(MODERATED))
        .order_by(read.agreed_at, audit.ref)
    )


def _actions(session: Session, audits: Collection[int]) -> dict[int, tuple[int, int]]:
    """How many actions each of these audits asked for that are given a date, and how many have none.

    What is immediate or urgent has its date from the policy, so nobody is asked for one. Each counts as its auditor
    left it, whatever its moderators made of it; what they added themselves does not count.
    """
    action, was, h, read = tables.action.c, tables.action_was.c, tables.history.c, tables.moderation.c
    older = tables.action_was.alias().c
    first = select(func.min(older.id)).where(older.action_id == action.id).scalar_subquery()
    dated_by_hand = action.priority.in_([Priority.STANDARD, Priority.PLANNED])
    by_the_pair = (h.at == read.agreed_at) & (h.by_id == read.agreed_by_id)
    added = select(h.id).where(h.about == action.ref, h.kind == ActionRaised.kind(), by_the_pair)
    stands = (action.state != ActionState.WITHDRAWN) & dated_by_hand & ~added.exists()
    named = case((was.id.is_not(None), was.named_on), else_=action.named_on)
    counted = select(action.allocation_id, func.count(), func.count(named)).select_from(tables.action)
    counted = counted.outerjoin(tables.action_was, was.id == first)
    counted = counted.join(tables.moderation, read.allocation_id == action.allocation_id)
    rows = session.execute(counted.where(action.allocation_id.in_(audits), stands).group_by(action.allocation_id))
    return {row[0]: (row[1], row[1] - row[2]) for row in rows}
