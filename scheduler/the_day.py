"""The day's messages: first everybody who has something to say has said it, and only then is any of it sent.

So all that is due for one person is there to go out as one message. That holds with any number of workers: a step that
another worker is just taking is waited for, and found taken.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scheduler.post.postman import Postman

log = logging.getLogger(__name__)


class SweepBrokeError(Exception):
    """One of the sweeps could not be done; what waits was sent all the same."""


@dataclass(frozen=True)
class TheDay:
    sweeps: Sequence[Callable[[], object]]
    """Whatever makes notices of the day."""
    postman: Postman

    def sweep(self) -> int:
        """How many notices were dealt with. What breaks in one sweep keeps back neither the others nor what waits."""
        went_well = [_goes_well(each) for each in self.sweeps]
        dealt_with = self.postman.deliver_until_empty()
        if not all(went_well):
            raise SweepBrokeError
        return dealt_with


def _goes_well(sweep: Callable[[], object]) -> bool:
    try:
        sweep()
    except Exception:
        log.exception("a sweep of the day broke")
        return False
    return True
