"""How an auditor's audits were moderated, counted. Every figure names the audits it is counted from.

Under the policy's number of moderated audits there is no percentage and no course over time: only counts, and the words
of feedback. It is for learning, never for appraisal.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from programme.competency_facts import ProfileAnswered
from programme.facts import Fact
from programme.figures import Share
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.words import Grade

LONGEST = 2_000


@dataclass(eq=False)
class ProfileAnswer:
    """What an auditor says to their profile. Each stands, with its day."""

    person: Person
    words: str
    said_at: datetime
    id: int | None = None


@dataclass(frozen=True)
class Moderated:
    """One audit that was moderated, as far as a profile counts it. `feedback` are the moderators' words."""

    ref: str
    month: str
    agreed_on: date
    overall: Grade | None
    agreed: Grade
    late: bool = False
    blanks: int = 0
    actions: int = 0
    undated: int = 0
    marks: tuple[tuple[str, bool], ...] = ()
    feedback: tuple[str, ...] = ()

    @property
    def shift(self) -> float:
        """How far the agreed judgement is above the auditor's: above 0 the auditor was harsher."""
        return 0.0 if self.overall is None else float(self.agreed) - float(self.overall)

    @property
    def is_agreed(self) -> bool:
        return self.overall is not None and self.shift == 0

    @property
    def is_harsher(self) -> bool:
        return self.shift > 0

    @property
    def is_kinder(self) -> bool:
        return self.shift < 0


@dataclass(frozen=True)
class Figure:
    """So many of so many, and which. `percent` only where there are enough to say one; `lately` is the newer half."""

    name: str
    counted: Sequence[Moderated]
    of: Sequence[Moderated]
    percent: int | None = None
    before: Share | None = None
    lately: Share | None = None

    @property
    def n(self) -> int:
        return len(self.counted)


Counts = Callable[[Moderated], bool]

KINDS: Sequence[tuple[str, Counts]] = (
    ("Agreed with moderation", lambda each: each.is_agreed),
    ("Judged more harshly than was agreed", lambda each: each.is_harsher),
    ("Judged more kindly than was agreed", lambda each: each.is_kinder),
    ("Returned late", lambda each: each.late),
    ("Left a question blank", lambda each: each.blanks > 0),
    ("Had an action without a date", lambda each: each.undated > 0),
)


@dataclass(frozen=True)
class Profile:
    """`audits` are all of theirs that were moderated, the oldest first. `enough`: from how many on more is said."""

    person: Person
    audits: Sequence[Moderated]
    enough: int

    @property
    def says_more_than_counts(self) -> bool:
        return len(self.audits) >= self.enough

    @property
    def figures(self) -> list[Figure]:
        marks = dict.fromkeys(name for audit in self.audits for name, _ in audit.marks)
        return [
            *(self._figure(name, self.audits, counts) for name, counts in KINDS),
            *(self._of_mark(name) for name in marks),
        ]

    @property
    def feedback(self) -> list[tuple[Moderated, str]]:
        """What moderators wrote, the newest first."""
        return [(audit, words) for audit in reversed(self.audits) for words in audit.feedback]

    def _of_mark(self, name: str) -> Figure:
        """Of those audits that were marked for it."""
        marked = [audit for audit in self.audits if name in dict(audit.marks)]
        return self._figure(f"Marked as met: {name}", marked, lambda each: dict(each.marks)[name])

    def _figure(self, name: str, of: Sequence[Moderated], counts: Counts) -> Figure:
        counted = [audit for audit in of if counts(audit)]
        if len(of) < self.enough:
            return Figure(name, counted, of)
        middle = len(of) // 2
        older, newer = of[:middle], of[middle:]
        return Figure(
            name,
            counted,
            of,
            percent=Share(len(counted), len(of)).percent,
            before=Share(sum(map(counts, older)), len(older)),
            lately=Share(sum(map(counts, newer)), len(newer)),
        )


def answer(person: Person, words: str, *, by: Person, at: datetime) -> tuple[ProfileAnswer, list[Fact]]:
    """An auditor's own words to what stands there."""
    if not by.can_answer_profile(person):
        msg = f"{person.name} answers that for themselves."
        raise NotAllowed(msg)
    said = words.strip()
    if not said:
        raise Refusal("Write what you would like to say.", field="answer")
    if len(said) > LONGEST:
        msg = f"Say it in {LONGEST:,} characters or fewer."
        raise Refusal(msg, field="answer")
    return ProfileAnswer(person, said, at), [ProfileAnswered(about=person.reference)]
