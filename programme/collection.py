"""What is kept besides the returns themselves while they are collected: drafts, deliveries and sheets."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from programme.submissions import Submission

if TYPE_CHECKING:  # allocations imports the room of returns
    from programme.allocations import Allocation
    from programme.people import Person

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
    person: "Person"
    fields: dict[str, str]
    saved_at: datetime
    id: int | None = None


@dataclass(eq=False)
class Sheet:
    """A response sheet as the polls have found it.

    `paused` is why nothing is taken from it: '' while all is well, 'headings', or 'lost' where access is gone. `gone`
    counts the returns that came from it and stand in it no longer: none of them is forgotten.
    """

    place: str
    tried_at: datetime | None = None
    good_at: datetime | None = None
    paused: str = ""
    because: str = ""
    failures: int = 0
    gone: int = 0
    id: int | None = None
