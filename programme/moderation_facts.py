"""What happens between a pair's first reading and their agreement."""

from dataclasses import dataclass

from programme.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AuditSentBack(Fact):
    """Something is missing: it is open for its auditor again, until that day."""

    until: str


@dataclass(frozen=True, kw_only=True)
class NewerToModerate(Fact):
    """A newer version came: of what was sent back, or of what somebody has read already."""

    version: int


@dataclass(frozen=True, kw_only=True)
class JudgementStands(Fact):
    """Who has read an earlier version judges the newer one alike."""

    version: int


@dataclass(frozen=True, kw_only=True)
class ModerationDisputed(Fact):
    """The pair does not agree; somebody else decides."""


@dataclass(frozen=True, kw_only=True)
class ModerationDecided(Fact):
    """Somebody has decided where the pair did not agree."""
