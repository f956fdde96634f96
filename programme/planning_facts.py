"""What happened while months were planned, in the past tense: as in `programme.facts`."""

from dataclasses import dataclass

from programme.facts import Fact


@dataclass(frozen=True, kw_only=True)
class TurnsPlanned(Fact):
    """The turns of the months ahead were made, or made anew because something has changed."""

    made: int
    dropped: int
