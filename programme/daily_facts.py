"""What is said of the day beside the ladders of audits and actions."""

from dataclasses import dataclass
from typing import ClassVar

from programme.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ModeratorReminded(Fact):
    """A moderator is reminded of what they have not read, or not agreed, of a month."""

    of_the_day: ClassVar[bool] = True
    step: str


@dataclass(frozen=True, kw_only=True)
class MonthTold(Fact):
    """Somebody who runs the month is told what changed and what needs them: one digest a day."""

    of_the_day: ClassVar[bool] = True
    changed: int
    needing: int


@dataclass(frozen=True, kw_only=True)
class AuditorThanked(Fact):
    """An auditor hears what came of their audits of a month: once, when its report is issued."""

    of_the_day: ClassVar[bool] = True
    audits: int
