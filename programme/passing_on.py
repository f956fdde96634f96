"""'Belongs to someone else': who was named accepts or declines; after a working day who leads the owner is asked.

Until somebody accepts or places it, the action stays with its owner and is chased there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from programme.action_facts import ActionNotTaken, ActionPassedOn, ActionPlaced, ActionTakenOver, ActionToPlace
from programme.action_words import PassingState
from programme.actions import Action, must_say_something
from programme.calendar import at_london, london
from programme.extending import must_be_decided_by
from programme.facts import Fact
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.rulebook import Rulebook

NOTHING_ASKED = "That is settled already: nobody is asked to take this action."


@dataclass(eq=False)
class Passing:
    """Once somebody said whose an action is: whose it was, who was named and why, and what came of it."""

    action: Action
    owner: Person
    named: Person
    why: str
    asked_by: Person
    asked_at: datetime
    state: PassingState = PassingState.WAITING
    head_asked_at: datetime | None = None
    decided_by: Person | None = None
    decided_at: datetime | None = None
    id: int | None = None

    @property
    def waits(self) -> bool:
        return self.state is PassingState.WAITING

    def end(self, state: PassingState, *, by: Person | None, at: datetime) -> None:
        self.state, self.decided_by, self.decided_at = state, by, at


def waiting(known: Sequence[Passing]) -> Passing | None:
    return next((each for each in known if each.waits), None)


def pass_on(
    action: Action, named: Person | None, why: str, known: Sequence[Passing], *, by: Person, at: datetime
) -> tuple[Passing, list[Fact]]:
    """Its owner says whose it is. Nothing moves before that one accepts."""
    must_be_passed(action, known, by=by, at=at)
    person = _must_be_another(named, action)
    must_say_something("why", why, "Say why it is theirs, in a sentence.")
    made = Passing(action, action.owner, person, why.strip(), by, at)
    return made, [ActionPassedOn(about=action.ref, person=person.reference, tell=(person,))]


def must_be_passed(action: Action, known: Sequence[Passing], *, by: Person, at: datetime) -> None:
    """Whether its owner may say whose it is."""
    action.must_be_open_to(by, london(at).date())
    asked = waiting(known)
    if asked is not None:
        msg = f"{asked.named.name} is asked already. Until they accept, it stays with {asked.owner.name}."
        raise Refusal(msg)


def accept(asked: Passing | None, *, by: Person, at: datetime) -> list[Fact]:
    """It is theirs from now on, by the same date."""
    open_one = _must_be_asked(asked, by)
    before = _goes(open_one, by, PassingState.ACCEPTED, by=by, at=at)
    about, audit = open_one.action.ref, open_one.action.allocation.ref
    return [ActionTakenOver(about=about, before=before.reference, tell=(before,), touches=(audit,))]


def decline(asked: Passing | None, *, by: Person, at: datetime) -> list[Fact]:
    """It stays with its owner, who may name somebody else."""
    open_one = _must_be_asked(asked, by)
    open_one.end(PassingState.DECLINED, by=by, at=at)
    return [ActionNotTaken(about=open_one.action.ref, tell=(open_one.owner,))]


def head_asked_by(asked: Passing, rules: Rulebook) -> datetime:
    """When who leads the owner is asked instead: so many working days later, at the same hour."""
    asked_at = london(asked.asked_at)
    day = rules.calendar.after(asked_at.date(), rules.policy.action_steps.accepted_within)
    return at_london(day, asked_at.time())


def ask_head(asked: Passing, *, at: datetime, rules: Rulebook, leaders: Sequence[Person]) -> list[Fact]:
    """Nobody has accepted in time: who leads the owner is asked, once; nothing where it is settled, or not time."""
    late = asked.waits and asked.action.is_open and asked.head_asked_at is None
    if not late or at < head_asked_by(asked, rules) or not leaders:
        return []
    asked.head_asked_at = at
    return [ActionToPlace(about=asked.action.ref, tell=tuple(leaders))]


def place(asked: Passing | None, owner: Person | None, *, by: Person, at: datetime) -> list[Fact]:
    """Who leads the owner says whose it is: somebody else's, or the owner's own after all."""
    open_one = must_wait(asked)
    action = open_one.action
    must_be_decided_by(action, by)
    if owner is action.owner:
        open_one.end(PassingState.LEFT, by=by, at=at)
        return [ActionNotTaken(about=action.ref, tell=(action.owner, open_one.named))]
    person = _must_be_another(owner, action)
    before = _goes(open_one, person, PassingState.PLACED, by=by, at=at)
    told = tuple(dict.fromkeys((person, before)))
    placed = ActionPlaced(about=action.ref, before=before.reference, tell=told, touches=(action.allocation.ref,))
    return [placed]


def _goes(asked: Passing, to: Person, state: PassingState, *, by: Person, at: datetime) -> Person:
    asked.end(state, by=by, at=at)
    return asked.action.goes_to(to)


def _must_be_another(named: Person | None, action: Action) -> Person:
    if named is None:
        msg = "Choose whose it is: a Team Manager or a Head of Service."
        raise Refusal(msg, field="named")
    if named is action.owner:
        msg = f"It is with {named.name} already. Choose somebody else."
        raise Refusal(msg, field="named")
    return named


def _must_be_asked(asked: Passing | None, by: Person) -> Passing:
    if asked is None:
        raise Refusal(NOTHING_ASKED)
    if not by.can_accept_action(asked):
        msg = "Somebody else was asked this. Type /audit to see what is yours."
        raise NotAllowed(msg)
    return must_wait(asked)


def must_wait(asked: Passing | None) -> Passing:
    """What still waits to be accepted or placed."""
    if asked is None or not asked.waits or not asked.action.is_open:
        raise Refusal(NOTHING_ASKED)
    return asked
