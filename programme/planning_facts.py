"""What happened while months were planned, in the past tense: as in `programme.facts`."""

from dataclasses import dataclass

from programme.facts import Fact


@dataclass(frozen=True, kw_only=True)
class TurnsPlanned(Fact):
    """The turns of the months ahead were made, or made anew because something has changed."""

    made: int
    dropped: int


@dataclass(frozen=True, kw_only=True)
class RollCheckAsked(Fact):
    """A Head of Service, or who stands in, is asked whether the list of their people is right."""


@dataclass(frozen=True, kw_only=True)
class RollCheckAskedAgain(Fact):
    """They are asked once more, because no answer has come."""


@dataclass(frozen=True, kw_only=True)
class RollConfirmed(Fact):
    """The list is right."""


@dataclass(frozen=True, kw_only=True)
class RollNotConfirmed(Fact):
    """Nobody answered before the month began, so last month's list stands."""


@dataclass(frozen=True, kw_only=True)
class RollChanged(Fact):
    """Something on a list was put right."""

    how: str


@dataclass(frozen=True, kw_only=True)
class JoinerNamed(Fact):
    """Somebody has joined a service; the administrator is asked to bring them onto the list."""


@dataclass(frozen=True, kw_only=True)
class CameBack(Fact):
    """Somebody is back at work earlier than was noted."""

    back_on: str
