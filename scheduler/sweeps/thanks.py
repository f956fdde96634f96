"""Auditors are thanked, once a month is reported, in the hours of a working day."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from scheduler.sweeps.steps import Step, due_in_hours, take
from storage import thanking
from storage.office import Office
from storage.session import Session


@dataclass(frozen=True)
class Thanks:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """How many were thanked."""
        return take(self.office, "thank", due_in_hours(self.office, self._due), self.enough)

    def _due(self, session: Session) -> list[Step]:
        return [
            (person.reference, partial(self._thank, month, person.id or 0))
            for month, person in thanking.to_thank(session, self.office)
        ]

    def _thank(self, month: str, number: int, session: Session) -> bool:
        return thanking.thank(session, self.office, month, number)
