"""The audit tool: a versioned set of questions, and the grade scale they are judged on."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from programme.refusals import Fault
from programme.words import Grade

KEY = re.compile(r"(core|theme)\.[a-z0-9_]+")
CORE_AT_MOST = 8
THEME_AT_MOST = 12


@dataclass(eq=False)
class GradeOnScale:
    grade: Grade
    label: str
    counts_within: str = ""
    position: int = 0
    id: int | None = None


@dataclass(eq=False)
class Question:
    key: str
    text: str
    standard: str
    definition: str
    area: str
    applies_to: list[str] = field(default_factory=list)
    descriptors: dict[str, str] = field(default_factory=dict)
    position: int = 0
    id: int | None = None

    @property
    def is_theme(self) -> bool:
        return self.key.startswith("theme.")

    def applies(self, plan_type: str) -> bool:
        return not self.applies_to or plan_type in self.applies_to


@dataclass(eq=False)
class FormItem:
    """One question of the Google Form made for an audit tool: our name for it, and Google's two."""

    name: str
    item: str
    entry: str = ""
    id: int | None = None


@dataclass(eq=False)
class AuditTool:
    """`form_url` is where a filled-in link to its Google Form begins; empty while there is none."""

    version: str
    dated: date
    scale: list[GradeOnScale] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    form_url: str = ""
    form_items: list[FormItem] = field(default_factory=list)
    id: int | None = None

    def questions_for(self, plan_type: str) -> list[Question]:
        return [question for question in self.questions if question.applies(plan_type)]

    def label(self, grade: Grade) -> str:
        return next((step.label for step in self.scale if step.grade == grade), "Not applicable")

    def warnings(self) -> list[str]:
        """What the policy warns of: more questions than an auditor can answer well."""
        theme = sum(question.is_theme for question in self.questions)
        core = len(self.questions) - theme
        counted = (("core", core, CORE_AT_MOST), ("theme", theme, THEME_AT_MOST))
        return [f"{n} {kind} questions; at most {most} are advised." for kind, n, most in counted if n > most]


def faults_in(questions: Sequence[Question], scale: Sequence[GradeOnScale]) -> list[Fault]:
    """What stops a set of questions from being used: strange or doubled keys, descriptors off the scale."""
    grades = [step.grade.value for step in scale]
    counts = Counter(question.key for question in questions)
    faults = [Fault(key, f"is the key of {n} questions; each needs its own.") for key, n in counts.items() if n > 1]
    for question in questions:
        if question.key and not KEY.fullmatch(question.key):
            faults.append(Fault(question.key, "is no key: write core. or theme. and small letters, digits and _."))
        strange = [grade for grade in question.descriptors if grade not in grades]
        faults += [
            Fault(question.key, f"has a descriptor for '{grade}', which is not on the scale ({', '.join(grades)}).")
            for grade in strange
        ]
    return faults
