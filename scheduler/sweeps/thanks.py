"""Auditors are thanked, once a month is reported, in the hours of a working day."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from programme.chasing import is_reminding_time
from scheduler.sweeps.steps import take
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
        with self.office.record.reading() as session:
            if not is_reminding_time(self.office.now(session), self.office.rules):
                return 0
            steps = [
                (person.reference, partial(self._thank, month, person.id or 0))
                for month, person in thanking.to_thank(session, self.office)
            ]
        return take(self.office, "thank", steps, self.enough)

    def _thank(self, month: str, number: int, session: Session) -> bool:
        return thanking.thank(session, self.office, month, number)
