"""A second reading of a returned audit by a pair: each judges blind, then they agree."""

from dataclasses import dataclass, field
from datetime import datetime

from programme.allocations import Allocation
from programme.people import Person
from programme.words import Grade


@dataclass(eq=False)
class JudgedBlind:
    question_key: str
    grade: Grade | None
    id: int | None = None


@dataclass(eq=False)
class Reading:
    """One moderator's own judgement, made before the auditor's is shown. Not read yet while `read_at` is None."""

    moderator: Person
    overall: Grade | None = None
    judgements: list[JudgedBlind] = field(default_factory=list)
    read_at: datetime | None = None
    id: int | None = None


@dataclass(eq=False)
class Moderation:
    """What was agreed stands on the return itself (`agreed`); here stands who read it, what was said, and why."""

    allocation: Allocation
    assigned_at: datetime
    readings: list[Reading] = field(default_factory=list)
    discussed: str = ""
    reason: str = ""
    agreed_by: Person | None = None
    agreed_at: datetime | None = None
    version: int = 1
    id: int | None = None
