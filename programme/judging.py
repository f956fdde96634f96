"""A whole set of judgements of one audit, and what is missing from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from programme.refusals import Fault, Faulty
from programme.tool import Question
from programme.words import Grade

OVERALL = "overall"


@dataclass(frozen=True)
class Judged:
    """Overall, and by question key."""

    overall: Grade | None
    by_question: Mapping[str, Grade | None]

    def of(self, name: str) -> Grade | None:
        """Of a question by its key, or overall."""
        return self.overall if name == OVERALL else self.by_question.get(name)


def missing(judged: Judged, questions: Sequence[Question]) -> Iterator[Fault]:
    if judged.overall is None or judged.overall is Grade.NOT_APPLICABLE:
        yield Fault(OVERALL, "Choose the overall judgement.")
    for question in questions:
        if judged.by_question.get(question.key) is None:
            yield Fault(question.key, f"Choose a judgement for '{question.text}'. 'Not applicable' is an answer too.")


def refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise Faulty("Some answers are still needed.", faults)
