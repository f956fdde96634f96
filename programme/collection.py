"""What is kept besides the returns themselves while they are collected: drafts, deliveries and sheets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from programme.arrivals import SheetPaused, SheetRowsGone
from programme.facts import Fact
from programme.people import Person
from programme.submissions import Submission

if TYPE_CHECKING:  # allocations imports the room of returns
    from programme.allocations import Allocation

SHEET = "response sheet"
"""What facts about a sheet are about; an installation reads one."""

FAILURES_TO_TELL_OF = 3
"""Polls in a row that failed before the administrator is told; one that fails is nothing."""


@dataclass(eq=False)
class Delivery:
    """One delivery by the webhook, and what it brought. A second body under one id is refused."""

    webhook_id: str
    digest: str
    received_at: datetime
    submission: Submission
    id: int | None = None


@dataclass(eq=False)
class Draft:
    """What its holder has typed into an audit's form so far."""

    allocation: "Allocation"
    person: Person
    fields: dict[str, str]
    saved_at: datetime
    id: int | None = None


@dataclass(eq=False)
class Sheet:
    """A response sheet as the polls have found it.

    `paused` is why nothing is taken from it ('' while all is well), `because` says it in a sentence. `first_at` is when
    the oldest response ever seen in it was sent. `gone` counts the returns that came from it and stand in it no longer:
    none of them is forgotten.
    """

    place: str
    tried_at: datetime | None = None
    good_at: datetime | None = None
    first_at: datetime | None = None
    paused: str = ""
    because: str = ""
    failures: int = 0
    gone: int = 0
    id: int | None = None

    def was_read(self, *, gone: int, at: datetime, administrators: Sequence[Person]) -> list[Fact]:
        """All is well with it. That rows are gone is said once, and again when more are."""
        grew = gone > self.gone
        self.tried_at = self.good_at = at
        self.paused, self.because, self.failures, self.gone = "", "", 0, gone
        return [SheetRowsGone(about=SHEET, rows=gone, tell=tuple(administrators))] if grew else []

    def was_away(self, sentence: str, *, lost: bool, at: datetime, administrators: Sequence[Person]) -> list[Fact]:
        """It could not be read. An access that is lost is said at once, a fault of the line after several polls."""
        self.tried_at, self.failures = at, self.failures + 1
        if not lost and self.failures < FAILURES_TO_TELL_OF:
            return []
        return self._pause("lost" if lost else "away", sentence, administrators)

    def cannot_be_read(self, sentence: str, *, at: datetime, administrators: Sequence[Person]) -> list[Fact]:
        """Its headings are not those of our form: nothing is taken from it until they are."""
        self.tried_at, self.failures = at, 0
        return self._pause("headings", sentence, administrators)

    def _pause(self, why: str, sentence: str, administrators: Sequence[Person]) -> list[Fact]:
        said_before = (self.paused, self.because) == (why, sentence)
        self.paused, self.because = why, sentence
        return [] if said_before else [SheetPaused(about=SHEET, why=why, tell=tuple(administrators))]
