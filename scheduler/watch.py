"""Whether this machine's clock may be trusted: leases and rests are counted by it, and shared by every worker.

Each look compares it with the database's. Between two looks a monotonic clock tells whether it has jumped.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from programme.jobs import APART_AT_MOST
from storage import clock
from storage.office import Office


@dataclass
class Watch:
    office: Office
    ticks: Callable[[], float] = time.monotonic
    _looked: tuple[datetime, float] | None = field(default=None, init=False)
    """The database's time at the last look, and the monotonic clock's."""

    def look(self) -> timedelta:
        """Ask the database what time it is. How far this machine is ahead of it."""
        with self.office.record.reading() as session:
            self._looked = clock.of_the_database(session), self.ticks()
        return self.apart()

    def apart(self) -> timedelta:
        """How far this machine is ahead of the database by now, without asking it again."""
        if self._looked is None:
            return self.look()
        theirs, ticked = self._looked
        return self.office.real_now() - theirs - timedelta(seconds=self.ticks() - ticked)

    def is_right(self) -> bool:
        return abs(self.apart()) <= APART_AT_MOST
