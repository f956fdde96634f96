"""What is said to Slack after it has its answer: a modal, a private word.

Slack waits three seconds for an answer, and may itself be slow to take what we say. So nobody's click waits for a
call: a few threads make it. The record is written by then; a process that dies loses a courtesy, and a second press
brings it.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from time import monotonic

THREADS = 16
AT_MOST = 200
"""Calls that wait or are being made. While Slack hangs, more would only come too late."""

TOO_LATE_SECONDS = 3.0
"""As long as a trigger lives; nobody waits for a private word longer either."""

Saying = Callable[[], None]

log = logging.getLogger(__name__)


class Afterwards:
    """Starts no thread before there is something to say."""

    def __init__(self, patience_seconds: float = TOO_LATE_SECONDS) -> None:
        self._patience = patience_seconds
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="afterwards")
        self._under_way: set[Future[None]] = set()

    def say(self, saying: Saying) -> None:
        if len(self._under_way) >= AT_MOST:
            log.warning("Slack is too slow: something was left unsaid", extra={"left": AT_MOST})
            return
        said = self._pool.submit(say_in_time, saying, until=monotonic() + self._patience)
        self._under_way.add(said)
        said.add_done_callback(self._under_way.discard)

    def finish(self) -> None:
        """Wait until everything is said."""
        wait(list(self._under_way))


def say_in_time(saying: Saying, *, until: float) -> None:
    if monotonic() > until:
        log.warning("Slack was too slow: something came too late to be said")
        return
    try:
        saying()
    except Exception:
        log.exception("something could not be said")
