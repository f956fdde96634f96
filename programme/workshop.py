"""The agenda of a month's moderation workshop: what came up most often, and what to do about it together.

It speaks of audits, never of who did them. What came up once is left out: it would speak of one person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from programme.changed import WhyChanged
from programme.marks import Mark
from programme.tool import Question

AT_LEAST = 2
"""Audits in which something came up."""
AT_MOST = 5
"""Points of each kind: there is one afternoon."""


@dataclass(frozen=True)
class Found:
    """In how many audits of a month: why a judgement changed, which question's did, and which mark was not met."""

    moderated: int
    why: Mapping[WhyChanged, int]
    questions: Mapping[str, int]
    not_met: Mapping[Mark, int]


@dataclass(frozen=True)
class Point:
    """In `n` of `of` audits; what to do about it, where there is something that mostly helps."""

    said: str
    n: int
    of: int
    do: str = ""


OF_MARKS: Mapping[Mark, tuple[str, str]] = {
    Mark.IMPACT: (
        "What the work changed for the child is not said, or only after how it was done",
        "Each brings one audit. Write its first sentence anew, so that it begins with the child.",
    ),
    Mark.EVIDENCE: (
        "A judgement does not stand on evidence",
        "Take one judgement, and find together the place in the record that carries it.",
    ),
    Mark.EVERY_QUESTION: (
        "A question was not judged",
        "Which questions are left out, and is it that they do not apply? Then 'not applicable' is the answer.",
    ),
    Mark.DATED_ACTIONS: (
        "An action has no date, or does not say what is to be done",
        "Write two of them anew: one step, who does it, by when, and how anybody will know that it worked.",
    ),
}
OF_CHANGES: Mapping[WhyChanged, tuple[str, str]] = {
    WhyChanged.NO_EVIDENCE: (
        "The pair found that the evidence does not support the judgement",
        "Read two pieces of evidence side by side, and judge from these words alone.",
    ),
    WhyChanged.IMPACT_NOT_SHOWN: (
        "The pair did not see what difference it made",
        "Ask of each audit: what is otherwise for this child now, and who says so?",
    ),
    WhyChanged.STANDARD_READ: (
        "The standard was read differently",
        "Read the standard and its descriptors aloud. Agree on one example of good, and write it down.",
    ),
    WhyChanged.MISSED: ("Something in the record was missed", "Where does it stand in the record? Show each other."),
    WhyChanged.NEW_INFORMATION: ("There was new information by the moderation day", ""),
    WhyChanged.LEFT_BLANK: ("The auditor left a judgement blank, and the pair gave it", ""),
    WhyChanged.OTHER: ("A judgement changed for another reason", ""),
}


def of_audits(found: Found) -> list[Point]:
    """How the audits themselves are done: what most of them lack stands first."""
    points = (Point(said, found.not_met.get(mark, 0), found.moderated, do) for mark, (said, do) in OF_MARKS.items())
    return _most_often(points)


def of_judgements(found: Found) -> list[Point]:
    """Why judgements changed."""
    points = (Point(said, found.why.get(why, 0), found.moderated, do) for why, (said, do) in OF_CHANGES.items())
    return _most_often(points)


def of_questions(found: Found, questions: list[Question]) -> list[Point]:
    """Whose judgement changed."""
    return _most_often(Point(each.text, found.questions.get(each.key, 0), found.moderated) for each in questions)


def _most_often(points: Iterator[Point]) -> list[Point]:
    enough = [each for each in points if each.n >= AT_LEAST]
    return sorted(enough, key=lambda each: -each.n)[:AT_MOST]
