"""What the pages of moderation are filled with, and what is read from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from programme import marks
from programme.actions import Action
from programme.agreeing import Agreement
from programme.allocations import Allocation
from programme.changed import TO_CHOOSE, Because, Changed, WhyChanged
from programme.judging import OVERALL, Judged
from programme.marks import Mark
from programme.moderation import Moderation, questions_of, tool_of
from programme.returns import Return
from programme.settling import Settled
from programme.tool import Question
from programme.words import Grade

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Line:
    """One question with every judgement of it, and why the agreed one is not the auditor's."""

    question: Question
    auditors: Grade | None
    evidence: str
    blind: tuple[Grade | None, ...]
    agreed: Grade | None
    changed: Changed | None

    @property
    def is_alike(self) -> bool:
        """All judged it, and judged it the same."""
        return self.auditors is not None and {self.auditors} == set(self.blind)


def lines_of(audit: Allocation, returned: Return, moderation: Moderation | None) -> list[Line]:
    answers = {each.question_key: each for each in returned.judgements}
    readings = moderation.readings if moderation else []
    changed = {each.name: each for each in moderation.changed} if moderation else {}
    return [
        Line(
            question,
            answers[question.key].grade if question.key in answers else None,
            answers[question.key].evidence if question.key in answers else "",
            tuple(reading.judged(question.key) for reading in readings),
            answers[question.key].agreed if question.key in answers else None,
            changed.get(question.key),
        )
        for question in questions_of(audit)
    ]


def preselected(lines: list[Line], found: Moderation, returned: Return, actions: list[Action]) -> dict[str, str]:
    """Where the auditor and both moderators judge alike, that is what is agreed unless they choose otherwise; and the
    marks that can be counted.
    """
    alike = {line.question.key: line.auditors for line in lines if line.is_alike}
    if {returned.overall} == {reading.overall for reading in found.readings}:
        alike[OVERALL] = returned.overall
    counted = marks.counted(returned, [line.question for line in lines], actions)
    return {name: grade.value for name, grade in alike.items() if grade is not None} | {
        f"mark.{mark}": YES if met else NO for mark, met in counted.items()
    }


def as_judged(said: Mapping[str, str], audit: Allocation) -> Judged:
    """The judgements in the fields that are on this month's scale; anything else counts as not given."""
    scale = {step.grade.value: step.grade for step in tool_of(audit).scale}
    known = scale | {Grade.NOT_APPLICABLE.value: Grade.NOT_APPLICABLE}
    return Judged(
        overall=scale.get(said.get(OVERALL, "")),
        by_question={each.key: known.get(said.get(each.key, "")) for each in questions_of(audit)},
    )


def as_agreed(said: Mapping[str, str], audit: Allocation, actions: Sequence[Settled]) -> Agreement:
    names = [OVERALL, *(each.key for each in questions_of(audit))]
    answers = {mark: said.get(f"mark.{mark}") for mark in Mark}
    return Agreement(
        as_judged(said, audit),
        discussed=said.get("discussed", ""),
        note=said.get("note", ""),
        because={name: _because(said, name) for name in names},
        marks={mark: answer == YES for mark, answer in answers.items() if answer in {YES, NO}},
        actions=actions,
    )


def _because(said: Mapping[str, str], name: str) -> Because:
    code = said.get(f"{name}.why", "")
    return Because(WhyChanged(code) if code in TO_CHOOSE else None, said.get(f"{name}.words", ""))
