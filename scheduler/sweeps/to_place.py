"""Actions that belong to someone else: where who was named has not accepted, who leads the owner is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from scheduler.sweeps import steps
from storage import passing_on
from storage.office import Office


@dataclass(frozen=True)
class ToPlace:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """Ask for each that waited long enough; for how many somebody was asked."""
        with self.office.record.reading() as session:
            waiting = passing_on.to_place(session, self.office)
        asked = [(ref, partial(passing_on.ask_head, office=self.office, ref=ref)) for ref in waiting]
        return steps.take(self.office, "ask_whose", asked, self.enough)
