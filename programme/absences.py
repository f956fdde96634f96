"""Not at work: which days, and nothing more than has to be known."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from programme.facts import AbsenceRecorded, Fact
from programme.refusals import Refusal
from programme.words import AbsenceKind

if TYPE_CHECKING:  # people imports this room
    from programme.people import Person


@dataclass(eq=False)
class Absence:
    """First and last day included. Why is health data and is not asked; the kind is optional."""

    person: "Person"
    first_day: date
    last_day: date
    kind: AbsenceKind | None = None
    recorded_by: "Person | None" = None
    id: int | None = None

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            msg = "The last day is before the first."
            raise Refusal(msg, field="last_day")

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def facts(self) -> list[Fact]:
        return [
            AbsenceRecorded(
                about=self.person.reference, first_day=self.first_day.isoformat(), last_day=self.last_day.isoformat()
            )
        ]
