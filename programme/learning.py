"""What somebody learnt: from an audit they did, from one they moderated, or from training; and whether it was worth it.

One question and a line of words, asked once for each audit. The words are the learner's own record. Of the answers
there is only a count, from so many on that nobody can be told from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from programme.allocations import Allocation
from programme.calendar import london
from programme.competency_facts import LearningNoted
from programme.facts import Fact
from programme.moderation import Moderation
from programme.people import Person
from programme.refusals import NotAllowed, Refusal

LONGEST = 2_000
SHORTEST = 5


class After(StrEnum):
    AUDIT = "audit"
    MODERATION = "moderation"
    TRAINING = "training"


class Worth(StrEnum):
    """Whether it was worth the time."""

    VERY = "very"
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


WORTH_LABELS = {
    Worth.VERY: "Yes, very much",
    Worth.YES: "Yes",
    Worth.PARTLY: "Partly",
    Worth.NO: "No",
}
AFTER_LABELS = {After.AUDIT: "An audit", After.MODERATION: "Moderating", After.TRAINING: "Training"}


@dataclass(eq=False)
class Learnt:
    """One entry of somebody's record. `worth` is None of training, which nobody is asked about."""

    person: Person
    after: After
    day: date
    said_at: datetime
    words: str = ""
    worth: Worth | None = None
    allocation: Allocation | None = None
    id: int | None = None


@dataclass(frozen=True)
class ToSay:
    """An audit that somebody has done or moderated, and of which they have not said how it was."""

    allocation: Allocation
    after: After


@dataclass(frozen=True)
class Pulse:
    """How many answered what; of them how many found it worth their time."""

    counted: Mapping[Worth, int]

    @property
    def answered(self) -> int:
        return sum(self.counted.values())

    @property
    def worth_it(self) -> int:
        return self.counted.get(Worth.VERY, 0) + self.counted.get(Worth.YES, 0)


def who_reads_it(enough: int) -> str:
    """Said where it is asked. `enough` is how many must have answered before anybody sees a count."""
    return (
        "Please write no names. Your words stand on your profile: you, the Head of Quality, and who evaluates you while"
        f" they are asked can read them. Of the answers there is only a count, once {enough} have answered."
    )


def after_which(audit: Allocation, moderation: Moderation | None, person: Person) -> After:
    """What they did of it: who sent it in, or one of the pair once it is agreed; nobody else is asked."""
    if not person.can_say_how_it_was(audit, moderation):
        msg = "This is for who did the audit or moderated it."
        raise NotAllowed(msg)
    return After.AUDIT if audit.holder is person else After.MODERATION


def say(
    person: Person, audit: Allocation, after: After, worth: str, words: str, had: Learnt | None, *, at: datetime
) -> tuple[Learnt, list[Fact]]:
    """How it was, and what they learnt from it; the words may be left out."""
    if had is not None:
        msg = f"You have said so on {london(had.said_at):%A %-d %B}. Thank you."
        raise Refusal(msg)
    if worth not in set(Worth):
        raise Refusal("Say whether it was worth your time.", field="worth")
    said = _fitting(words)
    learnt = Learnt(person, after, london(at).date(), at, said, Worth(worth), audit)
    return learnt, [LearningNoted(about=person.reference)]


def note_training(
    person: Person, day: date | None, words: str, *, by: Person, at: datetime
) -> tuple[Learnt, list[Fact]]:
    """Training, as the learner notes it themselves."""
    if not by.can_answer_profile(person):
        msg = f"{person.name} notes that for themselves."
        raise NotAllowed(msg)
    if day is None or day > london(at).date():
        raise Refusal("Choose the day of the training, today or before.", field="day")
    said = _fitting(words)
    if len(said) < SHORTEST:
        raise Refusal("Say what the training was about.", field="words")
    return Learnt(person, After.TRAINING, day, at, said), [LearningNoted(about=person.reference)]


def _fitting(words: str) -> str:
    said = words.strip()
    if len(said) > LONGEST:
        msg = f"Say it in {LONGEST:,} characters or fewer."
        raise Refusal(msg, field="words")
    return said
