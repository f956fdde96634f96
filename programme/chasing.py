"""Who is reminded of what, and when: each ladder is a list, and each of its steps is taken once.

Two rules make all the rest. A step is due from its day on, until it is taken. And of several that are due only the
newest is said; the older ones count as taken with it. So a worker that stood still for three days says one thing and
not three, somebody who was not at work hears on their first day back, and where more time puts two steps on one day
the later one stands. Only what the Head of Service is told is never passed over.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from programme.actions import Action
from programme.allocations import Allocation
from programme.calendar import at_london, london
from programme.checking import Check
from programme.moderation import Share
from programme.people import Person
from programme.rulebook import Rulebook
from programme.words import Priority, Role

CHECK_IN = "check_in"
DAY_BEFORE = "day_before"
WAS_DUE = "was_due"
CLOSING = "closing"
HEAD_TOLD = "head_told"
ASKED_FOR = "asked_for"
"""A day that an auditor named with 'Remind me on…'; the day follows the name, so that each is a step of its own."""

DUE_SOON = "due_soon"
DUE_TODAY = "due_today"
FIRST_AFTER = "first_after"
SECOND_AFTER = "second_after"
THIRD_AFTER = "third_after"

ACTIONS = "actions"
"""What a digest of actions is about; one of audits is about their month."""

MODERATION = "moderation"
"""What is chased of moderators."""

CHECKS = "checks"
"""What is chased of who checks confirmed actions."""


class Step(NamedTuple):
    """One step of a ladder and the day it is due."""

    name: str
    on: date


def audit_ladder(due_on: date, cut_off_on: date, rules: Rulebook, *, remind_on: date | None = None) -> list[Step]:
    """What an auditor hears of one audit, in this order; it ends with the cut-off.

    Where the day they named has a step of its own, that one comes later in the list, and is said.
    """
    days, after = rules.policy.reminders, rules.calendar.after
    asked_for = [Step(f"{ASKED_FOR} {remind_on}", remind_on)] if remind_on else []
    ladder = [
        *asked_for,
        Step(CHECK_IN, after(due_on, -days.check_in_before)),
        Step(DAY_BEFORE, after(due_on, -days.day_before)),
        Step(WAS_DUE, after(due_on, days.was_due_after)),
        Step(HEAD_TOLD, after(due_on, days.head_told_after)),
        Step(CLOSING, cut_off_on),
    ]
    return sorted((step for step in ladder if step.on <= cut_off_on), key=lambda step: step.on)


def kind_of(step: str) -> str:
    """A step's name without the day that some bear."""
    return step.partition(" ")[0]


def action_ladder(due_on: date, priority: Priority, until: date, rules: Rulebook) -> list[Step]:
    """What an action's owner hears of it, as far as one day; after the last step it is every Monday."""
    days, after = rules.policy.action_reminders, rules.calendar.after
    ladder = [
        Step(HEAD_TOLD, after(due_on, days.head_told_after(priority))),  # beside what its owner hears, never instead
        *check_ladder(due_on, until, rules),
    ]
    return [step for step in ladder if step.on <= until]


def check_ladder(due_on: date, until: date, rules: Rulebook) -> list[Step]:
    """What who checks an action hears, by the days on which its owner was reminded of it."""
    days, after = rules.policy.action_reminders, rules.calendar.after
    last = after(due_on, days.third_after)
    ladder = [
        Step(DUE_SOON, after(due_on, -days.before)),
        Step(DUE_TODAY, due_on),
        Step(FIRST_AFTER, after(due_on, days.first_after)),
        Step(SECOND_AFTER, after(due_on, days.second_after)),
        Step(THIRD_AFTER, last),
        *[Step(f"monday {day}", day) for day in _mondays(last, until)],
    ]
    return [step for step in ladder if step.on <= until]


def moderator_ladder(moderate_on: date, rules: Rulebook) -> list[Step]:
    """What a moderator hears of what they have not read or agreed: before the moderation day, on it, and each day after
    until it would be printed as not moderated.
    """
    days, after = rules.policy.moderation, rules.calendar.after
    return [
        Step(DAY_BEFORE, after(moderate_on, -days.remind_before)),
        Step(DUE_TODAY, moderate_on),
        *[Step(f"after {number}", after(moderate_on, number)) for number in range(1, days.remind_after + 1)],
    ]


def _mondays(after: date, until: date) -> list[date]:
    first = after + timedelta(days=7 - after.weekday())
    return [first + timedelta(days=7 * n) for n in range(max((until - first).days // 7 + 1, 0))]


@dataclass(eq=False)
class StepTaken:
    """One step of a ladder, taken for one audit, action or alert as it was due then; never twice."""

    about: str
    step: str
    due_on: date
    taken_at: datetime
    id: int | None = None


class Due(NamedTuple):
    """The steps of one ladder that are due now, oldest first."""

    names: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What the person is told now, apart from what their Head of Service is told: the newest step."""
        return self.names[-1] if self.names and self.names[-1] != HEAD_TOLD else ""

    @property
    def tells_head(self) -> bool:
        return HEAD_TOLD in self.names

    @property
    def of_the_head(self) -> "Due":
        """Only what the Head of Service is told."""
        return Due(tuple(name for name in self.names if name == HEAD_TOLD))


NOTHING = Due()


class Chased(NamedTuple):
    """One audit or action, who is asked for it, and what is due of it now. `topic` is what a digest is about."""

    ref: str
    topic: str
    person: Person
    due_on: date
    due: Due

    @property
    def hears(self) -> str:
        """What the person hears now: a step of their own, or of an audit that their Head of Service has been told."""
        return self.due.said or (HEAD_TOLD if self.due.tells_head and self.topic != ACTIONS else "")


def is_reminding_time(now: datetime, rules: Rulebook) -> bool:
    """Nobody is reminded at night, at a weekend or on a day when the council is closed."""
    here, days = london(now), rules.policy.reminders
    return rules.calendar.is_working(here.date()) and days.from_hour <= here.time() < days.to_hour


def next_reminding_time(now: datetime, rules: Rulebook) -> datetime:
    """The next morning on which anybody is reminded, be it today's."""
    today, begins = london(now).date(), rules.policy.reminders.from_hour
    still_today = rules.calendar.is_working(today) and now < at_london(today, begins)
    return at_london(today if still_today else rules.calendar.after(today, 1), begins)


def due_of_audit(allocation: Allocation, taken: Iterable[StepTaken], *, now: datetime, rules: Rulebook) -> Due:
    """Nothing once it has ended or a reason is known, nor on a day when its auditor is not at work.

    After the cut-off nobody is reminded, nor before the day they named; what the Head of Service should be told is.
    """
    today, cut_off, holder = london(now).date(), allocation.round.cut_off_at, allocation.holder
    if not allocation.is_open or allocation.reason or holder is None or not holder.is_at_work_on(today):
        return NOTHING
    if cut_off is None or allocation.due_on is None or allocation.given_out_at is None:
        return NOTHING
    ladder = audit_ladder(allocation.due_on, london(cut_off).date(), rules, remind_on=allocation.remind_on)
    due = _due(ladder, taken, due_on=allocation.due_on, began=allocation.given_out_at, today=today)
    is_quiet = now >= cut_off or (allocation.remind_on is not None and today < allocation.remind_on)
    return due.of_the_head if is_quiet else due


def gone_by(allocation: Allocation, *, on: date, rules: Rulebook) -> list[str]:
    """The steps of an audit's ladder, as it is due now, that a day has reached."""
    cut_off = allocation.round.cut_off_at
    if cut_off is None or allocation.due_on is None:
        return []
    return [step.name for step in audit_ladder(allocation.due_on, london(cut_off).date(), rules) if step.on <= on]


def due_of_action(action: Action, taken: Iterable[StepTaken], *, now: datetime, rules: Rulebook) -> Due:
    """Nothing once it is confirmed or withdrawn. An immediate one is chased by telephone, not by this ladder.

    While its owner is not at work only their Head of Service is told: what a child needs does not wait for that.
    """
    today, started = london(now).date(), action.sent_at
    if not action.is_open or started is None:
        return NOTHING
    if action.priority is Priority.IMMEDIATE:
        return NOTHING
    ladder = action_ladder(action.due_on, action.priority, today, rules)
    due = _due(ladder, taken, due_on=action.due_on, began=started, today=today)
    return due if action.owner.is_at_work_on(today) else due.of_the_head


def due_of_share(share: Share, taken: Iterable[StepTaken], *, now: datetime, rules: Rulebook) -> Due:
    """Nothing once all of it is read and agreed, nor on a day when the moderator is not at work."""
    today, day = london(now).date(), share.round.moderate_on
    if day is None or not share.is_open or not share.moderator.is_at_work_on(today):
        return NOTHING
    return _due(moderator_ladder(day, rules), taken, due_on=day, began=share.given_at, today=today)


def due_of_check(check: Check, taken: Iterable[StepTaken], *, now: datetime, rules: Rulebook) -> Due:
    """Nothing once it is answered, nor on a day when who checks it is not at work."""
    today, due_on, asked_at = london(now).date(), check.due_on, check.asked_at
    if not check.waits or check.checker is None or due_on is None or asked_at is None:
        return NOTHING
    if not check.checker.is_at_work_on(today):
        return NOTHING
    return _due(check_ladder(due_on, today, rules), taken, due_on=due_on, began=asked_at, today=today)


def _due(ladder: Sequence[Step], taken: Iterable[StepTaken], *, due_on: date, began: datetime, today: date) -> Due:
    """What lies between the day it was given and today and has not been taken for this due date."""
    done, given = {each.step for each in taken if each.due_on == due_on}, london(began).date()
    return Due(tuple(step.name for step in ladder if given < step.on <= today and step.name not in done))


def head_to_tell(late: Person, heads: Sequence[Person], qualities: Sequence[Person], *, on: date) -> Person | None:
    """The Head of Service whose service the late person works in; where the late person is one, their own manager.

    Where there is none in post, the Head of Quality.
    """
    if Role.HEAD_OF_SERVICE in late.roles:
        near: Collection[Person] = [late.manager] if late.manager else []
    else:
        near = [head for head in heads if head.leads_person(late)]
    return next((each for each in (*near, *qualities) if each is not late and each.is_here_on(on)), None)
