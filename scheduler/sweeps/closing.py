"""Audits whose outcome stands and of which nothing is left to do or to check are closed; others are opened again."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from scheduler.sweeps.steps import take
from storage import closing
from storage.office import Office
from storage.session import Session


@dataclass(frozen=True)
class ClosingAudits:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """How many were closed or opened again."""
        with self.office.record.reading() as session:
            refs = closing.to_settle(session)
        return take(self.office, "close", ((ref, partial(self._settle, ref)) for ref in refs), self.enough)

    def _settle(self, ref: str, session: Session) -> bool:
        return closing.settle(session, self.office, ref)
