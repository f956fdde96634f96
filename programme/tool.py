"""The audit tool: a versioned set of questions, and the grade scale they are judged on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from programme.refusals import Fault
from programme.words import Grade

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
class AuditTool:
    version: str
    dated: date
    scale: list[GradeOnScale] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    id: int | None = None

    def questions_for(self, plan_type: str) -> list[Question]:
        return [question for question in self.questions if question.applies(plan_type)]

    def label(self, grade: Grade) -> str:
        return next((step.label for step in self.scale if step.grade == grade), "Not applicable")

    def wordings_needing_a_look(self) -> list[str]:
        """What the policy warns of: more questions than an auditor can answer well."""
        theme = sum(question.is_theme for question in self.questions)
        core = len(self.questions) - theme
        counted = (("core", core, CORE_AT_MOST), ("theme", theme, THEME_AT_MOST))
        return [f"{n} {kind} questions; at most {most} are advised." for kind, n, most in counted if n > most]


def faults_in(questions: Sequence[Question], scale: Sequence[GradeOnScale]) -> list[Fault]:
    """What stops a set of questions from being used: doubled keys, strange prefixes, descriptors off the scale."""
    faults = []
    grades = {step.grade.value for step in scale}
    seen: set[str] = set()
    for question in questions:
        if question.key in seen:
            faults.append(Fault(question.key, "this key is used twice; each question needs its own."))
        if not question.key.startswith(("core.", "theme.")):
            faults.append(Fault(question.key, "a key begins with 'core.' or 'theme.'."))
        faults += [
            Fault(
                question.key,
                f"has a descriptor for '{grade}', which is not on the scale ({', '.join(sorted(grades))}).",
            )
            for grade in question.descriptors
            if grade not in grades
        ]
        seen.add(question.key)
    return faults
