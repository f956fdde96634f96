"""Fields of text, by the names the contract gives them, read into answers. Every fault is named by its field.

A page, a row of a file and a webhook all end here, so the same answer means the same whatever it came by.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from programme.answers import ACTIONS_AT_MOST, OUTCOME_TAGS, ActionWanted, Answers, Asked, Feedback, Judged
from programme.refusals import Fault
from programme.tool import AuditTool
from programme.words import Grade, Priority, Safety, Voice, WhyNotAsked
from storage.types import UNKEEPABLE

LONGEST = 5_000

Word = TypeVar("Word", bound=StrEnum)

YES_AND_NO = {"yes": True, "no": False}


@dataclass
class Fields:
    """The fields of one return, read one by one; what cannot be read is gathered in `faults`."""

    said: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def text(self, name: str) -> str:
        words = self.said.get(name, "").replace("\r\n", "\n").strip()
        if UNKEEPABLE.search(words):
            self.wrong(name, "There is a character in this answer that cannot be kept. Type it again.")
            return ""
        if len(words) > LONGEST:
            self.wrong(name, f"This answer has {len(words):,} characters. Shorten it to {LONGEST:,}.")
        return words

    def word(self, name: str, words: type[Word]) -> Word | None:
        said = self.text(name)
        if not said:
            return None
        try:
            return words(said)
        except ValueError:
            self.wrong(name, f"'{said[:40]}' is not one of the answers here.")
            return None

    def yes(self, name: str) -> bool | None:
        said = self.text(name).lower()
        if said and said not in YES_AND_NO:
            self.wrong(name, f"'{said[:40]}' is neither yes nor no.")
        return YES_AND_NO.get(said)

    def day(self, name: str) -> date | None:
        said = self.text(name)
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            self.wrong(name, f"'{said[:40]}' is not a date. Write it as 2017-10-31.")
            return None

    def wrong(self, name: str, sentence: str) -> None:
        self.faults.append(Fault(name, sentence))


def read(said: Mapping[str, str], tool: AuditTool, plan_type: str) -> tuple[Answers, list[Fault]]:
    """The answers in these fields, and what could not be read of them."""
    fields = Fields(said)
    answers = Answers(
        part_in_case=fields.yes("part_in_case"),
        strengths=fields.text("strengths"),
        judged={question.key: _judged(fields, question.key) for question in tool.questions_for(plan_type)},
        overall=fields.word("overall", Grade),
        impact=fields.text("impact"),
        safety=fields.word("safety", Safety),
        safety_detail=fields.text("safety_detail"),
        staff_conduct=fields.yes("staff_conduct"),
        with_practitioner=fields.yes("with_practitioner"),
        why_without=fields.text("why_without"),
        feedback={voice: _feedback(fields, voice) for voice in Voice},
        outcomes=tuple(_outcomes(fields)),
        actions=tuple(_action(fields, number) for number in numbers_of_actions(said)),
    )
    return answers, fields.faults


def numbers_of_actions(said: Mapping[str, str]) -> Sequence[int]:
    """The actions that anything was written for, in order."""
    parts = ("step", "measure", "priority", "due")
    every = range(1, ACTIONS_AT_MOST + 1)
    return [n for n in every if any(said.get(f"action_{n}.{part}", "").strip() for part in parts)]


def _judged(fields: Fields, key: str) -> Judged:
    return Judged(fields.word(key, Grade), fields.text(f"{key}.evidence"))


def _feedback(fields: Fields, voice: Voice) -> Feedback:
    return Feedback(
        asked=fields.word(f"{voice}.asked", Asked),
        why_not=fields.word(f"{voice}.why_not", WhyNotAsked),
        how=fields.text(f"{voice}.how"),
        by_whom=fields.text(f"{voice}.by_whom"),
        changed=fields.text(f"{voice}.changed"),
    )


def _outcomes(fields: Fields) -> list[str]:
    tags = [tag for tag in fields.text("outcomes").split(";") if tag]
    for tag in tags:
        if tag not in OUTCOME_TAGS:
            fields.wrong("outcomes", f"'{tag[:40]}' is not one of the outcomes here.")
    return list(dict.fromkeys(tags))


def _action(fields: Fields, number: int) -> ActionWanted:
    name = f"action_{number}"
    return ActionWanted(
        step=fields.text(f"{name}.step"),
        measure=fields.text(f"{name}.measure"),
        priority=fields.word(f"{name}.priority", Priority),
        due=fields.day(f"{name}.due"),
    )
