"""Those who run the month hear once a day what changed and what needs them, in the hours of a working day."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from scheduler.sweeps.steps import Step, due_in_hours, take
from storage import telling
from storage.office import Office
from storage.session import Session


@dataclass(frozen=True)
class Digests:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """How many were told something."""
        return take(self.office, "digest", due_in_hours(self.office, self._due), self.enough)

    def _due(self, session: Session) -> list[Step]:
        return [(who.reference, partial(self._tell, who.id or 0)) for who in telling.to_tell(session, self.office)]

    def _tell(self, number: int, session: Session) -> bool:
        return telling.tell(session, self.office, number)
