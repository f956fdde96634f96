"""Alerts that have not come to their end stand in the day's message of who was told of them, and of who oversees."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from scheduler.sweeps.steps import Step, due_in_hours, take
from storage import made_safe
from storage.office import Office
from storage.session import Session


@dataclass(frozen=True)
class StandingAlerts:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """Of how many somebody was told."""
        return take(self.office, "tell_of_alerts", due_in_hours(self.office, self._due), self.enough)

    def _due(self, session: Session) -> list[Step]:
        return [(ref, partial(self._tell, ref)) for ref in made_safe.to_tell(session, self.office)]

    def _tell(self, ref: str, session: Session) -> bool:
        return made_safe.tell_that_it_stands(session, self.office, ref)
