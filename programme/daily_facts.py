"""What is of the day: reminders, digests and thanks, of which one person hears in one message."""

from dataclasses import dataclass
from typing import ClassVar

from programme.facts import Fact


@dataclass(frozen=True, kw_only=True)
class Reminded(Fact):
    """An auditor is reminded of an audit, by one step of the ladder."""

    of_the_day: ClassVar[bool] = True
    step: str


@dataclass(frozen=True, kw_only=True)
class OwnerReminded(Fact):
    """An action's owner is reminded of it."""

    of_the_day: ClassVar[bool] = True
    step: str


@dataclass(frozen=True, kw_only=True)
class HeadTold(Fact):
    """One Head of Service is told which audits are late in their service: one digest a day."""

    of_the_day: ClassVar[bool] = True
    late: int


@dataclass(frozen=True, kw_only=True)
class HeadToldOfActions(Fact):
    """One Head of Service is told which actions are late in their service: one digest a day."""

    of_the_day: ClassVar[bool] = True
    late: int


@dataclass(frozen=True, kw_only=True)
class ModeratorReminded(Fact):
    """A moderator is reminded of what they have not read, or not agreed, of a month."""

    of_the_day: ClassVar[bool] = True
    step: str


@dataclass(frozen=True, kw_only=True)
class HeadReminded(Fact):
    """A Head of Service is asked once more for what they have not answered of a month."""

    of_the_day: ClassVar[bool] = True
    audits: int


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
