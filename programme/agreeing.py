"""What a pair writes down when it agrees, and what is still missing from that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from programme import changed, judging, settling
from programme.actions import Action
from programme.changed import Because
from programme.judging import Judged
from programme.marks import MARK_LABELS, Mark
from programme.refusals import Fault
from programme.returns import Judgement, Return
from programme.settling import Settled
from programme.tool import Question


@dataclass(frozen=True)
class Agreement:
    """The judgements, why each that changed is not the auditor's, what was talked about; how the actions are left; how
    good the audit itself was, and a note of that to the auditor.
    """

    judged: Judged
    discussed: str
    note: str
    because: Mapping[str, Because] = field(default_factory=dict)
    marks: Mapping[Mark, bool] = field(default_factory=dict)
    actions: Sequence[Settled] = ()


@dataclass(frozen=True)
class Moderated:
    """What a pair agrees on: the return as it counts now, what it was asked, and every action ever raised of it."""

    returned: Return
    questions: Sequence[Question]
    had: Sequence[Action]


def faults_in(said: Agreement, moderated: Moderated, *, today: date) -> Iterator[Fault]:
    """In the order of the page."""
    returned, questions = moderated.returned, moderated.questions
    yield from judging.missing(said.judged, questions)
    yield from changed.unexplained(said.judged, said.because, returned, questions)
    yield from settling.faults_in(said.actions, moderated.had, today=today)
    if not said.discussed.strip():
        yield Fault("discussed", "Say in a line what you talked about, or why it is decided so.")
    for mark in Mark:
        if mark not in said.marks:
            yield Fault(f"mark.{mark}", f"Say whether this is so: '{MARK_LABELS[mark]}'.")
    if not said.note.strip():
        yield Fault("note", "Write a line to the auditor, and begin with what was done well.")


def judge(returned: Return, judged: Judged, questions: Sequence[Question]) -> None:
    """What is agreed stands on the return, beside what its auditor judged."""
    returned.agreed = judged.overall
    for question in questions:
        _judgement(returned, question.key).agreed = judged.by_question.get(question.key)


def _judgement(returned: Return, key: str) -> Judgement:
    """The auditor's own answer to a question; one they were not asked is added as blank."""
    found = next((each for each in returned.judgements if each.question_key == key), None)
    if found is None:
        found = Judgement(key, None)
        returned.judgements.append(found)
    return found
