"""More time for an audit: once by its auditor, after that by their Head of Service, never beyond the cut-off."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from programme.allocations import Allocation
from programme.calendar import at_london, london
from programme.chasing import StepTaken, gone_by
from programme.facts import Fact
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.reminder_facts import MoreTimeAsked, MoreTimeGiven, MoreTimeRefused, MoreTimeTaken
from programme.reminders import take
from programme.rulebook import Rulebook

Moved = tuple[list[StepTaken], list[Fact]]
"""What the new ladder has on days gone by, which counts as taken; and what happened."""

NOTHING_ASKED = "That is settled already: nobody is waiting for more time here."


def days_left(allocation: Allocation, *, at: datetime, rules: Rulebook) -> list[date]:
    """The working days to which an audit's date may move: after it, from today on, until the cut-off."""
    cut_off = allocation.round.cut_off_at
    if allocation.due_on is None or cut_off is None or at >= cut_off:
        return []
    first = max(allocation.due_on + timedelta(days=1), london(at).date())
    return rules.calendar.working_days_between(first, london(cut_off).date())


def may_be_had(allocation: Allocation, *, at: datetime, rules: Rulebook) -> bool:
    """While there are days left, and nothing is asked already."""
    return allocation.asked_until is None and bool(days_left(allocation, at=at, rules=rules))


def is_ones_own(allocation: Allocation) -> bool:
    """The first time nobody else is asked."""
    return allocation.first_due_on is None


def must_be_had(allocation: Allocation, *, by: Person, at: datetime, rules: Rulebook) -> list[date]:
    """The days to choose from."""
    allocation.must_be_open_to(by)
    if allocation.asked_until is not None:
        msg = f"You have asked already: {answer_words(allocation, rules)}"
        raise Refusal(msg)
    days = days_left(allocation, at=at, rules=rules)
    if not days:
        msg = "There are no days left this month. If you cannot do it, say so with I can't do this one."
        raise Refusal(msg)
    return days


def have(
    allocation: Allocation, to: date, *, by: Person, at: datetime, rules: Rulebook, asks: Sequence[Person] = ()
) -> Moved:
    """Move the date, the first time; after that ask who decides (`asks`)."""
    if to not in must_be_had(allocation, by=by, at=at, rules=rules):
        msg = "Choose one of the working days on the list."
        raise Refusal(msg, field="day")
    allocation.reason, allocation.reason_words = None, ""  # who wants more time means to do it after all
    if is_ones_own(allocation):
        rows, was = _move(allocation, to, at=at, rules=rules)
        return rows, [MoreTimeTaken(about=allocation.ref, due_on=to.isoformat(), was_due_on=was)]
    allocation.asked_until, allocation.asked_at = to, at
    return [], [MoreTimeAsked(about=allocation.ref, until=to.isoformat(), tell=tuple(asks))]


def answered_by(allocation: Allocation, rules: Rulebook) -> datetime | None:
    """When what was asked is given by itself: the end of the next working day, or the cut-off."""
    cut_off, asked_at = allocation.round.cut_off_at, allocation.asked_at
    if asked_at is None or cut_off is None:
        return None
    days = rules.policy.reminders
    day = rules.calendar.after(london(asked_at).date(), days.more_time_answered_within)
    return min(at_london(day, days.to_hour), cut_off)


def answer_words(allocation: Allocation, rules: Rulebook) -> str:
    """Until when an answer may come, and what happens without one."""
    until, by = allocation.asked_until, answered_by(allocation, rules)
    if until is None or by is None:
        return ""
    return f"without an answer by {london(by):%H:%M on %A %-d %B} it is given until {until:%A %-d %B}."


def give(allocation: Allocation, *, by: Person, at: datetime, rules: Rulebook) -> Moved:
    """What was asked for is given."""
    _must_decide(allocation, by)
    return _given(allocation, at=at, rules=rules)


def give_unanswered(allocation: Allocation, *, at: datetime, rules: Rulebook) -> Moved:
    """Nobody has answered in time, so it is given; nothing where somebody has, or may still."""
    by = answered_by(allocation, rules)
    if by is None or at < by or not allocation.is_open:
        return [], []
    return _given(allocation, at=at, rules=rules)


def refuse(allocation: Allocation, *, by: Person) -> list[Fact]:
    """The date stays; its auditor hears so."""
    _must_decide(allocation, by)
    allocation.asked_until = allocation.asked_at = None
    return [MoreTimeRefused(about=allocation.ref, tell=_holder(allocation))]


def _must_decide(allocation: Allocation, by: Person) -> None:
    if not by.can_give_more_time(allocation):
        msg = "The auditor's Head of Service decides on more time."
        raise NotAllowed(msg)
    if allocation.asked_until is None or not allocation.is_open:
        raise Refusal(NOTHING_ASKED)


def _given(allocation: Allocation, *, at: datetime, rules: Rulebook) -> Moved:
    to = allocation.asked_until
    if to is None:
        raise Refusal(NOTHING_ASKED)
    rows, was = _move(allocation, to, at=at, rules=rules)
    allocation.asked_until = allocation.asked_at = None
    given = MoreTimeGiven(about=allocation.ref, due_on=to.isoformat(), was_due_on=was, tell=_holder(allocation))
    return rows, [given]


def _move(allocation: Allocation, to: date, *, at: datetime, rules: Rulebook) -> tuple[list[StepTaken], str]:
    """Keep the first date, and remind by the new one."""
    was = allocation.due_on or to
    allocation.first_due_on, allocation.due_on = allocation.first_due_on or was, to
    allocation.remind_on = None
    gone = gone_by(allocation, on=london(at).date(), rules=rules)
    return take(allocation.ref, gone, to, at=at), was.isoformat()


def _holder(allocation: Allocation) -> tuple[Person, ...]:
    return (allocation.holder,) if allocation.holder else ()
