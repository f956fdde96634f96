"""The outcome of an audit: what was agreed goes to those whom it concerns, and they answer.

It waits from the moment it is agreed until somebody who runs the month has confirmed with whom the child is now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from programme.actions import Action
from programme.allocations import Allocation
from programme.calendar import end_of, london
from programme.circle import Circle
from programme.facts import ActionsStarted, Fact
from programme.outcome_facts import (
    HelpSaid,
    MistakePointedOut,
    OutcomeAcknowledged,
    OutcomeAnswered,
    OutcomeOpened,
    OutcomeSent,
)
from programme.outcome_words import CopyFor, Helped, SaidKind, Settled
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.rulebook import Rulebook
from programme.words import Grade

LONGEST = 5_000
LONGEST_LINE = 300
NOT_SENT_TO_YOU = "This outcome was not sent to you."
NOT_YOURS_TO_ANSWER = "The child's social worker and Team Manager can answer this."

Agreed = Mapping[str, Grade | None]
"""What was agreed: overall, and by question key."""


@dataclass(eq=False)
class Copy:
    """One person's copy: when it was sent, opened and acknowledged. Of the social worker also whether it helped."""

    person: Person
    standing: CopyFor
    sent_at: datetime
    opened_at: datetime | None = None
    acknowledged_at: datetime | None = None
    helped: Helped | None = None
    helped_words: str = ""
    helped_at: datetime | None = None
    id: int | None = None


@dataclass(eq=False)
class Said:
    """An answer, or a factual mistake with what the moderators said of it. Both stay for ever."""

    person: Person
    kind: SaidKind
    words: str
    said_at: datetime
    settled: Settled | None = None
    settled_words: str = ""
    settled_by: Person | None = None
    settled_at: datetime | None = None
    id: int | None = None

    @property
    def waits(self) -> bool:
        """A mistake that nobody has answered yet."""
        return self.kind is SaidKind.MISTAKE and self.settled is None


@dataclass(eq=False)
class Mended:
    """What was agreed, anew: before, after, why. The judgements are kept by question key, and 'overall'."""

    before: dict[str, str | None]
    after: dict[str, str | None]
    reason: str
    by: Person
    at: datetime
    id: int | None = None


@dataclass(eq=False)
class Outcome:
    allocation: Allocation
    agreed_at: datetime
    sent_at: datetime | None = None
    sent_by: Person | None = None
    copies: list[Copy] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    mended: list[Mended] = field(default_factory=list)
    version: int = 1
    id: int | None = None

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None

    @property
    def told(self) -> tuple[Person, ...]:
        """Everybody who has a copy."""
        return tuple(copy.person for copy in self.copies)

    def copy_of(self, person: Person) -> Copy | None:
        return next((copy for copy in self.copies if copy.person is person), None)

    def is_late(self, today: date, rules: Rulebook) -> bool:
        """Not sent within the working days that policy gives after it was agreed."""
        last = rules.calendar.after(london(self.agreed_at).date(), rules.policy.month.outcomes_after)
        return not self.is_sent and today > last

    def send(self, circle: Circle, *, by: Person, at: datetime, rules: Rulebook) -> list[Fact]:
        """To the auditor, the social worker and the Team Manager; to the Head of Service once policy says so."""
        if not by.can_send_outcomes():
            msg = "Those who run the month send outcomes."
            raise NotAllowed(msg)
        if self.sent_at is not None:
            who = self.sent_by.name if self.sent_by else "Somebody"
            msg = f"{self.allocation.ref} was sent by {who} on {london(self.sent_at):%A %-d %B at %H:%M}."
            raise Refusal(msg)
        self.sent_at, self.sent_by = at, by
        self.copies = [Copy(who, standing, at) for who, standing in _sent_to(self.allocation, circle, at, rules)]
        return [OutcomeSent(about=self.allocation.ref, tell=self.told)]

    def open(self, *, by: Person, at: datetime) -> list[Fact]:
        """Its copy was looked at; only the first time counts, and who has none leaves no trace."""
        copy = self.copy_of(by)
        if copy is None or copy.opened_at is not None:
            return []
        copy.opened_at = at
        return [OutcomeOpened(about=self.allocation.ref)]

    def acknowledge(self, *, by: Person, at: datetime) -> list[Fact]:
        """They have it. Pressed twice it is known."""
        copy = self.copy_of(by)
        if copy is None or not by.can_acknowledge(self):
            raise NotAllowed(NOT_SENT_TO_YOU)
        if copy.acknowledged_at is not None:
            return []
        copy.acknowledged_at = at
        return [OutcomeAcknowledged(about=self.allocation.ref)]

    @property
    def told_at(self) -> datetime | None:
        """When its last version went out."""
        return max((each.at for each in self.mended), default=self.sent_at)

    def closes_on(self, rules: Rulebook) -> date | None:
        """The last day on which it can be answered."""
        if self.told_at is None:
            return None
        return rules.calendar.after(london(self.told_at).date(), rules.policy.outcomes.answer_within)

    def may_be_answered(self, *, at: datetime, rules: Rulebook) -> bool:
        last = self.closes_on(rules)
        return last is not None and at <= end_of(last)

    def must_be_answerable_by(self, person: Person, *, at: datetime, rules: Rulebook) -> None:
        """By who works with the child now, within the days that policy gives."""
        if not person.can_answer_outcome(self):
            raise NotAllowed(NOT_YOURS_TO_ANSWER)
        if not self.may_be_answered(at=at, rules=rules):
            raise Refusal(closed_words(self, rules))

    def say(
        self,
        kind: SaidKind,
        words: str,
        *,
        by: Person,
        at: datetime,
        rules: Rulebook,
        moderators: Sequence[Person] = (),
    ) -> list[Fact]:
        """An answer, of which the auditor hears; or a mistake, which goes to those who can settle it."""
        self.must_be_answerable_by(by, at=at, rules=rules)
        words = words.strip()
        if not words:
            msg = "Write what you want to say." if kind is SaidKind.ANSWER else "Write what is not right, and what is."
            raise Refusal(msg, field="words")
        if len(words) > LONGEST:
            msg = f"This is {len(words)} characters long; at most {LONGEST} are kept."
            raise Refusal(msg, field="words")
        self.said.append(Said(by, kind, words, at))
        ref, auditor = self.allocation.ref, self.allocation.holder
        if kind is SaidKind.MISTAKE:
            return [MistakePointedOut(about=ref, tell=tuple(moderators))]
        return [OutcomeAnswered(about=ref, tell=(auditor,) if auditor and auditor is not by else ())]

    def say_it_helped(self, helped: Helped | None, words: str, *, by: Person, at: datetime) -> list[Fact]:
        """Whether the audit helped, as the social worker says; the last word stands."""
        copy = self.copy_of(by)
        if copy is None or copy.standing is not CopyFor.WORKER:
            msg = "This is asked of the child's social worker."
            raise NotAllowed(msg)
        if helped is None:
            msg = "Choose whether this audit helped."
            raise Refusal(msg, field="helped")
        if len(words.strip()) > LONGEST_LINE:
            msg = f"Keep it to one line of at most {LONGEST_LINE} characters."
            raise Refusal(msg, field="helped_words")
        copy.helped, copy.helped_words, copy.helped_at = helped, words.strip(), at
        return [HelpSaid(about=self.allocation.ref)]


def closed_words(outcome: Outcome, rules: Rulebook) -> str:
    """Kindly, and whom to ask instead."""
    last, about = outcome.closes_on(rules), rules.policy.programme
    until = f" It was open until {last:%A %-d %B}." if last else ""
    whom = about.contact_name or "the administrator"
    return f"This outcome is closed to answers now.{until} Is something still not right? Please ask {whom}."


def _sent_to(audit: Allocation, circle: Circle, at: datetime, rules: Rulebook) -> list[tuple[Person, CopyFor]]:
    """Each once, and only who is in post."""
    today = london(at).date()
    heads = circle.head_of_service if today >= rules.policy.outcomes.heads_from else None
    near = {
        CopyFor.AUDITOR: audit.holder,
        CopyFor.WORKER: audit.case.social_worker,
        CopyFor.MANAGER: circle.team_manager,
        CopyFor.HEAD: heads,
    }
    found: dict[Person, CopyFor] = {}
    for standing, person in near.items():
        if person is not None and person.is_here_on(today):
            found.setdefault(person, standing)
    return list(found.items())


def start_actions(
    actions: Sequence[Action], audit: Allocation, owner: Person, *, at: datetime, rules: Rulebook
) -> list[Fact]:
    """The actions that waited for the outcome go to who owns them now."""
    started = [action for action in actions if action.start(at=at, rules=rules)]
    for action in started:
        action.owner = owner
    return [ActionsStarted(about=audit.ref, tell=(owner,))] if started else []


@dataclass(frozen=True)
class AsKnown:
    """An outcome that waits, with whom the child is as far as is known, and what changed since the sample."""

    outcome: Outcome
    worker: Person | None
    manager: Person | None
    changed: tuple[str, ...]

    @property
    def ref(self) -> str:
        return self.outcome.allocation.ref


def as_known(outcome: Outcome, circle: Circle, today: date) -> AsKnown:
    audit = outcome.allocation
    return AsKnown(outcome, audit.case.social_worker, circle.team_manager, tuple(_changes(audit, circle, today)))


def _changes(audit: Allocation, circle: Circle, today: date) -> list[str]:
    """What is not as the sample said, each in a sentence."""
    case, said = audit.case, []
    worker, before, manager = case.social_worker, case.team_manager, circle.team_manager
    if case.team is None:
        said.append("No team is known.")
    if worker is None:
        said.append("No social worker is known.")
    elif not worker.is_here_on(today):
        said.append(f"{worker.name} has moved on.")
    elif worker.team is not case.team:
        said.append(f"{worker.name} works in {worker.team.name if worker.team else 'no team'} now.")
    if manager is None:
        said.append("The team has no Team Manager now.")
    elif before is not None and manager is not before:
        said.append(f"The Team Manager was {before.name}, and is {manager.name} now.")
    return said
