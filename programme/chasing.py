"""Who is reminded of what, and when: each ladder is a list, and each of its steps is taken once."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(eq=False)
class StepTaken:
    """One step of a ladder, taken for one audit, action or alert as it was due then; never twice."""

    about: str
    step: str
    due_on: date
    taken_at: datetime
    id: int | None = None
