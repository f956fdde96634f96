"""Heads of Service who have not answered are asked once more, in the hours of a working day."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from programme.chasing import is_reminding_time
from scheduler.sweeps.steps import take
from storage import asking_again
from storage.office import Office


@dataclass(frozen=True)
class AskingAgain:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """How many were asked."""
        with self.office.record.reading() as session:
            if not is_reminding_time(self.office.now(session), self.office.rules):
                return 0
            refs = list(asking_again.to_ask(session, self.office))
        asks = [(ref, partial(asking_again.ask, office=self.office, ref=ref)) for ref in refs]
        return take(self.office, "ask_again", asks, self.enough)
