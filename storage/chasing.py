"""The ladders on record: who is asked for what, what is due of it now, and taking a step.

The worker takes the steps; the command line and `/audit chase` only look.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from programme import chasing, reminders
from programme.actions import Action
from programme.allocations import Allocation
from programme.calendar import at_london, london
from programme.chasing import Chased, StepTaken
from programme.checking import Check
from programme.moderation import Share
from programme.people import Person
from programme.policy import Policy
from programme.rulebook import Rulebook
from storage import find, journal
from storage.office import Office
from storage.session import Session

Subject = TypeVar("Subject", Allocation, Action, Share, Check)

Leader = Callable[[Person], Person | None]
"""Of whoever is late: who is told that something of theirs is."""


@dataclass(frozen=True)
class Ladder(Generic[Subject]):
    """What is chased by which job, how it is found, and how it stands."""

    job: str
    begins_before: Callable[[Policy], int]
    """So many working days before its due date it is first spoken of."""
    open_by: Callable[[Session, date], list[str]]
    found: Callable[..., Sequence[Subject]]
    judged: Callable[[Subject, Sequence[StepTaken], datetime, Rulebook], Chased | None]

    def reached(self, session: Session, *, on: date, rules: Rulebook) -> list[str]:
        """What is open and so near its due date that a step of it may have come by that day: references."""
        return self.open_by(session, rules.calendar.after(on, self.begins_before(rules.policy)))

    def find(
        self, session: Session, refs: Sequence[str], *, to_change: bool = False
    ) -> list[tuple[Subject, Sequence[StepTaken]]]:
        """Each with the steps it has had. What is to be changed is held first, so that its steps are the last word."""
        subjects = self.found(session, refs, to_change=to_change)
        steps = find.chasing.steps(session, refs)
        return [(subject, steps.get(subject.ref, [])) for subject in subjects]

    def chased(
        self, session: Session, refs: Sequence[str], *, at: datetime, rules: Rulebook, to_change: bool = False
    ) -> Iterator[Chased]:
        """Those of which something is due."""
        for subject, steps in self.find(session, refs, to_change=to_change):
            chased = self.judged(subject, steps, at, rules)
            if chased is not None:
                yield chased


def _audit(allocation: Allocation, steps: Sequence[StepTaken], at: datetime, rules: Rulebook) -> Chased | None:
    due = chasing.due_of_audit(allocation, steps, now=at, rules=rules)
    if not due.names or allocation.holder is None or allocation.due_on is None:
        return None
    return Chased(allocation.ref, allocation.round.month, allocation.holder, allocation.due_on, due)


def _action(action: Action, steps: Sequence[StepTaken], at: datetime, rules: Rulebook) -> Chased | None:
    due = chasing.due_of_action(action, steps, now=at, rules=rules)
    return Chased(action.ref, chasing.ACTIONS, action.owner, action.due_on, due) if due.names else None


def _share(share: Share, steps: Sequence[StepTaken], at: datetime, rules: Rulebook) -> Chased | None:
    due, day = chasing.due_of_share(share, steps, now=at, rules=rules), share.round.moderate_on
    return Chased(share.ref, chasing.MODERATION, share.moderator, day, due) if due.names and day else None


def _check(check: Check, steps: Sequence[StepTaken], at: datetime, rules: Rulebook) -> Chased | None:
    due = chasing.due_of_check(check, steps, now=at, rules=rules)
    if not due.names or check.checker is None or check.due_on is None:
        return None
    return Chased(check.ref, chasing.CHECKS, check.checker, check.due_on, due)


AUDITS = Ladder(
    "remind", lambda policy: policy.reminders.first_before, find.chasing.audits_out, find.chasing.audits, _audit
)
ACTIONS = Ladder(
    "remind_of_actions",
    lambda policy: policy.action_reminders.before,
    find.chasing.actions_open,
    find.chasing.actions,
    _action,
)
MODERATION = Ladder(
    "remind_moderators",
    lambda policy: policy.moderation.remind_before,
    find.chasing.shares_open,
    find.chasing.shares,
    _share,
)
CHECKS = Ladder(
    "remind_checkers",
    lambda policy: policy.action_reminders.before,
    find.checks.asked,
    find.checks.these,
    _check,
)


def who_leads(session: Session, *, at: datetime) -> Leader:
    heads, qualities = find.chasing.who_is_told(session)
    today = london(at).date()
    return lambda late: chasing.head_to_tell(late, heads, qualities, on=today)


def may_be_told(session: Session, head: Person, topic: str, *, at: datetime) -> bool:
    """At work, and not told of this topic today already: there is one digest a day."""
    today = london(at).date()
    return head.is_at_work_on(today) and not find.chasing.has_had(
        session, head.reference, reminders.digest_of(topic), today
    )


def head_to_tell_now(session: Session, chased: Chased, leader: Leader, *, at: datetime) -> Person | None:
    """The Head of Service who is to be told now; None where it is not time, or they have had the day's digest."""
    head = leader(chased.person) if chased.due.tells_head else None
    return head if head is not None and may_be_told(session, head, chased.topic, at=at) else None


def remind(session: Session, office: Office, ladder: Ladder[Subject], ref: str) -> bool:
    """Say the step that is due of one audit or action, if it still is."""
    at = office.now(session)
    for chased in ladder.chased(session, [ref], at=at, rules=office.rules, to_change=True):
        if chased.due.said:
            rows, facts = reminders.remind(chased, at=at)
            session.add_all(rows)
            journal.write(session, facts, by=None, at=at)
            return True
    return False


def tell_head(session: Session, office: Office, ladder: Ladder[Subject], number: int, refs: Sequence[str]) -> bool:
    """Tell one Head of Service of all of these that are still late, in one digest."""
    at = office.now(session)
    leader = who_leads(session, at=at)
    late = [
        (each, head)
        for each in ladder.chased(session, refs, at=at, rules=office.rules, to_change=True)
        if each.due.tells_head and (head := leader(each.person)) and head.id == number
    ]
    if not late or not may_be_told(session, late[0][1], late[0][0].topic, at=at):
        return False
    rows, facts = reminders.tell_head(late[0][1], [each for each, _ in late], at=at)
    session.add_all(rows)
    journal.write(session, facts, by=None, at=at)
    return True


def foreseen(
    session: Session, office: Office, ladder: Ladder[Subject], *, days: Sequence[datetime]
) -> Iterator[Chased]:
    """What the last of these mornings would bring, if on the others everybody is reminded and nobody answers."""
    if not days:
        return
    *before, last = days
    for subject, steps in ladder.find(session, ladder.reached(session, on=london(last).date(), rules=office.rules)):
        taken = list(steps)
        for morning in before:
            chased = ladder.judged(subject, taken, morning, office.rules)
            if chased:
                taken += reminders.take(chased.ref, chased.due.names, chased.due_on, at=morning)
        chased = ladder.judged(subject, taken, last, office.rules)
        if chased:
            yield chased


def mornings(session: Session, office: Office, *, on: date) -> list[datetime]:
    """When reminding begins on each working day from now to this one; empty where this one is none, or is over."""
    now, days = office.now(session), office.rules.policy.reminders
    working = office.rules.calendar.working_days_between(london(now).date(), on)
    begins = [max(at_london(day, days.from_hour), now) for day in working if now < at_london(day, days.to_hour)]
    return begins if begins and london(begins[-1]).date() == on else []
