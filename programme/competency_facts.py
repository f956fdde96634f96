"""What happens on the way from developing to the core group, and in learning beside it. No fact says how somebody was
judged: that stands in the record, for those who may read it.
"""

from dataclasses import dataclass
from typing import ClassVar

from programme.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CompetencyBegun(Fact):
    """Somebody is a developing auditor from a day on."""

    first_day: str


@dataclass(frozen=True, kw_only=True)
class EvaluationAsked(Fact):
    """A Head of Service is asked to evaluate a developing auditor."""


@dataclass(frozen=True, kw_only=True)
class EvaluationGiven(Fact):
    """A Head of Service has evaluated; the auditor may read it, and answer."""


@dataclass(frozen=True, kw_only=True)
class SignOffAsked(Fact):
    """Both recommend: leadership is asked to sign off."""


@dataclass(frozen=True, kw_only=True)
class CompetencySignedOff(Fact):
    """Leadership agrees that an auditor is competent."""


@dataclass(frozen=True, kw_only=True)
class CandidacyEnded(Fact):
    """It ended without a sign-off: the auditor goes on developing."""


@dataclass(frozen=True, kw_only=True)
class CoreJoined(Fact):
    """A competent auditor is of the core group from a day on."""

    first_day: str


@dataclass(frozen=True, kw_only=True)
class AuditingPaused(Fact):
    first_day: str


@dataclass(frozen=True, kw_only=True)
class AuditingTakenUp(Fact):
    """An auditor who paused is back, as what they were before."""

    first_day: str


@dataclass(frozen=True, kw_only=True)
class ProfileAnswered(Fact):
    """An auditor put words of their own beside their profile."""


@dataclass(frozen=True, kw_only=True)
class LearningNoted(Fact):
    """Somebody has added to their own record of what they learnt."""


@dataclass(frozen=True, kw_only=True)
class CompetencyReminded(Fact):
    """Who was asked to evaluate or to sign off has not answered yet."""

    of_the_day: ClassVar[bool] = True


ABOUT_COMPETENCY = frozenset(
    each.kind()
    for each in (
        *(CompetencyBegun, EvaluationAsked, EvaluationGiven, SignOffAsked, CompetencySignedOff, CandidacyEnded),
        *(CoreJoined, AuditingPaused, AuditingTakenUp, ProfileAnswered, CompetencyReminded, LearningNoted),
    )
)
"""Whom these are told, and what was done, is nobody's to read but theirs and the Head of Quality's."""
