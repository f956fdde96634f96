"""What the pages of the built-in form show: one part, everything to be checked, or all of it on paper."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from flask import render_template

from forms import intake, typed
from forms.columns import ASKED, PRIORITIES, VOICES, Column, Kind, columns
from forms.parts import DUE, Part, is_asked, minutes_left, parts_of
from programme import privacy
from programme.allocations import Allocation
from programme.answers import OUTCOME_TAGS, Answers, Asked, at_odds
from programme.beforehand import Beforehand
from programme.refusals import Fault, Faulty, NotFound
from programme.safety import Alert
from programme.words import SAFETY_LABELS, WHY_NOT_LABELS, Safety, Voice, WhyNotAsked

CHECK, LATER = "check", "later"

SAFETY_HINTS = {
    Safety.NO_CONCERN: "Nothing you read makes you worry about the child's safety today.",
    Safety.NOT_ASSURED: "Something must be checked. It becomes an urgent action for the Team Manager.",
    Safety.UNSAFE_NOW: "Press one of the two buttons below at once: the managers are told that minute.",
}
NOBODY_TO_ASK = (Asked.NOBODY,)
"""There is always a child."""

NO_SUCH_DAY = "Action {}: there is no such day. Write it in numbers, like 31 10 2017."


@dataclass(frozen=True)
class Row:
    """One answer on the check page. `needed` says what is wrong with it, or that it is missing."""

    name: str
    label: str
    answer: Sequence[str]
    needed: str


@dataclass(frozen=True)
class Form:
    """One audit's form as its holder has filled it in so far."""

    allocation: Allocation
    said: Mapping[str, str]
    alert: Alert | None
    duty_phone: str
    google_form: str = ""
    saved_at: datetime | None = None
    beforehand: Sequence[Beforehand] = ()

    @cached_property
    def parts(self) -> list[Part]:
        audit = self.allocation
        return parts_of(intake.tool_of(audit), audit.case.plan_type, short=audit.is_short)

    @cached_property
    def fields(self) -> dict[str, str]:
        return typed.to_send(self.said, self.parts)

    @cached_property
    def faults(self) -> list[Fault]:
        """Everything that keeps it from being sent, in the form's order."""
        return [_in_three_parts(fault) for fault in self._read] if isinstance(self._read, tuple) else []

    @property
    def at_odds(self) -> bool:
        return isinstance(self._read, Answers) and at_odds(self._read)

    @cached_property
    def _read(self) -> Answers | tuple[Fault, ...]:
        try:
            return intake.check(self.fields, self.allocation)
        except Faulty as faulty:
            return faulty.faults

    @cached_property
    def personal(self) -> list[Fault]:
        """Where personal data seems to stand in what will be sent."""
        return privacy.found_in(self.fields)

    @property
    def seal(self) -> str:
        """Changes with every answer: what is sent is what was checked."""
        return hashlib.sha256(json.dumps(self.fields, sort_keys=True).encode()).hexdigest()

    @property
    def minutes(self) -> int:
        return minutes_left(self.faults, {question.key for part in self.parts for question in part.questions})

    @property
    def hands_back(self) -> bool:
        return self.said.get("part_in_case") == "yes"

    def part(self, name: str) -> Part:
        found = next((part for part in self.parts if part.name == name), None)
        if found is None:
            msg = "There is no such part of the form."
            raise NotFound(msg)
        return found

    @property
    def unfinished(self) -> str:
        """The first page where something is needed; the check page when nothing is."""
        return next((part.name for part in self.parts if part.faults(self.faults)), CHECK)

    def beside(self, part: Part, step: int) -> str:
        """The name of the page before or after a part: '' before the first, the check page after the last."""
        place = self.parts.index(part) + step
        return CHECK if place >= len(self.parts) else "" if place < 0 else self.parts[place].name

    def rows(self, part: Part) -> list[Row]:
        """What was answered on a page, and what is needed there, in words."""
        needed = part.faults(self.faults)
        asked = [
            name for name in part.fields if is_asked(name, self.said) and (self.fields.get(name) or name in needed)
        ]
        return [Row(name, self.label(name), self._in_words(name), needed.get(name, "")) for name in asked]

    def column(self, name: str) -> Column:
        return self._columns[name]

    @cached_property
    def _columns(self) -> dict[str, Column]:
        return {column.name: column for column in columns(intake.tool_of(self.allocation))}

    def label(self, name: str) -> str:
        return "What shows it?" if name.endswith(".evidence") else self.column(name).title

    def _in_words(self, name: str) -> list[str]:
        said, column = self.fields.get(name, ""), self.column(name)
        if column.kind is Kind.DAY:
            return [_day_in_words(said)] if said else []
        several = said.split(";") if column.kind is Kind.TICKS else [said]
        return [column.choices.get(each, each) for each in several if each]


def _in_three_parts(fault: Fault) -> Fault:
    """On a page a day has three boxes, so what is said of it is said for them."""
    number = fault.where.removeprefix("action_").removesuffix(DUE)
    return Fault(fault.where, NO_SUCH_DAY.format(number)) if fault.where.endswith(DUE) else fault


def _day_in_words(said: str) -> str:
    try:
        return f"{date.fromisoformat(said):%A %-d %B %Y}"
    except ValueError:
        return said


def part_page(form: Form, part: Part, errors: Mapping[str, str], *, back_to_check: bool) -> str:
    """One part to fill in."""
    return render_template(
        f"forms/part_{'judgements' if part.questions else part.name}.html",
        **_choices(form),
        part=part,
        place=form.parts.index(part) + 1,
        before=form.beside(part, -1),
        errors=errors,
        back_to_check=back_to_check,
        rows=typed.rows(form.said),
    )


def check_page(form: Form, refused: Sequence[Fault] = (), *, changed: bool = False) -> str:
    """Everything before it is sent: each answer with the way back to it, and what is still needed."""
    where = {name: part.name for part in form.parts for name in part.fields}
    return render_template(
        "forms/check.html", **_choices(form), refused=refused, part_of=where, changed=changed, last=form.parts[-1].name
    )


def paper(form: Form) -> str:
    """All of it, empty, to fill in by hand."""
    return render_template("forms/paper.html", **_choices(form))


def _choices(form: Form) -> dict[str, object]:
    tool = intake.tool_of(form.allocation)
    return {
        "form": form,
        "allocation": form.allocation,
        "alert": form.alert,
        "phone": form.duty_phone,
        "google_form": form.google_form,
        "beforehand": form.beforehand,
        "said": form.said,
        "tool": tool,
        "voices": VOICES,
        "asked": {
            voice: _options(ASKED.items(), without=NOBODY_TO_ASK if voice is Voice.CHILD else ()) for voice in Voice
        },
        "why_not": {voice: _options(WHY_NOT_LABELS.items(), without=_no_reasons(voice)) for voice in Voice},
        "safety": _options(SAFETY_LABELS.items(), hints=SAFETY_HINTS.items()),
        "outcomes": OUTCOME_TAGS,
        "priorities": _options(PRIORITIES.items()),
    }


def _options(
    labels: Iterable[tuple[str, str]], *, without: Collection[str] = (), hints: Iterable[tuple[str, str]] = ()
) -> list[dict[str, str]]:
    """The choices of one question, as the Design System takes them."""
    said = dict(hints)
    return [
        {"value": str(value), "text": label, "hint": said.get(value, "")}
        for value, label in labels
        if value not in without
    ]


def _no_reasons(voice: Voice) -> Collection[str]:
    """Only a child is too young to be asked."""
    return () if voice is Voice.CHILD else (WhyNotAsked.TOO_YOUNG,)
