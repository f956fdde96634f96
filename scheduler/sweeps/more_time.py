"""More time that was asked for is given where nobody has answered in time."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from scheduler.sweeps import steps
from storage import more_time
from storage.office import Office


@dataclass(frozen=True)
class MoreTime:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """Give each that waited long enough; how many were given."""
        with self.office.record.reading() as session:
            waiting = more_time.unanswered(session, self.office)
        asked = [(ref, partial(more_time.give_unanswered, office=self.office, ref=ref)) for ref in waiting]
        return steps.take(self.office, "give_time", asked, self.enough)
