"""The return that an accepted audit makes, with its judgements, voices and outcomes; each version of it is kept."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from programme.answers import Answers, Asked, Feedback
from programme.submissions import Submission
from programme.words import Grade, Safety, Voice, WhyNotAsked

if TYPE_CHECKING:  # allocations imports this room
    from programme.allocations import Allocation


@dataclass(eq=False)
class Judgement:
    """`agreed` is what moderation made of it; None until it was moderated."""

    question_key: str
    grade: Grade | None
    evidence: str = ""
    agreed: Grade | None = None
    id: int | None = None


@dataclass(eq=False)
class VoiceHeard:
    voice: Voice
    asked: Asked
    why_not: WhyNotAsked | None = None
    how: str = ""
    by_whom: str = ""
    changed: str = ""
    id: int | None = None


@dataclass(eq=False)
class OutcomeSeen:
    tag: str
    id: int | None = None


@dataclass(eq=False)
class Return:
    """One accepted audit. `agreed` is the judgement after moderation; `child_unsafe` is a past month's yes or no."""

    allocation: "Allocation"
    received_at: datetime | None
    overall: Grade | None
    version: int = 1
    submission: Submission | None = None
    strengths: str = ""
    impact: str = ""
    safety: Safety | None = None
    safety_detail: str = ""
    staff_conduct: bool | None = None
    with_practitioner: bool | None = None
    why_without: str = ""
    agreed: Grade | None = None
    child_unsafe: bool | None = None
    judgements: list[Judgement] = field(default_factory=list)
    voices: list[VoiceHeard] = field(default_factory=list)
    outcomes: list[OutcomeSeen] = field(default_factory=list)
    id: int | None = None


def recorded(
    answers: Answers, allocation: "Allocation", submission: Submission, before: Return | None, *, at: datetime
) -> Return:
    """The return that these answers make. What a pair agreed on an earlier version stands until they change it."""
    agreed = {each.question_key: each.agreed for each in before.judgements} if before else {}
    return Return(
        allocation=allocation,
        submission=submission,
        received_at=at,
        version=before.version + 1 if before else 1,
        agreed=before.agreed if before else None,
        overall=answers.overall,
        strengths=answers.strengths,
        impact=answers.impact,
        safety=answers.safety,
        safety_detail=answers.safety_detail,
        staff_conduct=answers.staff_conduct,
        with_practitioner=answers.with_practitioner,
        why_without=answers.why_without,
        judgements=[
            Judgement(key, judged.grade, judged.evidence, agreed.get(key)) for key, judged in answers.judged.items()
        ],
        voices=[_heard(voice, said) for voice, said in answers.feedback.items() if said.asked is not None],
        outcomes=[OutcomeSeen(tag) for tag in answers.outcomes],
    )


def _heard(voice: Voice, said: Feedback) -> VoiceHeard:
    return VoiceHeard(voice, said.asked or Asked.NOBODY, said.why_not, said.how, said.by_whom, said.changed)
