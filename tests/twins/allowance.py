"""How often Slack lets an app call: each method so often a minute, and one message a second in a channel."""

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil

A_MINUTE: Mapping[str, int] = {
    "conversations.open": 50,
    "conversations.history": 50,
    "chat.update": 50,
    "views.publish": 100,
    "chat.postMessage": 300,
}
IN_A_CHANNEL, SECONDS = 13, 10.0
"""One a second in any ten seconds, and a short burst of three."""


@dataclass
class Limits:
    """Every call is noted with its time; one too many counts as refused, and not against the caller."""

    called: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    refused: int = 0
    early: int = 0
    """Calls of a method that was told to wait, before its time."""
    not_before: dict[str, float] = field(default_factory=dict)

    def too_soon(self, method: str, said: Mapping[str, object], now: float) -> int:
        """Seconds that must be waited; 0 where it may go."""
        self.early += now < self.not_before.get(method, now)
        waits = [self._wait(method, A_MINUTE.get(method, 10**6), 60.0, now)]
        if method == "chat.postMessage":
            waits.append(self._wait(f"{method} {said.get('channel')}", IN_A_CHANNEL, SECONDS, now))
        if seconds := ceil(max(waits)):
            self.refused += 1
            self.not_before[method] = now + seconds
            return seconds
        for name in (method, f"{method} {said.get('channel')}"):
            self.called[name].append(now)
        return 0

    def _wait(self, name: str, most: int, seconds: float, now: float) -> float:
        lately = self.called[name]
        while lately and lately[0] <= now - seconds:
            lately.popleft()
        return lately[0] + seconds - now if len(lately) >= most else 0.0
