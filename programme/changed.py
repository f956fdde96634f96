"""Why an agreed judgement is not the auditor's: one code and a few words for each that changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from programme.judging import OVERALL, Judged
from programme.refusals import Fault
from programme.returns import Return
from programme.tool import Question
from programme.words import Grade


class WhyChanged(StrEnum):
    NO_EVIDENCE = "no_evidence"
    IMPACT_NOT_SHOWN = "impact_not_shown"
    STANDARD_READ = "standard_read"
    MISSED = "missed"
    NEW_INFORMATION = "new_information"
    OTHER = "other"
    LEFT_BLANK = "left_blank"


WHY_CHANGED_LABELS = {
    WhyChanged.NO_EVIDENCE: "The evidence does not support it",
    WhyChanged.IMPACT_NOT_SHOWN: "The difference it made is not shown",
    WhyChanged.STANDARD_READ: "The standard was read differently",
    WhyChanged.MISSED: "Something was missed",
    WhyChanged.NEW_INFORMATION: "There is new information",
    WhyChanged.OTHER: "Another reason",
    WhyChanged.LEFT_BLANK: "The auditor left it blank",
}

TO_CHOOSE = {why: label for why, label in WHY_CHANGED_LABELS.items() if why is not WhyChanged.LEFT_BLANK}
"""What is blank explains itself: nobody is asked why."""


@dataclass(frozen=True)
class Because:
    why: WhyChanged | None
    words: str = ""


@dataclass(eq=False)
class Changed:
    """`name` is the question's key, or overall. Both judgements stand here as they were on that day."""

    name: str
    auditors: Grade | None
    agreed: Grade | None
    why: WhyChanged
    words: str
    id: int | None = None

    @property
    def why_in_words(self) -> str:
        said = WHY_CHANGED_LABELS[self.why]
        return f"{said}: {self.words}" if self.words else f"{said}."


def auditors_judgement(returned: Return) -> Judged:
    return Judged(returned.overall, {each.question_key: each.grade for each in returned.judgements})


def names_changed(agreed: Judged, returned: Return, questions: Sequence[Question]) -> list[str]:
    """Where the agreed judgement is not the auditor's: overall first, then the questions in their order."""
    auditors = auditors_judgement(returned)
    return [name for name in (OVERALL, *(each.key for each in questions)) if agreed.of(name) != auditors.of(name)]


def unexplained(
    agreed: Judged, because: Mapping[str, Because], returned: Return, questions: Sequence[Question]
) -> Iterator[Fault]:
    auditors = auditors_judgement(returned)
    asked = {OVERALL: "the overall judgement"} | {each.key: f"'{each.text}'" for each in questions}
    for name in names_changed(agreed, returned, questions):
        said = because.get(name, Because(None))
        if agreed.of(name) is None or auditors.of(name) is None:
            continue  # nothing agreed yet, or nothing there to differ from
        if said.why is None:
            yield Fault(f"{name}.why", f"Choose why {asked[name]} is not the auditor's.")
        if not said.words.strip():
            yield Fault(f"{name}.words", f"Say in a few words why {asked[name]} is not the auditor's.")


def explained(
    agreed: Judged, because: Mapping[str, Because], returned: Return, questions: Sequence[Question]
) -> list[Changed]:
    """One for each judgement that changed, all of them explained."""
    auditors = auditors_judgement(returned)
    changed = []
    for name in names_changed(agreed, returned, questions):
        said = because.get(name, Because(None)) if auditors.of(name) is not None else Because(WhyChanged.LEFT_BLANK)
        why = said.why or WhyChanged.OTHER
        changed.append(Changed(name, auditors.of(name), agreed.of(name), why, said.words.strip()))
    return changed


def in_one_line(changed: Sequence[Changed]) -> str:
    """For a table with a line for each audit."""
    return " ".join(dict.fromkeys(each.words for each in changed if each.words))
