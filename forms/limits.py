"""How often somebody may knock. Each process counts for itself: it guards the machine and is no rule of the house."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

ADDRESSES_KEPT = 10_000


@dataclass
class Limit:
    """So many a minute for each address, refilled steadily. `clock` gives seconds that only go forward."""

    a_minute: int
    clock: Callable[[], float]
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def is_over(self, address: str) -> bool:
        """Count one more; whether it is one too many."""
        with self._one_at_a_time:
            now = self.clock()
            left, since = self._left.pop(address, (float(self.a_minute), now))
            left = min(float(self.a_minute), left + (now - since) * self.a_minute / 60)
            self._left[address] = (max(left - 1, 0), now)
            if len(self._left) > ADDRESSES_KEPT:
                self._left.popitem(last=False)
            return left < 1
