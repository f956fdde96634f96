"""Many at once: threads that all start at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

Found = TypeVar("Found")


def at_once(many: int, act: Callable[[int], Found]) -> list[Found]:
    """What `act(0)`, `act(1)` … gave, each in a thread of its own. The first fault of any is raised."""
    ready = Barrier(many)

    def start(number: int) -> Found:
        ready.wait()
        return act(number)

    with ThreadPoolExecutor(many) as threads:
        return list(threads.map(start, range(many)))
