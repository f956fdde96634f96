"""What an auditor says in one audit, as values, and what is still missing from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from programme.refusals import Fault
from programme.tool import AuditTool, Question
from programme.words import Grade, Priority, Safety, Voice, WhyNotAsked

NEEDS_EVIDENCE = frozenset({Grade.GOOD, Grade.OUTSTANDING, Grade.FOURTH})
ACTIONS_AT_MOST = 10

OUTCOME_TAGS = {
    "better_outcome_voice": "Better outcome: the child's experience and voice shaped the help",
    "benefit_direct_work": "Better outcome: direct work helped",
    "better_outcome_planning": "Better outcome: good planning helped",
    "drift_or_delay": "Signs of drift or delay",
    "needed_specific_actions": "Specific actions were needed to prevent drift",
    "good_practice_example": "A good example to share",
}


class Asked(StrEnum):
    YES = "yes"
    NO = "no"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Judged:
    grade: Grade | None
    evidence: str = ""


@dataclass(frozen=True)
class Feedback:
    asked: Asked | None
    why_not: WhyNotAsked | None = None
    how: str = ""
    by_whom: str = ""
    changed: str = ""


@dataclass(frozen=True)
class ActionWanted:
    step: str
    measure: str
    priority: Priority | None
    due: date | None = None


@dataclass(frozen=True)
class Answers:
    """One whole return as values. Nothing here is checked; `faults_in` says what is missing."""

    part_in_case: bool | None
    strengths: str = ""
    judged: Mapping[str, Judged] = field(default_factory=dict)
    overall: Grade | None = None
    impact: str = ""
    safety: Safety | None = None
    safety_detail: str = ""
    staff_conduct: bool | None = None
    with_practitioner: bool | None = None
    why_without: str = ""
    feedback: Mapping[Voice, Feedback] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()
    actions: tuple[ActionWanted, ...] = ()


def faults_in(answers: Answers, tool: AuditTool, plan_type: str, *, short: bool = False) -> list[Fault]:
    """Everything that keeps these answers from being a return, named by field, in the form's order.

    A `short` form asks for no feedback, nor with whom it was done.
    """
    if answers.part_in_case:
        return []
    unsaid = answers.part_in_case is None
    return [
        *([Fault("part_in_case", "Say whether you have had any part in this child's case.")] if unsaid else []),
        *_missing_text("strengths", answers.strengths, "Say what is strong here. It stands first."),
        *(fault for question in tool.questions_for(plan_type) for fault in _judged_faults(question, answers, tool)),
        *_overall_faults(answers, tool),
        *_safety_faults(answers),
        *([] if short else [*_practitioner_faults(answers), *_all_feedback_faults(answers)]),
        *(fault for number, wanted in enumerate(answers.actions, start=1) for fault in _action_faults(number, wanted)),
    ]


def at_odds(answers: Answers) -> bool:
    """Good overall, while most of the single judgements are not. It may be right: it is said, and stops nothing."""
    grades = [judged.grade for judged in answers.judged.values() if judged.grade not in {None, Grade.NOT_APPLICABLE}]
    below = sum(grade not in NEEDS_EVIDENCE for grade in grades)
    return answers.overall in NEEDS_EVIDENCE and 2 * below > len(grades)


def _missing_text(name: str, text: str, sentence: str) -> list[Fault]:
    return [] if text.strip() else [Fault(name, sentence)]


def _judged_faults(question: Question, answers: Answers, tool: AuditTool) -> Iterator[Fault]:
    judged = answers.judged.get(question.key, Judged(None))
    if judged.grade is None:
        yield Fault(question.key, f"Choose a judgement for '{question.text}'. 'Not applicable' is an answer too.")
    elif judged.grade is not Grade.NOT_APPLICABLE and judged.grade not in {step.grade for step in tool.scale}:
        yield Fault(question.key, f"'{judged.grade}' is not a judgement on this month's scale.")
    elif judged.grade is not Grade.NOT_APPLICABLE and (question.is_theme or judged.grade in NEEDS_EVIDENCE):
        yield from _missing_text(
            f"{question.key}.evidence", judged.evidence, f"Say what shows it, for '{question.text}'."
        )


def _overall_faults(answers: Answers, tool: AuditTool) -> Iterator[Fault]:
    if answers.overall not in {step.grade for step in tool.scale}:
        yield Fault("overall", "Choose the overall judgement.")
    yield from _missing_text("impact", answers.impact, "Say what difference the work made for the child.")


def _safety_faults(answers: Answers) -> Iterator[Fault]:
    if answers.safety is None:
        yield Fault("safety", "Say whether the child is safe.")
    elif answers.safety is not Safety.NO_CONCERN:
        yield from _missing_text(
            "safety_detail", answers.safety_detail, "Say what worries you, or what must be checked."
        )
    if answers.safety is Safety.UNSAFE_NOW and answers.staff_conduct is None:
        yield Fault("staff_conduct", "Say whether the worry is about the conduct of a member of staff.")


def _practitioner_faults(answers: Answers) -> Iterator[Fault]:
    if answers.with_practitioner is None:
        yield Fault("with_practitioner", "Say whether you did this audit with the social worker.")
    elif not answers.with_practitioner:
        yield from _missing_text("why_without", answers.why_without, "Say why it was done without the social worker.")


def _all_feedback_faults(answers: Answers) -> Iterator[Fault]:
    for voice in Voice:
        yield from _feedback_faults(voice, answers.feedback.get(voice, Feedback(None)))


def _feedback_faults(voice: Voice, feedback: Feedback) -> Iterator[Fault]:
    if feedback.asked is None or (feedback.asked is Asked.NOBODY and voice is Voice.CHILD):
        yield Fault(f"{voice}.asked", f"Say whether the {voice} was asked for feedback.")
    elif feedback.asked is Asked.NO and feedback.why_not is None:
        yield Fault(f"{voice}.why_not", f"Choose why the {voice} was not asked.")
    elif feedback.asked is Asked.YES:
        yield from _missing_text(f"{voice}.how", feedback.how, f"Say how the {voice} was asked.")


def _action_faults(number: int, wanted: ActionWanted) -> Iterator[Fault]:
    yield from _missing_text(f"action_{number}.step", wanted.step, f"Action {number}: say what is to be done.")
    yield from _missing_text(
        f"action_{number}.measure",
        wanted.measure,
        f"Action {number}: say how it will be seen that it worked.",
    )
    if wanted.priority is None:
        yield Fault(f"action_{number}.priority", f"Action {number}: choose how soon it is needed.")
