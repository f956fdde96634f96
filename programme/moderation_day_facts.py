"""What happens round the moderation day: it is opened, moved, answered to, kept, and somebody's place is taken."""

from dataclasses import dataclass

from programme.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ModerationDayOpened(Fact):
    """So many moderators are asked to come."""

    people: int


@dataclass(frozen=True, kw_only=True)
class ModerationDayMoved(Fact):
    """Its hours or its place are others by now; whoever is asked to come hears so."""


@dataclass(frozen=True, kw_only=True)
class ModeratorComing(Fact):
    """Somebody said that they are coming."""


@dataclass(frozen=True, kw_only=True)
class ModeratorCannotCome(Fact):
    """Somebody said that they cannot come: those who run the month name somebody else."""


@dataclass(frozen=True, kw_only=True)
class ModeratorReplaced(Fact):
    """An audit is read by somebody else in the place of one of its pair, who has not read it."""

    instead_of: str


@dataclass(frozen=True, kw_only=True)
class AttendanceKept(Fact):
    """Who was there, and how many were not."""

    people: int
    missing: int
