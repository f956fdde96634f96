"""A child who is not safe now: whom to ring, who is told, and who has it in hand."""

from dataclasses import dataclass
from datetime import datetime

from programme.allocations import Allocation
from programme.people import Person


@dataclass(eq=False)
class Alert:
    """Raised the moment 'unsafe now' is answered. Nobody has it in hand while `taken_by` is None."""

    ref: str
    allocation: Allocation
    raised_by: Person
    raised_at: datetime
    staff_conduct: bool = False
    spoken_to: str = ""
    spoken_at: datetime | None = None
    taken_by: Person | None = None
    taken_at: datetime | None = None
    version: int = 1
    id: int | None = None
