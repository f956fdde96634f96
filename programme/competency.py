"""From developing to competent: two different Heads of Service evaluate, leadership signs off. Nothing is left out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from programme.calendar import london
from programme.competency_facts import (
    CandidacyEnded,
    CompetencySignedOff,
    EvaluationAsked,
    EvaluationGiven,
    SignOffAsked,
)
from programme.facts import Fact
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.standing import FOR_QUALITY, must_be_quality
from programme.words import Competency, Role

NOT_FOR_APPRAISAL = "This is for learning. It is not for appraisal, and nobody may use it for that."
NOT_ASKED = "Somebody else was asked for this evaluation. Type /audit to see what is yours."
FOR_LEADERSHIP = "Leadership signs off competency. Type /audit to see what is yours."


@dataclass(frozen=True)
class Evaluated:
    """What an evaluator says: what they looked at, the audits it rests on, their words, and whether they recommend."""

    evidence: str
    words: str
    recommends: bool | None
    audits: Sequence[str]


@dataclass(eq=False)
class Evaluation:
    evaluator: Person
    asked_at: datetime
    said_at: datetime | None = None
    evidence: str = ""
    words: str = ""
    recommends: bool | None = None
    audits: list[str] = field(default_factory=list)
    id: int | None = None


@dataclass(eq=False)
class Candidacy:
    """One auditor put forward: two evaluations, and what leadership decides. Afterwards it stands as it ended."""

    ref: str
    person: Person
    opened_by: Person
    opened_at: datetime
    evaluations: list[Evaluation] = field(default_factory=list)
    signed_off: bool = False
    ended_at: datetime | None = None
    ended_by: Person | None = None
    ended_words: str = ""
    version: int = 1
    id: int | None = None

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def waits_for(self) -> list[Person]:
        """Evaluators who have not answered."""
        return [each.evaluator for each in self.evaluations if each.said_at is None] if self.is_open else []

    @property
    def waits_for_leadership(self) -> bool:
        return self.is_open and all(each.recommends for each in self.evaluations)

    @property
    def evaluators(self) -> list[Person]:
        return [each.evaluator for each in self.evaluations]

    def evaluation_of(self, person: Person) -> Evaluation:
        """For anybody else there is none."""
        if not person.can_evaluate(self):
            raise NotAllowed(NOT_ASKED)
        return next(each for each in self.evaluations if each.evaluator is person)

    def must_wait_for(self, person: Person) -> Evaluation:
        """The evaluation that somebody is asked for, and has not given."""
        mine = self.evaluation_of(person)
        if mine.said_at is not None:
            msg = f"You evaluated {self.person.name} on {london(mine.said_at):%A %-d %B}. Your words are kept."
            raise Refusal(msg)
        if not self.is_open:
            msg = "This is settled already: nobody waits for an evaluation here."
            raise Refusal(msg)
        return mine

    def evaluate(
        self, said: Evaluated, moderated: Collection[str], *, by: Person, at: datetime, leaders: Sequence[Person]
    ) -> list[Fact]:
        """One of the two evaluates, whole and once. `moderated` are the audits it may rest on."""
        mine = self.must_wait_for(by)
        _must_be_whole(said, moderated)
        mine.evidence, mine.words, mine.recommends = said.evidence.strip(), said.words.strip(), said.recommends
        mine.audits, mine.said_at = sorted(said.audits), at
        facts: list[Fact] = [EvaluationGiven(about=self.ref, tell=(self.person,))]
        if self.waits_for:
            return facts
        if self.waits_for_leadership:
            may = [each for each in leaders if each.can_sign_off_competency(self)]
            return [*facts, SignOffAsked(about=self.ref, tell=tuple(may))]
        self.ended_at = at
        return [*facts, CandidacyEnded(about=self.ref, tell=(self.opened_by,))]

    def must_be_for_leadership(self, by: Person) -> None:
        if not by.can_sign_off_competency(self):
            raise NotAllowed(FOR_LEADERSHIP)
        if not self.is_open:
            msg = f"This is settled already: {how_it_ended(self)}"
            raise Refusal(msg)
        if not self.waits_for_leadership:
            msg = f"Two Heads of Service recommend first. {_names(self.waits_for)} has not answered yet."
            raise Refusal(msg)

    def sign_off(self, words: str, *, by: Person, at: datetime) -> list[Fact]:
        """Leadership agrees; from today on the auditor is competent."""
        self.must_be_for_leadership(by)
        self._end(words, by=by, at=at)
        self.signed_off = True
        told = (self.person, self.opened_by, *self.evaluators)
        return [CompetencySignedOff(about=self.ref, tell=tuple(dict.fromkeys(told)))]

    def not_yet(self, words: str, *, by: Person, at: datetime) -> list[Fact]:
        """Leadership does not agree yet, and says what is missing."""
        self.must_be_for_leadership(by)
        if not words.strip():
            msg = "Say what would help, so that the auditor can learn from it."
            raise Refusal(msg, field="words")
        self._end(words, by=by, at=at)
        told = (self.person, self.opened_by)
        return [CandidacyEnded(about=self.ref, tell=tuple(dict.fromkeys(told)))]

    def name_instead(self, left: Person, new: Person, *, by: Person, at: datetime) -> list[Fact]:
        """Another Head of Service in the place of one who has not answered."""
        if not by.can_steer_competency():
            raise NotAllowed(FOR_QUALITY)
        waiting = self.must_wait_for(left)
        stays = [each for each in self.evaluators if each is not left]
        _must_be_two(self.person, [*stays, new], on=london(at).date())
        waiting.evaluator, waiting.asked_at = new, at
        return [EvaluationAsked(about=self.ref, tell=(new,))]

    def _end(self, words: str, *, by: Person, at: datetime) -> None:
        self.ended_at, self.ended_by, self.ended_words = at, by, words.strip()


def put_forward(
    person: Person, heads: Sequence[Person], before: Sequence[Candidacy], *, by: Person, at: datetime
) -> tuple[Candidacy, list[Fact]]:
    """A developing auditor, to two different Heads of Service. `before` is every time they were put forward."""
    must_be_quality(person, by)
    if not person.is_auditor or person.competency is not Competency.DEVELOPING:
        msg = f"{person.name} is not a developing auditor."
        raise Refusal(msg, field="first")
    if any(each.is_open for each in before):
        msg = f"{person.name} is put forward already."
        raise Refusal(msg, field="first")
    _must_be_two(person, heads, on=london(at).date())
    ref = f"COM-{person.id}-{len(before) + 1}"
    made = Candidacy(ref, person, by, at, [Evaluation(head, at) for head in heads])
    return made, [EvaluationAsked(about=ref, tell=tuple(heads))]


def is_of_own_line(head: Person, person: Person) -> bool:
    """Who manages them, or leads the service they work in."""
    return person.manager is head or head.leads_person(person)


def _must_be_two(person: Person, heads: Sequence[Person], *, on: date) -> None:
    for name, head in zip(("first", "second"), heads, strict=True):
        if Role.HEAD_OF_SERVICE not in head.roles or not head.is_here_on(on):
            raise Refusal("Choose a Head of Service who is in post.", field=name)
        if head is person:
            raise Refusal("Nobody evaluates their own auditing.", field=name)
    first, second = heads
    if first is second:
        raise Refusal("Choose two different Heads of Service.", field="second")
    if is_of_own_line(first, person) and is_of_own_line(second, person):
        msg = f"Both lead {person.name}. At least one must be of another line."
        raise Refusal(msg, field="second")


def _must_be_whole(said: Evaluated, moderated: Collection[str]) -> None:
    if not said.audits or not set(said.audits) <= set(moderated):
        raise Refusal("Choose at least one of their moderated audits: the evaluation rests on those.", field="audits")
    if not said.evidence.strip():
        raise Refusal("Say what you looked at.", field="evidence")
    if not said.words.strip():
        raise Refusal("Say in your own words what is strong, and what would help.", field="words")
    if said.recommends is None:
        raise Refusal("Choose whether you recommend it.", field="recommends")


def how_it_ended(candidacy: Candidacy) -> str:
    """In a sentence; '' while it is open."""
    if candidacy.ended_at is None:
        return ""
    day = f"{london(candidacy.ended_at):%A %-d %B %Y}"
    if candidacy.ended_by is None:
        return f"both had evaluated on {day}, and it is not yet time."
    return f"{candidacy.ended_by.name} {'signed off' if candidacy.signed_off else 'said not yet'} on {day}."


def _names(people: Sequence[Person]) -> str:
    return " and ".join(each.name for each in people) or "One of them"
