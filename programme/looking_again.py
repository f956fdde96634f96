"""An owner asks for an action to be looked at again: who moderated its audit says whether it stands.

Meanwhile it stays open, and is chased as before.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from programme.action_facts import ActionChanged, ActionDoubted, ActionStands
from programme.action_words import Looked
from programme.actions import Action, due_by, must_say_something
from programme.calendar import end_of, london
from programme.facts import Fact
from programme.people import Person
from programme.refusals import Refusal
from programme.rulebook import Rulebook
from programme.words import Priority

NOTHING_ASKED = "That is settled already: nobody waits for an answer here."


@dataclass(eq=False)
class LookAgain:
    """What its owner asks, who answered, and what came of it."""

    action: Action
    words: str
    asked_by: Person
    asked_at: datetime
    state: Looked = Looked.WAITING
    said: str = ""
    answered_by: Person | None = None
    answered_at: datetime | None = None
    id: int | None = None

    @property
    def waits(self) -> bool:
        return self.state is Looked.WAITING

    def end(self, state: Looked, *, by: Person | None, at: datetime, said: str = "") -> None:
        self.state, self.answered_by, self.answered_at, self.said = state, by, at, said.strip()


@dataclass(frozen=True)
class Change:
    """What an action asks from now on; what is left empty stays as it was."""

    step: str = ""
    measure: str = ""
    priority: Priority | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Answered:
    """What comes of it, why, and what it asks now where it is changed."""

    how: Looked | None
    why: str
    change: Change = Change()


def waiting(known: Sequence[LookAgain]) -> LookAgain | None:
    return next((each for each in known if each.waits), None)


def must_wait(asked: LookAgain | None) -> LookAgain:
    """What still waits for an answer."""
    if asked is None or not asked.waits:
        raise Refusal(NOTHING_ASKED)
    return asked


def must_be_doubted(action: Action, known: Sequence[LookAgain], *, by: Person, at: datetime) -> None:
    action.must_be_open_to(by, london(at).date())
    if waiting(known) is not None:
        msg = "You have asked already. Until there is an answer, the action stands as it is."
        raise Refusal(msg)


def doubt(
    action: Action, words: str, known: Sequence[LookAgain], *, by: Person, at: datetime, asks: Sequence[Person]
) -> tuple[LookAgain, list[Fact]]:
    """Ask who moderated it (`asks`) to look again."""
    must_be_doubted(action, known, by=by, at=at)
    must_say_something("words", words, "Say what should be looked at again, in a sentence.")
    return LookAgain(action, words.strip(), by, at), [ActionDoubted(about=action.ref, tell=tuple(asks))]


def answer(
    asked: LookAgain | None,
    said: Answered,
    *,
    by: Person,
    at: datetime,
    moderators: Collection[Person],
    rules: Rulebook,
) -> list[Fact]:
    """It stands, it is changed, or it is withdrawn; its owner reads which."""
    open_one = must_wait(asked)
    action = open_one.action
    action.must_be_settled_by(by, moderators)
    if said.how is None:
        msg = "Choose whether it stands, is changed or is withdrawn."
        raise Refusal(msg, field="how")
    must_say_something("why", said.why, "Say why, in a sentence.")
    if said.how is Looked.WITHDRAWN:
        facts = action.withdraw(said.why, by=by, at=at, moderators=moderators)
    elif said.how is Looked.CHANGED:
        facts = alter(action, said.change, at=at, rules=rules)
    else:
        facts = [ActionStands(about=action.ref, tell=(action.owner,))]
    open_one.end(said.how, by=by, at=at, said=said.why)
    return facts


def alter(action: Action, change: Change, *, at: datetime, rules: Rulebook) -> list[Fact]:
    """What it asks is put right; its owner hears which parts changed. With another priority comes its own date, where
    none is named; the first date is kept.
    """
    changed = [name for name, (was, now) in _parts(action, change).items() if now and now != was]
    if not changed:
        msg = "Change the step, the measure, the priority or the date, or choose another answer."
        raise Refusal(msg, field="step")
    day = change.due_on
    if day is not None and day < london(at).date():
        msg = "This day is over. Choose another."
        raise Refusal(msg, field="due_on")
    action.step, action.measure = change.step.strip() or action.step, change.measure.strip() or action.measure
    action.priority = change.priority or action.priority
    if "due_on" in changed and day is not None:
        action.moves_to(end_of(day))
    elif "priority" in changed:
        action.moves_to(due_by(action.priority, at=at, rules=rules))
    touched = (action.allocation.ref,)
    return [ActionChanged(about=action.ref, fields=", ".join(changed), tell=(action.owner,), touches=touched)]


def _parts(action: Action, change: Change) -> dict[str, tuple[object, object]]:
    return {
        "step": (action.step, change.step.strip()),
        "measure": (action.measure, change.measure.strip()),
        "priority": (action.priority, change.priority),
        "due_on": (action.due_on, change.due_on),
    }
