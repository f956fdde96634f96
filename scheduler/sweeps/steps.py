"""Many small steps, each in a transaction of its own: what fails is left until the next sweep, and the others go on."""

import logging
from collections.abc import Callable, Iterable
from itertools import takewhile

from storage.office import Office
from storage.session import Conflict, Session

Step = tuple[str, Callable[[Session], bool]]
"""What it is about, by its reference, and the step itself: whether anything came of it."""

log = logging.getLogger(__name__)


def take(office: Office, steps: Iterable[Step], enough: Callable[[], bool]) -> int:
    """Take every step, until a worker that is told to stop has enough. How many came to anything."""
    return sum(_take(office, about, step) for about, step in takewhile(lambda _: not enough(), steps))


def _take(office: Office, about: str, step: Callable[[Session], bool]) -> bool:
    try:
        with office.record.writing() as session:
            return step(session)
    except Conflict:
        log.info("somebody else was first", extra={"ref": about})
    except Exception:
        log.exception("a step of a sweep broke", extra={"ref": about})
    return False
