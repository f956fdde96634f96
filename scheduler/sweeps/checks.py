"""Confirmed actions are named to be checked, and a check goes to somebody else when who is asked cannot make it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from scheduler.sweeps.steps import take
from storage import checking
from storage.office import Office
from storage.session import Session


@dataclass(frozen=True)
class Checks:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """How many were decided on, handed on or fell away."""
        with self.office.record.reading() as session:
            undecided, tended = checking.undecided(session), checking.to_tend(session, self.office)
        steps = [
            *((ref, partial(self._decide, ref)) for ref in undecided),
            *((ref, partial(self._tend, ref)) for ref in tended),
        ]
        return take(self.office, "check", steps, self.enough)

    def _decide(self, ref: str, session: Session) -> bool:
        return checking.decide(session, self.office, ref)

    def _tend(self, ref: str, session: Session) -> bool:
        return checking.tend(session, self.office, ref)
