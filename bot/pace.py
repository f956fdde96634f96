"""How fast we call Slack: a bucket of tokens for each method, and one for the messages of each channel.

Nothing waits in here. What comes too soon is told so, and for how long; then it waits in the record, where no thread
stands still for it. The buckets are one process's own. Of several workers each has as many tokens, so that together
they may be too fast: then Slack says so, and what it says holds for every call of that method.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from slack_sdk.errors import SlackClientError


@dataclass(frozen=True)
class Rate:
    """So many at once, and so many a second after that."""

    at_once: float
    a_second: float


def _a_minute(many: int) -> Rate:
    """As many as Slack's tier allows in any minute, the first half of them at once."""
    return Rate(many / 2, many / 2 / 60)


METHODS: Mapping[str, Rate] = {
    "conversations.open": _a_minute(50),
    "conversations.history": _a_minute(50),
    "chat.update": _a_minute(50),
    "views.publish": _a_minute(100),
    # Several hundred a minute for a whole workspace; what counts is how many go to one channel.
    "chat.postMessage": _a_minute(240),
}
A_CHANNEL = Rate(at_once=3, a_second=1)
CHANNELS_KEPT = 1000
HERE = frozenset({"127.0.0.1", "localhost", "::1"})


class TooSoon(SlackClientError):
    """Not asked: it would be more than Slack allows. `everybody`: whoever comes next would be too soon as well."""

    def __init__(self, seconds: float, *, everybody: bool) -> None:
        super().__init__("too soon")
        self.seconds = seconds
        self.everybody = everybody


class Bucket:
    def __init__(self, rate: Rate, now: float) -> None:
        self._rate, self._tokens, self._at = rate, rate.at_once, now

    def seconds_to_go(self, now: float) -> float:
        """Until there is a token; none when there is."""
        self._tokens = min(self._rate.at_once, self._tokens + (now - self._at) * self._rate.a_second)
        self._at = now
        return max(1 - self._tokens, 0.0) / self._rate.a_second

    def take(self) -> None:
        self._tokens -= 1


@dataclass
class Pace:
    clock: Callable[[], float] = time.monotonic
    rates: Mapping[str, Rate] = field(default_factory=lambda: METHODS)
    _methods: dict[str, Bucket] = field(default_factory=dict)
    _channels: dict[str, Bucket] = field(default_factory=dict)
    _not_before: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def must_allow(self, method: str, channel: str = "") -> None:
        """Take a token of the method and of the channel, or neither."""
        with self._lock:
            now = self.clock()
            if (resting := self._not_before.get(method, now) - now) > 0:
                raise TooSoon(resting, everybody=True)
            if method in self.rates:
                self._take(method, channel, now)

    def _take(self, method: str, channel: str, now: float) -> None:
        whole = self._methods.setdefault(method, Bucket(self.rates[method], now))
        if (seconds := whole.seconds_to_go(now)) > 0:
            raise TooSoon(seconds, everybody=True)
        if channel:
            self._take_of_channel(channel, now)
        whole.take()

    def told_to_wait(self, method: str, seconds: float) -> None:
        """Slack says so: no call of this method before that, whosever message it is."""
        with self._lock:
            self._not_before[method] = max(self._not_before.get(method, 0.0), self.clock() + seconds)

    def _take_of_channel(self, channel: str, now: float) -> None:
        if len(self._channels) >= CHANNELS_KEPT:
            self._channels.clear()  # at worst a few are too fast, and Slack says so
        bucket = self._channels.setdefault(channel, Bucket(A_CHANNEL, now))
        if (seconds := bucket.seconds_to_go(now)) > 0:
            raise TooSoon(seconds, everybody=False)
        bucket.take()


def pace_at(api_url: str) -> Pace:
    """A workspace on one's own machine, for trying out, counts nothing: there only what it asks for is kept."""
    return Pace(rates={}) if urlsplit(api_url).hostname in HERE else Pace()
