"""Evaluators and leadership who have not answered are reminded, in the hours of a working day."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from scheduler.sweeps.steps import Step, due_in_hours, take
from storage import competency_waits
from storage.office import Office
from storage.session import Session


@dataclass(frozen=True)
class CompetencyWaits:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """How many were reminded."""
        return take(self.office, "wait_for_evaluations", due_in_hours(self.office, self._due), self.enough)

    def _due(self, session: Session) -> list[Step]:
        found = competency_waits.to_remind(session, self.office)
        return [(one.ref, partial(self._remind, one.ref)) for one, _ in found]

    def _remind(self, ref: str, session: Session) -> bool:
        return competency_waits.remind(session, self.office, ref)
