"""Checks of confirmed actions: somebody of another service looks whether the child's record shows what was said.

Every immediate and urgent one is checked, and some of the others: a lot is cast for each as it is found confirmed, from
a seed that is kept beside it, so that anybody can cast it again. A confirmation has one row here, checked or not.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from programme.actions import SHORTEST_WORDS, Action
from programme.blocking import Candidate, Known, blocked
from programme.calendar import london
from programme.closing_facts import ActionChecked, ActionReopened, CheckAsked, CheckFellAway, CheckHandedOn
from programme.closing_policy import CheckRules
from programme.facts import Fact
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.rulebook import Rulebook
from programme.words import ActionState, Priority


class WhyChecked(StrEnum):
    """Or why not: the lot fell on others, or as many of the month are checked as policy asks for."""

    IMMEDIATE = "immediate"
    URGENT = "urgent"
    DRAWN = "drawn"
    NOT_DRAWN = "not_drawn"
    MONTH_FULL = "month_full"


TO_BE_CHECKED = frozenset({WhyChecked.IMMEDIATE, WhyChecked.URGENT, WhyChecked.DRAWN})
ALWAYS = {Priority.IMMEDIATE: WhyChecked.IMMEDIATE, Priority.URGENT: WhyChecked.URGENT}


class CheckAnswer(StrEnum):
    SHOWN = "shown"
    REOPENED = "reopened"
    FELL_AWAY = "fell_away"


@dataclass(eq=False)
class Check:
    """Of one confirmation of one action. `place` counts those drawn of a month. Where it reopened the action, it keeps
    what had been said of it, and the date by which it had been due.
    """

    ref: str
    action: Action
    confirmed_by: Person
    confirmed_at: datetime
    why: WhyChecked
    seed: int
    month: str
    place: int | None = None
    checker: Person | None = None
    asked_at: datetime | None = None
    due_on: date | None = None
    answer: CheckAnswer | None = None
    answered_at: datetime | None = None
    words: str = ""
    done: str = ""
    done_on: date | None = None
    changed: str = ""
    recorded_on: date | None = None
    recorded_where: str = ""
    was_due_on: date | None = None
    version: int = 1
    id: int | None = None

    @property
    def waits(self) -> bool:
        """It is to be made, and nobody has answered."""
        return self.why in TO_BE_CHECKED and self.answer is None

    @property
    def is_of_what_stands(self) -> bool:
        """Its action is still confirmed by the very words it is to check."""
        return self.action.state is ActionState.CONFIRMED and self.action.confirmed_at == self.confirmed_at

    def must_be_answered_by(self, person: Person) -> None:
        if not person.can_check(self):
            msg = "Somebody else is asked to check this. Type /audit actions to see what is yours."
            raise NotAllowed(msg)
        if self.answer is not None and self.answered_at is not None:
            msg = f"You answered this on {london(self.answered_at):%A %-d %B}. Thank you."
            raise Refusal(msg)
        if not self.is_of_what_stands:
            msg = "This action is not confirmed any more, so there is nothing to check."
            raise Refusal(msg)

    def show(self, *, by: Person, at: datetime) -> list[Fact]:
        """The record shows it."""
        self.must_be_answered_by(by)
        self.answer, self.answered_at = CheckAnswer.SHOWN, at
        self.action.state = ActionState.CHECKED
        return [ActionChecked(about=self.ref, touches=self._about())]

    def reopen(
        self, words: str, *, by: Person, at: datetime, rules: Rulebook, head: Person | None = None
    ) -> list[Fact]:
        """The record does not show it: the action is its owner's again, by a new date; they and who leads them hear."""
        self.must_be_answered_by(by)
        if len(words.strip()) < SHORTEST_WORDS:
            msg = "Say what the record does not show, in a sentence."
            raise Refusal(msg, field="words")
        action = self.action
        self.answer, self.answered_at, self.words = CheckAnswer.REOPENED, at, words.strip()
        self.done, self.done_on = action.done, action.done_on
        self.changed, self.recorded_on = action.changed, action.recorded_on
        self.recorded_where = action.recorded_where
        self.was_due_on = action.due_on
        action.reopen(at=at, rules=rules)
        told = dict.fromkeys(each for each in (action.owner, head) if each)
        about = (self.ref, action.allocation.ref)
        return [ActionReopened(about=action.ref, due_on=action.due_on.isoformat(), tell=tuple(told), touches=about)]

    def fall_away(self, *, at: datetime) -> list[Fact]:
        """What it was to check does not stand any more."""
        if not self.waits or self.is_of_what_stands:
            return []
        self.answer, self.answered_at = CheckAnswer.FELL_AWAY, at
        return [CheckFellAway(about=self.ref, touches=self._about())]

    def ask(self, person: Person, *, at: datetime, rules: Rulebook) -> list[Fact]:
        """Ask this one, be it in place of another who cannot."""
        before, self.checker = self.checker, person
        self.asked_at, self.due_on = at, rules.calendar.after(london(at).date(), rules.policy.checks.within)
        if before is None:
            return [CheckAsked(about=self.ref, why=self.why, tell=(person,), touches=self._about())]
        return [CheckHandedOn(about=self.ref, before=before.reference, tell=(person,), touches=self._about())]

    def must_go_to_another(self, *, at: datetime, rules: Rulebook) -> bool:
        """Nobody is asked yet, or who is asked has moved on, is too near by now, or is away until it is due."""
        today = london(at).date()
        if not self.waits:
            return False
        if self.checker is None or self.due_on is None or not self.checker.can_check(self):
            return True
        days = rules.calendar.working_days_between(today, max(self.due_on, today))
        return not self.checker.is_here_on(today) or self.checker.is_away_throughout(days)

    def _about(self) -> tuple[str, ...]:
        return (self.action.ref, self.action.allocation.ref)


def lot(seed: int, ref: str, one_in: int) -> int:
    """From 1 to `one_in`; 1 is drawn. The same seed and reference always cast the same."""
    return int.from_bytes(hashlib.sha256(f"{seed} {ref}".encode()).digest()[:8]) % one_in + 1


def confirmed(action: Action, had: int, *, seed: int, drawn: int, rules: CheckRules) -> Check:
    """What becomes of a confirmation: whether it is checked, and why. `had`: how many confirmations of this action have
    a row already; `drawn`: the last place that was given to one drawn of this month.
    """
    if action.state is not ActionState.CONFIRMED or action.confirmed_by is None or action.confirmed_at is None:
        msg = f"{action.ref} is not confirmed, so there is nothing to check."
        raise Refusal(msg)
    ref = f"CHK-{action.ref.removeprefix('ACT-')}-{had + 1}"
    why = ALWAYS.get(action.priority) or _by_lot(seed, ref, drawn, rules)
    return Check(
        ref=ref,
        action=action,
        confirmed_by=action.confirmed_by,
        confirmed_at=action.confirmed_at,
        why=why,
        seed=seed,
        month=f"{london(action.confirmed_at):%Y-%m}",
        place=drawn + 1 if why is WhyChecked.DRAWN else None,
    )


def _by_lot(seed: int, ref: str, drawn: int, rules: CheckRules) -> WhyChecked:
    if lot(seed, ref, rules.one_in) != 1:
        return WhyChecked.NOT_DRAWN
    return WhyChecked.DRAWN if drawn < rules.most_a_month else WhyChecked.MONTH_FULL


@dataclass(frozen=True)
class WhoMay:
    """Who could be asked, and what stands between them and a check. `had` counts the checks that each was asked for
    lately; `read` have audited or moderated what the action came from.
    """

    people: Sequence[Person]
    had: Mapping[Person, int] = field(default_factory=dict)
    read: Collection[Person] = ()
    known: Known = field(default_factory=Known)

    def best(self, check: Check, *, on: date, rules: Rulebook) -> Person | None:
        """Nobody whom a rule keeps from this child's record; then who has not read the audit, is at work, and was
        asked least.
        """
        action, days = check.action, rules.policy.checks.within
        window = rules.calendar.working_days_between(on, rules.calendar.after(on, days))

        def how_good(person: Person) -> tuple[bool, bool, int, str]:
            return (person in self.read, not person.is_at_work_on(on), self.had.get(person, 0), person.email)

        return min(
            (
                each
                for each in self.people
                if each is not check.checker and not each.is_too_near_to_check(action, check.confirmed_by)
                if not each.is_away_throughout(window)
                if not blocked(action.allocation.case, Candidate(each, room_for=1), self.known)
            ),
            key=how_good,
            default=None,
        )
