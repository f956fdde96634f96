"""Those who run the month hear once a day what changed and what needs them, in the hours of a working day."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from programme.chasing import is_reminding_time
from scheduler.sweeps.steps import take
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
        with self.office.record.reading() as session:
            if not is_reminding_time(self.office.now(session), self.office.rules):
                return 0
            told = [(who.reference, partial(self._tell, who.id or 0)) for who in telling.to_tell(session, self.office)]
        return take(self.office, "digest", told, self.enough)

    def _tell(self, number: int, session: Session) -> bool:
        return telling.tell(session, self.office, number)
