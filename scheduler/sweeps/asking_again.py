"""Heads of Service who have not answered are asked once more, in the hours of a working day."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from scheduler.sweeps.steps import Step, due_in_hours, take
from storage import asking_again
from storage.office import Office
from storage.session import Session


@dataclass(frozen=True)
class AskingAgain:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """How many were asked."""
        return take(self.office, "ask_again", due_in_hours(self.office, self._due), self.enough)

    def _due(self, session: Session) -> list[Step]:
        ask = partial(asking_again.ask, office=self.office)
        return [(ref, partial(ask, ref=ref)) for ref in asking_again.to_ask(session, self.office)]
