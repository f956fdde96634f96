"""Actions that go to another owner several at once: who has them now hears once of all, and who had them, too."""

from dataclasses import dataclass

from programme.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ActionsGiven(Fact):
    """So many actions went to somebody at once: they hear of all of them in one message."""

    actions: int


@dataclass(frozen=True, kw_only=True)
class ActionsTakenOver(Fact):
    """So many actions that were somebody's are with others now."""

    actions: int
