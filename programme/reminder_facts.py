"""What comes of a reminder: how an auditor answers it, more time, and a lateness that is taken back."""

from dataclasses import dataclass

from programme.facts import Fact


@dataclass(frozen=True, kw_only=True)
class OnTrack(Fact):
    """An auditor said that their audit is on its way."""


@dataclass(frozen=True, kw_only=True)
class ReminderMoved(Fact):
    """An auditor said on which day they want to be reminded; the date of the audit stays."""

    to: str


@dataclass(frozen=True, kw_only=True)
class LatenessTakenBack(Fact):
    """Its auditor was not at work when it was due, as is known now: who was told that it is late hears so."""


@dataclass(frozen=True, kw_only=True)
class MoreTimeAsked(Fact):
    """An auditor who has taken more time once asks for more: their Head of Service decides."""

    until: str


@dataclass(frozen=True, kw_only=True)
class MoreTimeGiven(Fact):
    """Given by their Head of Service, or because nobody answered in time."""

    due_on: str
    was_due_on: str


@dataclass(frozen=True, kw_only=True)
class MoreTimeRefused(Fact):
    """The date stays."""


@dataclass(frozen=True, kw_only=True)
class MoreTimeTaken(Fact):
    """An auditor gave themselves more time, once; the first date is kept."""

    due_on: str
    was_due_on: str
