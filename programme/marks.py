"""How good an audit itself was, as its moderators mark it: the difference it made comes before how it was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from programme.actions import CHECK, Action
from programme.returns import Return
from programme.tool import Question
from programme.words import ActionState, Priority


class Mark(StrEnum):
    """In the order of the checklist."""

    IMPACT = "impact"
    EVIDENCE = "evidence"
    EVERY_QUESTION = "every_question"
    DATED_ACTIONS = "dated_actions"


MARK_LABELS = {
    Mark.IMPACT: "It says what difference the work made for the child, before how it was done",
    Mark.EVIDENCE: "Its judgements stand on evidence",
    Mark.EVERY_QUESTION: "It judges every question",
    Mark.DATED_ACTIONS: "Its actions have a date, and say what is to be done",
}

THIN_IMPACT = 60
"""Characters. Who writes less of the difference it made may have written of how it was done only."""


@dataclass(eq=False)
class Marked:
    mark: Mark
    met: bool
    id: int | None = None


def kept(marks: Mapping[Mark, bool]) -> list[Marked]:
    return [Marked(mark, marks[mark]) for mark in Mark]


def is_thin(impact: str) -> bool:
    return len(impact.strip()) < THIN_IMPACT


def counted(returned: Return, questions: Sequence[Question], actions: Sequence[Action]) -> Mapping[Mark, bool]:
    """The two marks that can be counted, from what the auditor sent."""
    judged = {each.question_key for each in returned.judgements if each.grade is not None}
    asked_for = [each for each in actions if _is_the_auditors_own(each)]
    return {
        Mark.EVERY_QUESTION: all(each.key in judged for each in questions),
        Mark.DATED_ACTIONS: all(each.named_on is not None for each in asked_for),
    }


def _is_the_auditors_own(action: Action) -> bool:
    """What a safety answer makes by itself, nobody dates; what a newer version does not ask for is gone."""
    by_itself = action.priority is Priority.IMMEDIATE or action.step.startswith(CHECK)
    return action.state is not ActionState.WITHDRAWN and not by_itself
