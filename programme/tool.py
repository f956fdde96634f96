"""The audit tool: a versioned set of questions, and the grade scale they are judged on."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, count
from typing import TYPE_CHECKING

from programme.arrivals import FormLinked
from programme.calendar import month_name
from programme.facts import Fact, ToolVersionMade, ToolVersionRemoved
from programme.refusals import Fault, NotAllowed, Refusal
from programme.words import Grade

if TYPE_CHECKING:
    from programme.people import Person

KEY = re.compile(r"(core|theme)\.[a-z0-9_]+")
KEY_FROM_TEXT = 40
"""How many characters of a question's words go into the key that is proposed for it."""
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

    @property
    def reference(self) -> str:
        """How the history names it."""
        return f"tool {self.version}"[:40]

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

    def made_from(self, base: "AuditTool", *, by: "Person") -> list[Fact]:
        """A new version that somebody wrote, beginning with another one. That one stays as it is."""
        _must_be_open_to(by)
        return [ToolVersionMade(about=self.reference, questions=len(self.questions), made_from=base.version)]

    def link(self, form_url: str, items: Sequence[FormItem]) -> list[Fact]:
        """Know the Google Form that was made for it: where a filled-in link begins, and its questions' own names."""
        self.form_url = form_url
        self.form_items[:] = items
        return [FormLinked(about=self.reference, questions=len(items))]

    def must_be_removable(self, used_in: Sequence[str], *, by: "Person") -> None:
        """What a month uses stays. `used_in` are the months of the rounds that do, written 2017-10."""
        _must_be_open_to(by)
        if used_in:
            months = ", ".join(month_name(month) for month in used_in)
            msg = f"Version {self.version} is used by {months} and stays as it is."
            raise Refusal(msg)

    def remove(self, used_in: Sequence[str], *, by: "Person") -> list[Fact]:
        self.must_be_removable(used_in, by=by)
        return [ToolVersionRemoved(about=self.reference)]


@dataclass(frozen=True)
class Difference:
    """What one version has that another has not. Questions are the same by their key, whatever their words."""

    added: Sequence[Question]
    changed: Sequence[Question]
    removed: Sequence[Question]


def difference(before: AuditTool, after: AuditTool) -> Difference:
    was = {question.key: question for question in before.questions}
    now = {question.key: question for question in after.questions}
    return Difference(
        [question for key, question in now.items() if key not in was],
        [question for key, question in now.items() if key in was and not _asks_alike(question, was[key])],
        [question for key, question in was.items() if key not in now],
    )


def proposed_key(kind: str, text: str, taken: Collection[str]) -> str:
    """A key for a new question, made of its words, that no question has had: figures go by the key."""
    words = re.sub(r"[^a-z0-9]+", "_", text.lower())[:KEY_FROM_TEXT].strip("_")
    key = f"{kind}.{words or 'question'}"
    return next(each for each in chain([key], (f"{key}_{n}" for n in count(2))) if each not in taken)


def _asks_alike(one: Question, other: Question) -> bool:
    parts = ("text", "standard", "definition", "area", "descriptors")
    alike = all(getattr(one, part) == getattr(other, part) for part in parts)
    return alike and sorted(one.applies_to) == sorted(other.applies_to)


def _must_be_open_to(person: "Person") -> None:
    if not person.can_edit_tool():
        raise NotAllowed("Only the Head of Quality changes what is asked.")


def faults_in(questions: Sequence[Question], scale: Sequence[GradeOnScale]) -> list[Fault]:
    """What stops a set of questions from being used: strange or doubled keys, doubled words, descriptors off the scale.

    A question's field is `questions.2.text`, counted from 1.
    """
    grades = [step.grade.value for step in scale]
    counts = Counter(question.key for question in questions)
    faults = [Fault(key, f"is the key of {n} questions; each needs its own.") for key, n in counts.items() if n > 1]
    for n, question in enumerate(questions, start=1):
        if question.key and not KEY.fullmatch(question.key):
            faults.append(Fault(question.key, "is no key: write core. or theme. and small letters, digits and _."))
        strange = [grade for grade in question.descriptors if grade not in grades]
        faults += [
            Fault(question.key, f"has a descriptor for '{grade}', which is not on the scale ({', '.join(grades)}).")
            for grade in strange
        ]
        faults += _asked_before(n, question, questions)
    return faults


def _asked_before(n: int, question: Question, questions: Sequence[Question]) -> list[Fault]:
    """The words are the titles of a form's questions, by which its answers are known: no two may be the same."""
    before = [each.key for each in questions[: n - 1] if _plain(each.text) == _plain(question.text)]
    sentence = f"asks the same as {before[0]}, in the same words." if before and question.text else ""
    return [Fault(f"question {n} ({question.key})", sentence, f"questions.{n}.text")] if sentence else []


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
