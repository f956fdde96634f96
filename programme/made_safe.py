"""The end of an alert: the child was seen or made safe, and somebody who does not own it agrees.

The immediate action and this end are two things. Who confirms the action says with it that the child was seen or made
safe, where nobody has said so yet; the end still has to be agreed. And an agreed end leaves the action open until its
owner has confirmed what was done and when it went on the child's record. So neither is done by the other, and an audit
closes when both are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from programme.actions import SHORTEST_WORDS
from programme.calendar import at_london, end_of, hour_typed, london
from programme.chasing import StepTaken
from programme.facts import AlertTaken, Fact
from programme.people import Person
from programme.refusals import Fault, Faulty, NotAllowed, Refusal
from programme.safety import Alert
from programme.safety_facts import AlertEnded, AlertStands, ChildMadeSafe
from programme.words import Role

TOLD = "alert_stands"
"""The step that says whom the day's message told that an alert has not come to its end."""


@dataclass(frozen=True)
class Seen:
    """What was done, and when the child was seen or made safe: None where that was not said."""

    words: str
    at: datetime | None

    @classmethod
    def typed(cls, words: str, day: date | None, hour: str) -> "Seen":
        """As somebody filled it in."""
        said = hour_typed(hour)
        return cls(words, at_london(day, said) if day and said is not None else None)

    def faults(self, alert: Alert, *, at: datetime) -> Iterable[Fault]:
        if len(self.words.strip()) < SHORTEST_WORDS:
            yield Fault("words", "Say in a sentence who saw the child, or what made them safe.")
        if self.at is None:
            yield Fault("hour", "Say on which day, and at what time, like 09:40.")
        elif self.at > at:
            yield Fault("hour", "That is still to come: say when the child was seen or made safe.")
        elif self.at < alert.raised_at:
            yield Fault("hour", f"Say when the child was seen after the alert came, {alert.when_it_came}.")


def say(
    alert: Alert, said: Seen, told: Sequence[Person], others: Sequence[Person], *, by: Person, at: datetime
) -> list[Fact]:
    """'Child seen or made safe'. Those who were told hear it; where no Head of Service among them may agree, the
    `others` who may.

    Who says it before anybody took the alert has it in hand with that.
    """
    must_be_said_by(alert, by, on=london(at).date())
    if faults := list(said.faults(alert, at=at)):
        raise Faulty("Some answers are still needed.", faults)
    taken = [] if alert.taken_at else [AlertTaken(about=alert.ref, tell=_but(told, by))]
    alert.taken_by, alert.taken_at = alert.taken_by or by, alert.taken_at or at
    return [*taken, _noted(alert, said, told, others, by=by, at=at)]


def said_by_confirming(alert: Alert, told: Sequence[Person], others: Sequence[Person], *, at: datetime) -> list[Fact]:
    """The immediate action is confirmed: with it, and by the same words, that the child was seen or made safe."""
    action = alert.action
    if alert.is_over or alert.seen_at is not None or action is None or action.confirmed_at is None:
        return []
    by, day = action.confirmed_by or action.owner, action.done_on or london(action.confirmed_at).date()
    seen_at = max(min(action.confirmed_at, end_of(day)), alert.raised_at)
    alert.taken_by, alert.taken_at = alert.taken_by or by, alert.taken_at or at
    return [_noted(alert, Seen(action.done, seen_at), told, others, by=by, at=at)]


def agree(alert: Alert, told: Sequence[Person], *, by: Person, at: datetime) -> list[Fact]:
    """The end: from now on it stands in no day's message. Who raised it hears so too."""
    must_be_agreed_by(alert, told, by)
    alert.ended_by, alert.ended_at = by, at
    hear = _but((*told, alert.raised_by, *alert.owned_by), by)
    return [AlertEnded(about=alert.ref, tell=hear, touches=(alert.allocation.ref,))]


def must_be_said_by(alert: Alert, person: Person, *, on: date) -> None:
    if not person.can_say_made_safe(alert, on):
        msg = "Who has this in hand, or owns its action, says that the child was seen or made safe."
        raise NotAllowed(msg)
    if alert.seen_at is not None:
        raise Refusal(alert.how_it_was_seen)


def must_be_agreed_by(alert: Alert, told: Sequence[Person], person: Person) -> None:
    if not person.can_agree_that_safe(alert, told):
        msg = "A Head of Service who does not own this agrees that the child is safe."
        raise NotAllowed(msg)
    if alert.ended_at is not None:
        raise Refusal(alert.how_it_ended)
    if alert.seen_at is None:
        msg = "Nobody has said yet that the child was seen or made safe."
        raise Refusal(msg)


def tell_that_it_stands(alert: Alert, people: Sequence[Person], *, at: datetime) -> tuple[StepTaken, list[Fact]]:
    """Once a day, to those of them who are at work."""
    today = london(at).date()
    tell = tuple(each for each in dict.fromkeys(people) if each.is_at_work_on(today))
    told = AlertStands(about=alert.ref, tell=tell)
    return StepTaken(alert.ref, TOLD, today, at), [told] if tell and not alert.is_over else []


def _noted(
    alert: Alert, said: Seen, told: Sequence[Person], others: Sequence[Person], *, by: Person, at: datetime
) -> Fact:
    alert.seen_words, alert.seen_at, alert.seen_by, alert.seen_noted_at = said.words.strip(), said.at, by, at
    heads = [each for each in told if Role.HEAD_OF_SERVICE in each.roles]
    hear = told if any(each.can_agree_that_safe(alert, told) for each in heads) else (*told, *others)
    return ChildMadeSafe(about=alert.ref, tell=_but(hear, by), touches=(alert.allocation.ref,))


def _but(people: Iterable[Person], by: Person) -> tuple[Person, ...]:
    return tuple(dict.fromkeys(each for each in people if each is not by))
