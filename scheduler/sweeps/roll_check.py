"""Heads of Service are asked before a month whether their lists are right: once, and once more if nobody answers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from scheduler.sweeps.steps import Step, due_in_hours, take
from storage import roll_checking
from storage.office import Office
from storage.session import Session


@dataclass(frozen=True)
class RollChecks:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """Ask what is due, in the hours of a working day. How many were asked, or are over."""
        return take(self.office, "check_rolls", due_in_hours(self.office, self._due), self.enough)

    def _due(self, session: Session) -> list[Step]:
        asks = [
            (head.reference, partial(self._ask, month, head.id or 0))
            for month, head, _ in roll_checking.to_ask(session, self.office)
        ]
        again = [(ref, partial(self._follow_up, ref)) for ref in roll_checking.to_follow_up(session, self.office)]
        return [*asks, *again]

    def _ask(self, month: str, head: int, session: Session) -> bool:
        return roll_checking.ask(session, self.office, month, head)

    def _follow_up(self, ref: str, session: Session) -> bool:
        return roll_checking.follow_up(session, self.office, ref)
