"""The built-in form in parts: what each of them asks, and how long what is still open will take."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from programme.answers import ACTIONS_AT_MOST
from programme.refusals import Fault
from programme.tool import AuditTool, Question
from programme.words import Safety, Voice

SECONDS_TO_CHOOSE = 20
"""The descriptors of one question are about 80 words, and people read about 240 in a minute."""

SECONDS_TO_WRITE = 60
"""Two or three short sentences, at the 35 words a minute that a thumb writes on a phone."""

WRITTEN = frozenset({"strengths", "evidence", "impact", "safety_detail", "why_without", "how", "step", "measure"})
"""What is answered in sentences, by the last word of its name; everything else is a choice."""

DUE = ".due"
ACTION_PARTS = ("step", "measure", "priority", "due")

WORRY = frozenset({Safety.NOT_ASSURED.value, Safety.UNSAFE_NOW.value})

FOLLOWS: Mapping[str, tuple[str, Collection[str]]] = {
    "safety_detail": ("safety", WORRY),
    "staff_conduct": ("safety", {Safety.UNSAFE_NOW.value}),
    "why_without": ("with_practitioner", {"no"}),
    **{f"{voice}.why_not": (f"{voice}.asked", {"no"}) for voice in Voice},
    **{f"{voice}.{name}": (f"{voice}.asked", {"yes"}) for voice in Voice for name in ("how", "by_whom", "changed")},
}
"""Questions that are only asked after certain answers to another one."""


@dataclass(frozen=True)
class Part:
    """One page of the form. `fields` are its answers by the contract's names, in order."""

    name: str
    title: str
    fields: tuple[str, ...]
    questions: tuple[Question, ...] = ()

    def faults(self, faults: Sequence[Fault]) -> dict[str, str]:
        """Of everything that keeps the form from being sent, what stands on this page: field → sentence."""
        return {fault.where: fault.sentence for fault in faults if fault.where in self.fields}


def parts_of(tool: AuditTool, plan_type: str, *, short: bool = False) -> list[Part]:
    """The pages in order, with the questions that apply to this plan. A page without any is left out.

    A `short` form asks for no feedback, nor with whom it was done.
    """
    asked = tool.questions_for(plan_type)
    parts = [
        Part("about", "About this audit", ("part_in_case",)),
        Part("strengths", "What is strong", ("strengths",)),
        _judging("core", "What is asked every month", [each for each in asked if not each.is_theme]),
        _judging("theme", "This month's theme", [each for each in asked if each.is_theme]),
        Part("overall", "Overall", ("overall", "impact")),
        Part("safety", "Is the child safe?", ("safety", "safety_detail", "staff_conduct")),
        Part("voices", "With whom", () if short else ("with_practitioner", "why_without", *_voices())),
        Part("actions", "Outcomes and actions", ("outcomes", *_actions())),
    ]
    return [part for part in parts if part.fields]


def is_asked(name: str, said: Mapping[str, str]) -> bool:
    """Whether what was answered leads to this question. What it does not lead to is kept, but not sent."""
    if said.get("part_in_case") == "yes":
        return name == "part_in_case"
    leader, values = FOLLOWS.get(name, ("", ()))
    return not leader or said.get(leader, "") in values


def minutes_left(faults: Sequence[Fault], keys: Collection[str]) -> int:
    """About how long it takes to answer what is open. Who has still to judge will have to say what shows it."""
    seconds = sum(_seconds_for(fault.where) for fault in faults)
    seconds += sum(SECONDS_TO_WRITE for fault in faults if fault.where in keys)
    return ceil(seconds / 60)


def _seconds_for(name: str) -> int:
    return SECONDS_TO_WRITE if name.rpartition(".")[2] in WRITTEN else SECONDS_TO_CHOOSE


def _judging(name: str, title: str, questions: Sequence[Question]) -> Part:
    fields = tuple(field for question in questions for field in (question.key, f"{question.key}.evidence"))
    return Part(name, title, fields, tuple(questions))


def _voices() -> list[str]:
    return [f"{voice}.{name}" for voice in Voice for name in ("asked", "how", "by_whom", "changed", "why_not")]


def _actions() -> list[str]:
    return [f"action_{n}.{part}" for n in range(1, ACTIONS_AT_MOST + 1) for part in ACTION_PARTS]
