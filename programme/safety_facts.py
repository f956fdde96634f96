"""How an alert about a child's safety comes to its end, in the past tense: as in `programme.facts`."""

from dataclasses import dataclass
from typing import ClassVar

from programme.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ChildMadeSafe(Fact):
    """The child was seen or made safe: said by who has the alert in hand, or who owns its action."""


@dataclass(frozen=True, kw_only=True)
class AlertEnded(Fact):
    """Somebody who does not own it agrees that the child was seen or made safe."""


@dataclass(frozen=True, kw_only=True)
class AlertStands(Fact):
    """Once a day, until its end: an alert of an earlier day is not over."""

    of_the_day: ClassVar[bool] = True
