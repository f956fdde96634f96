"""Requests to swap that nobody answered in time, or that nobody needs any more, are ended."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from programme.refusals import Refusal
from scheduler.sweeps.steps import take
from storage import find, swapping
from storage.office import Office
from storage.session import Conflict, Session


@dataclass(frozen=True)
class EndingSwaps:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """End each that is over, one at a time; how many were ended."""
        with self.office.record.reading() as session:
            over = find.swaps.to_end(session, now=self.office.now(session))
        return take(self.office, "end_swaps", ((ref, partial(self._end, ref)) for ref in over), self.enough)

    def _end(self, ref: str, session: Session) -> bool:
        try:
            swapping.expire(session, self.office, ref)
        except Refusal as refusal:
            raise Conflict from refusal  # somebody was first to end it
        return True
