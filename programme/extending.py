"""More time for an action: once by its owner, after that by who leads them. The first date is kept for ever.

Nobody's silence moves a date: while a request waits the date stands, and reminders go on by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from programme.action_facts import (
    ActionDateSet,
    ActionTimeAsked,
    ActionTimeGiven,
    ActionTimeRefused,
    ActionTimeTaken,
)
from programme.action_words import MOVED_THE_DATE, Extending
from programme.actions import Action, must_say_something
from programme.calendar import end_of, london
from programme.chasing import StepTaken, action_ladder
from programme.facts import Fact
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.reminders import take
from programme.rulebook import Rulebook
from programme.words import Priority

UNANSWERED = "Without an answer the date stands, and reminders go on."
NOTHING_ASKED = "That is settled already: nobody is waiting for more time here."


@dataclass(eq=False)
class Extension:
    """One request for more time, or one new date: until when, why, who asked, who decided, and what."""

    action: Action
    until: date
    why: str
    asked_by: Person
    asked_at: datetime
    state: Extending
    decided_by: Person | None = None
    decided_at: datetime | None = None
    id: int | None = None

    @property
    def waits(self) -> bool:
        return self.state is Extending.WAITING

    def end(self, state: Extending, *, by: Person | None, at: datetime) -> None:
        self.state, self.decided_by, self.decided_at = state, by, at


@dataclass(frozen=True)
class Wanted:
    """Until when, and why."""

    until: date | None
    why: str


Moved = tuple[list[StepTaken], list[Fact]]
"""What the new date's ladder has on days gone by, which counts as taken; and what happened."""


def waiting(known: Sequence[Extension]) -> Extension | None:
    return next((each for each in known if each.waits), None)


def is_ones_own(action: Action, known: Sequence[Extension]) -> bool:
    """Whether its owner may move the date by themselves: of a standard or planned one, the first time."""
    own = action.priority in {Priority.STANDARD, Priority.PLANNED}
    return own and not any(each.state in MOVED_THE_DATE for each in known)


def latest(action: Action, rules: Rulebook) -> date:
    """How far its owner may move the date by themselves."""
    return rules.calendar.after(action.due_on, rules.policy.action_steps.own_extension)


def must_be_had(action: Action, known: Sequence[Extension], *, by: Person, at: datetime) -> None:
    """Whether more time can be asked for at all."""
    action.must_be_open_to(by, london(at).date())
    _must_not_be_immediate(action)
    asked = waiting(known)
    if asked is not None:
        msg = f"More time until {asked.until:%A %-d %B} is asked for already. {UNANSWERED}"
        raise Refusal(msg)


def ask(
    action: Action,
    wanted: Wanted,
    known: Sequence[Extension],
    *,
    by: Person,
    at: datetime,
    rules: Rulebook,
    leaders: Sequence[Person] = (),
) -> tuple[Extension, Moved]:
    """Move the date, where that is the owner's own; otherwise ask who leads them (`leaders`)."""
    must_be_had(action, known, by=by, at=at)
    day = _must_be_later(wanted.until, action, at, rules)
    own = is_ones_own(action, known)
    if own and day > latest(action, rules):
        msg = f"You can move it once yourself, to {latest(action, rules):%A %-d %B} at the latest."
        raise Refusal(msg, field="until")
    must_say_something("why", wanted.why, "Say why it takes longer, in a sentence.")
    asked = Extension(action, day, wanted.why.strip(), by, at, Extending.WAITING)
    if not own:
        return asked, ([], [ActionTimeAsked(about=action.ref, until=day.isoformat(), tell=tuple(leaders))])
    asked.end(Extending.TAKEN, by=by, at=at)
    rows, was = _move(action, day, at=at, rules=rules)
    return asked, (rows, [ActionTimeTaken(about=action.ref, due_on=day.isoformat(), was_due_on=was)])


def approve(asked: Extension | None, *, by: Person, at: datetime, rules: Rulebook) -> Moved:
    """What was asked for is given, while that day is still to come."""
    open_one = _must_decide(asked, by)
    action = open_one.action
    _must_be_later(open_one.until, action, at, rules)
    open_one.end(Extending.APPROVED, by=by, at=at)
    rows, was = _move(action, open_one.until, at=at, rules=rules)
    due_on = open_one.until.isoformat()
    return rows, [ActionTimeGiven(about=action.ref, due_on=due_on, was_due_on=was, tell=(action.owner,))]


def refuse(asked: Extension | None, *, by: Person, at: datetime) -> list[Fact]:
    open_one = _must_decide(asked, by)
    open_one.end(Extending.REFUSED, by=by, at=at)
    return [ActionTimeRefused(about=open_one.action.ref, tell=(open_one.action.owner,))]


def set_date(
    action: Action, wanted: Wanted, known: Sequence[Extension], *, by: Person, at: datetime, rules: Rulebook
) -> tuple[Extension, Moved]:
    """Who leads its owner sets another date, in one step; what was asked for is settled by it."""
    must_be_decided_by(action, by)
    action.must_be_open()
    _must_not_be_immediate(action)
    day = _must_be_later(wanted.until, action, at, rules)
    asked = waiting(known)
    if asked is not None:
        asked.end(Extending.CLOSED, by=by, at=at)
    made = Extension(action, day, wanted.why.strip(), by, at, Extending.SET, by, at)
    rows, was = _move(action, day, at=at, rules=rules)
    fact = ActionDateSet(about=action.ref, due_on=day.isoformat(), was_due_on=was, tell=(action.owner,))
    return made, (rows, [fact])


def must_be_decided_by(action: Action, by: Person) -> None:
    if not by.can_decide_on_action(action):
        msg = "The owner's Head of Service decides on this; where the owner is one, the Head of Quality."
        raise NotAllowed(msg)


def _must_decide(asked: Extension | None, by: Person) -> Extension:
    if asked is None:
        raise Refusal(NOTHING_ASKED)
    must_be_decided_by(asked.action, by)
    if not asked.waits or not asked.action.is_open:
        raise Refusal(NOTHING_ASKED)
    return asked


def _must_not_be_immediate(action: Action) -> None:
    if action.priority is Priority.IMMEDIATE:
        msg = "An immediate action has no more time. If it cannot be done now, ring your Head of Service."
        raise Refusal(msg)


def _must_be_later(day: date | None, action: Action, at: datetime, rules: Rulebook) -> date:
    """A working day after its date and not before today."""
    if day is None:
        msg = "Choose the day by which it will be done."
        raise Refusal(msg, field="until")
    if day <= action.due_on or day < london(at).date():
        msg = f"Choose a day after {max(action.due_on, london(at).date()):%A %-d %B}."
        raise Refusal(msg, field="until")
    if not rules.calendar.is_working(day):
        msg = f"{day:%A %-d %B} is not a working day. Choose another."
        raise Refusal(msg, field="until")
    return day


def _move(action: Action, to: date, *, at: datetime, rules: Rulebook) -> tuple[list[StepTaken], str]:
    """Keep the first date, and remind by the new one: what its ladder has until today counts as taken."""
    was, today = action.moves_to(end_of(to)), london(at).date()
    gone = [step.name for step in action_ladder(to, action.priority, today, rules)]
    return take(action.ref, gone, to, at=at), was.isoformat()
