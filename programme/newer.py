"""What is other in a newer version of a return than in the one that a moderator has read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from programme.returns import Return
from programme.tool import AuditTool, Question
from programme.words import Grade


@dataclass(frozen=True)
class Difference:
    """Of one question, or of a part of the form: how it was, and how it is now."""

    what: str
    before: str
    now: str


def differences(
    before: Return, now: Return, questions: Sequence[Question], tool: AuditTool, *, with_judgements: bool
) -> list[Difference]:
    """In the order of the page. The auditor's judgements are among them only for who may see those."""
    found = [
        *_question_by_question(before, now, questions, tool, with_judgements=with_judgements),
        Difference("What is strong here", before.strengths, now.strengths),
        Difference("The difference it made", before.impact, now.impact),
    ]
    if with_judgements:
        found.append(Difference("Overall", _said(tool, before.overall), _said(tool, now.overall)))
    return [each for each in found if each.before != each.now]


def _question_by_question(
    before: Return, now: Return, questions: Sequence[Question], tool: AuditTool, *, with_judgements: bool
) -> Iterator[Difference]:
    was = {each.question_key: each for each in before.judgements}
    is_now = {each.question_key: each for each in now.judgements}
    for question in questions:
        old, new = was.get(question.key), is_now.get(question.key)
        if with_judgements:
            grades = _said(tool, old.grade if old else None), _said(tool, new.grade if new else None)
            yield Difference(f"{question.text} The auditor's judgement", *grades)
        yield Difference(f"{question.text} What was found", old.evidence if old else "", new.evidence if new else "")


def _said(tool: AuditTool, grade: Grade | None) -> str:
    return "Blank" if grade is None else tool.label(grade).capitalize()
