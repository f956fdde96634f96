"""Two auditors exchange duties: one takes the other's audit now, and the other their turn next month."""

from dataclasses import dataclass, field
from datetime import datetime

from programme.allocations import Allocation
from programme.people import Person
from programme.words import OfferState, SwapState


@dataclass(eq=False)
class Offer:
    """What one peer was asked, and what they said."""

    peer: Person
    state: OfferState = OfferState.WAITING
    answered_at: datetime | None = None
    id: int | None = None


@dataclass(eq=False)
class Swap:
    ref: str
    allocation: Allocation
    asker: Person
    state: SwapState
    asked_at: datetime
    ends_at: datetime
    settled_at: datetime | None = None
    offers: list[Offer] = field(default_factory=list)
    version: int = 1
    id: int | None = None
