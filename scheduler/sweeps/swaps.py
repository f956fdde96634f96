"""Requests to swap that nobody answered in time, or that nobody needs any more, are ended."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from programme.refusals import Refusal
from storage import find, swapping
from storage.office import Office

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class EndingSwaps:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """End each that is over, one at a time; how many there were."""
        with self.office.record.reading() as session:
            over = find.swaps.to_end(session, now=self.office.now(session))
        for ref in over:
            if self.enough():
                break
            self._end(ref)
        return len(over)

    def _end(self, ref: str) -> None:
        try:
            with self.office.record.writing() as session:
                swapping.expire(session, self.office, ref)
        except Refusal:
            log.info("somebody was first to end a swap", extra={"ref": ref})
        except Exception:
            log.exception("a swap could not be ended", extra={"ref": ref})
