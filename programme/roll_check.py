"""Before each month a Head of Service is asked once whether their list of people is still right."""

from dataclasses import dataclass, field
from datetime import datetime

from programme.people import Person, Service


@dataclass(eq=False)
class RollCheck:
    month: str
    service: Service
    head: Person
    asked_at: datetime
    answered_at: datetime | None = None
    answered_by: Person | None = None
    joiners: list[dict[str, str]] = field(default_factory=list)
    id: int | None = None
