"""Our fields under the titles people read: the questions of a Google Form, and so the headings of its sheet.

Both are made from one month's audit tool, so what the script builds is what the reading knows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby

from programme.answers import ACTIONS_AT_MOST, OUTCOME_TAGS, Asked
from programme.tool import AuditTool, Question
from programme.words import SAFETY_LABELS, WHY_NOT_LABELS, Grade, Priority, Voice

SUBMIT = "submit"
"""Where an answer leads that ends the form."""

CODE, CASE_REF = "code", "case_ref"
"""The form code that leads to one allocation, and the child's case reference: what a return is matched by."""

YES_AND_NO = {"yes": "Yes", "no": "No"}
VOICES = {
    Voice.CHILD: "the child",
    Voice.MOTHER: "the mother",
    Voice.FATHER: "the father",
    Voice.CARER: "another carer",
}
ASKED = {Asked.YES.value: "Yes", Asked.NO.value: "No", Asked.NOBODY.value: "There is no such person"}
PRIORITIES = {
    Priority.URGENT.value: "Urgent: within 5 working days",
    Priority.STANDARD.value: "Standard: by the next supervision",
    Priority.PLANNED.value: "Planned: by the next review",
}


class Kind(StrEnum):
    LINE = "line"
    PROSE = "prose"
    CHOICE = "choice"
    TICKS = "ticks"
    DAY = "day"


@dataclass(frozen=True)
class Column:
    """One question. `choices` are value → label; `leads_to` is value → the section it leads to, or `SUBMIT`.

    `plans` are the plan types that a question which only leads asks about.
    """

    name: str
    title: str
    kind: Kind = Kind.PROSE
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    leads_to: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    plans: tuple[str, ...] = ()

    @property
    def only_leads(self) -> bool:
        """Whether it only leads through the form: its answer is none of the audit's."""
        return self.name.startswith("gate_") or self.name.endswith(".more")


@dataclass(frozen=True)
class Section:
    """What stands on one page of the form, in order. At most one question of it leads elsewhere: the last."""

    title: str
    columns: tuple[Column, ...]


def sections(tool: AuditTool) -> list[Section]:
    """The whole form for one version of the audit tool. No two questions have the same title."""
    return [
        Section("This audit", tuple(_which())),
        *_judgements(tool),
        Section(
            OVERALL,
            (
                _choice("overall", "Your overall judgement", _scale(tool), required=True),
                Column("impact", "What difference did the work make for the child?", required=True),
            ),
        ),
        Section("Is the child safe?", tuple(_safety())),
        Section("With whom", tuple(_with_whom())),
        *(Section(_action_title(n), tuple(_action(n))) for n in range(1, ACTIONS_AT_MOST + 1)),
    ]


def columns(tool: AuditTool) -> Sequence[Column]:
    return [column for section in sections(tool) for column in section.columns]


FOUND, OVERALL = "What you found", "Overall"


def _choice(
    name: str,
    title: str,
    choices: Mapping[str, str],
    *,
    hint: str = "",
    leads_to: Mapping[str, str] | None = None,
    required: bool = False,
) -> Column:
    return Column(name, title, Kind.CHOICE, hint, choices, leads_to or {}, required)


def _which() -> Iterator[Column]:
    yield Column(CASE_REF, "The child's case reference", Kind.LINE, "As it stands in your message.", required=True)
    yield Column(CODE, "Form code", Kind.LINE, "Filled in by the link in your message. Leave it as it is.")
    yield _choice(
        "part_in_case",
        "Have you had any part in this child's case, or do you know the family?",
        YES_AND_NO,
        hint="If yes, the audit goes to somebody else, without blame, and there is nothing more to fill in.",
        leads_to={"yes": SUBMIT, "no": FOUND},
        required=True,
    )


def _judgements(tool: AuditTool) -> Iterator[Section]:
    """First what is asked of every plan; then one page for each set of plans that has questions of its own."""
    for_all = [question for question in tool.questions if not question.applies_to]
    special = sorted((q for q in tool.questions if q.applies_to), key=lambda q: (q.applies_to, q.position))
    pages = [(tuple(plans), list(asked)) for plans, asked in groupby(special, key=lambda q: q.applies_to)]
    titles = [*(f"For {_plans(plans)}" for plans, _ in pages), OVERALL]
    strengths = Column("strengths", "What is strong here?", hint="It stands first in the audit.", required=True)
    asked_first = (strengths, *(column for question in for_all for column in _asked(question, tool)))
    gates = [_gate(n, plans, titles[n - 1 : n + 1]) for n, (plans, _) in enumerate(pages, start=1)]
    yield Section(FOUND, (*asked_first, *gates[:1]))
    for n, (_, questions) in enumerate(pages):
        asked = tuple(column for question in questions for column in _asked(question, tool))
        yield Section(titles[n], (*asked, *gates[n + 1 : n + 2]))


def _gate(number: int, plans: Sequence[str], onward: Sequence[str]) -> Column:
    """Whether the next page is for this child's plan. It is no answer of the audit: only the form goes by it."""
    there, past = onward
    title = f"Is the child's plan one of these: {_plans(plans)}?"
    gate = _choice(f"gate_{number}", title, YES_AND_NO, leads_to={"yes": there, "no": past}, required=True)
    return replace(gate, plans=tuple(plans))


def _plans(plans: Sequence[str]) -> str:
    return ", ".join(plans)


def _asked(question: Question, tool: AuditTool) -> Iterator[Column]:
    scale = _scale(tool)
    said = [f"{scale[grade]}: {words}" for grade, words in question.descriptors.items() if grade in scale]
    hint = "\n".join([question.standard, question.definition, *said])
    choices = {**scale, Grade.NOT_APPLICABLE.value: "Not applicable"}
    yield _choice(question.key, question.text, choices, hint=hint, required=True)
    needed = "Needed unless it is not applicable." if question.is_theme else "Needed for good and outstanding."
    yield Column(f"{question.key}.evidence", f"What shows it? {question.text}", hint=needed)


def _scale(tool: AuditTool) -> dict[str, str]:
    return {step.grade.value: step.label.capitalize() for step in tool.scale}


def _safety() -> Iterator[Column]:
    labels = {value.value: label for value, label in SAFETY_LABELS.items()}
    hint = "Unsafe now: ring the Team Manager before you go on. This form is not a referral."
    yield _choice("safety", "From what you read, is the child safe today?", labels, hint=hint, required=True)
    yield Column("safety_detail", "What worries you, or what must be checked?", hint="Needed unless no concern.")
    yield _choice(
        "staff_conduct",
        "Is the worry about the conduct of a member of staff?",
        YES_AND_NO,
        hint="Needed only if the child is unsafe now. If yes, nobody in the team is told.",
    )


def _with_whom() -> Iterator[Column]:
    yield _choice("with_practitioner", "Did you do this audit with the social worker?", YES_AND_NO, required=True)
    yield Column("why_without", "If you did it without the social worker, why?")
    for voice, who in VOICES.items():
        asked = {value: label for value, label in ASKED.items() if (voice, value) != (Voice.CHILD, Asked.NOBODY)}
        reasons = {value.value: label for value, label in WHY_NOT_LABELS.items()}
        yield _choice(f"{voice}.asked", f"Was {who} asked for feedback?", asked, required=True)
        yield _choice(f"{voice}.why_not", f"If not, why was {who} not asked?", reasons)
        yield Column(f"{voice}.how", f"How was {who} asked?")
        yield Column(f"{voice}.by_whom", f"Who asked {who}?", Kind.LINE)
        yield Column(f"{voice}.changed", f"What did it change, to hear {who}?")
    yield Column("outcomes", "What did you see for the child?", Kind.TICKS, "All that are true.", OUTCOME_TAGS)


def _action_title(number: int) -> str:
    return f"Action {number}"


def _action(number: int) -> Iterator[Column]:
    name, title = f"action_{number}", _action_title(number)
    yield Column(f"{name}.step", f"{title}: what is to be done?", hint="Leave it empty if you need no action.")
    yield Column(f"{name}.measure", f"{title}: how will it be seen that it worked?")
    yield _choice(f"{name}.priority", f"{title}: how soon?", PRIORITIES)
    yield Column(f"{name}.due", f"{title}: by a certain day?", Kind.DAY, "Only if the day matters.")
    if number < ACTIONS_AT_MOST:
        onward = {"yes": _action_title(number + 1), "no": SUBMIT}
        yield _choice(f"{name}.more", f"Is there another action after action {number}?", YES_AND_NO, leads_to=onward)
