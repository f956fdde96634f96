"""A practice case: one child's record that everybody scores, so that all see how far they lie apart, and why to talk.

It speaks of judgements, never of who made them; each reader knows their own.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from programme.judging import OVERALL
from programme.returns import Return
from programme.tool import AuditTool
from programme.words import Grade


@dataclass(frozen=True)
class Spread:
    """How often each grade was given for one question, or overall; the reader's own, where they scored it."""

    asked: str
    counted: Mapping[Grade, int]
    own: Grade | None = None

    @property
    def judged(self) -> int:
        return sum(self.counted.values())

    @property
    def apart(self) -> float:
        """From the lowest to the highest grade; 'not applicable' lies nowhere."""
        grades = [float(each) for each in self.counted if each is not Grade.NOT_APPLICABLE]
        return max(grades) - min(grades) if grades else 0.0

    @property
    def is_of_one_mind(self) -> bool:
        return len(self.counted) <= 1


def spreads(tool: AuditTool, returns: Sequence[Return], own: Return | None) -> list[Spread]:
    """Overall, then each question, those that lie furthest apart first."""
    by_key = [_judged(each) for each in returns]
    mine = _judged(own) if own else {}
    asked = {OVERALL: "Overall"} | {each.key: each.text for each in tool.questions}

    def of(key: str) -> Spread:
        return Spread(asked[key], Counter(grade for each in by_key if (grade := each.get(key))), mine.get(key))

    questions = [of(key) for key in asked if key != OVERALL]
    return [of(OVERALL), *sorted(questions, key=lambda each: -each.apart)]


def _judged(returned: Return) -> dict[str, Grade]:
    judged = {each.question_key: each.grade for each in returned.judgements if each.grade}
    return judged | ({OVERALL: returned.overall} if returned.overall else {})
