"""What happened after an action was confirmed, in the past tense: as in `programme.facts`."""

from dataclasses import dataclass
from typing import ClassVar

from programme.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CheckAsked(Fact):
    """Somebody outside the owner's service is asked whether the child's record shows what was confirmed."""

    of_the_day: ClassVar[bool] = True
    why: str


@dataclass(frozen=True, kw_only=True)
class CheckHandedOn(Fact):
    """Who was asked cannot check it, so somebody else is asked."""

    of_the_day: ClassVar[bool] = True
    before: str


@dataclass(frozen=True, kw_only=True)
class CheckerReminded(Fact):
    """Who was asked to check a confirmed action has not answered."""

    of_the_day: ClassVar[bool] = True
    step: str


@dataclass(frozen=True, kw_only=True)
class CheckFellAway(Fact):
    """The action is open again, or is not to be done any more, so there is nothing to check."""


@dataclass(frozen=True, kw_only=True)
class ActionChecked(Fact):
    """The child's record shows what was confirmed."""


@dataclass(frozen=True, kw_only=True)
class ActionReopened(Fact):
    """The child's record does not show it, so it is to be done by a new date."""

    due_on: str


@dataclass(frozen=True, kw_only=True)
class AuditClosed(Fact):
    """Its outcome stands, all of its actions are done, and every check that was to be made of them."""

    of_the_day: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class AuditReopened(Fact):
    """Something of it is to be done again, so it is not closed any more."""
