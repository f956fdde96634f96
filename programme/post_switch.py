"""Whether messages go out at all: not while somebody has paused them, nor while Slack refuses the app itself. And whose
turn it is to draw anew what was sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from programme.facts import Fact
from programme.people import Person
from programme.post_facts import AppRefused

MESSAGES = "messages"
"""How the history names all of them."""

DRAWS_FOR = timedelta(minutes=2)
"""Longer than any call to Slack takes. The turn of a worker that died is over then."""

ASK_EVERY = timedelta(minutes=1)
THE_SAME_STILL = timedelta(minutes=3)
"""Refused again so soon after Slack said that all is well: it never was, and the first refusal is still the one."""


@dataclass(eq=False)
class PostSwitch:
    """There is one. While `refused`, nobody's message is tried; Slack is asked once a minute whether it knows us.

    One worker at a time, `drawn_by`, draws anew what was sent: of two at once the slower could put back what is old.
    """

    paused: bool = False
    refused: bool = False
    refused_since: datetime | None = None
    refused_why: str = ""
    asked_at: datetime | None = None
    drawn_by: str = ""
    drawn_until: datetime | None = None
    id: int | None = None

    @property
    def stands_still(self) -> bool:
        return self.paused or self.refused

    def refuse(self, code: str, *, real_now: datetime, runs_it: Sequence[Person] = ()) -> list[Fact]:
        """Slack refuses the app, and would refuse it for everybody. Who runs the month is told once, as it begins."""
        lately = self.asked_at is not None and real_now - self.asked_at < THE_SAME_STILL
        begins = not self.refused and not (lately and self.refused_why == code)
        if begins:
            self.refused_since = real_now
        self.refused, self.refused_why, self.asked_at = True, code, real_now
        return [AppRefused(about=MESSAGES, why=code, tell=tuple(runs_it))] if begins else []

    def is_to_be_asked(self, *, real_now: datetime) -> bool:
        return self.refused and (self.asked_at is None or real_now - self.asked_at >= ASK_EVERY)

    def was_asked(self, *, real_now: datetime) -> None:
        self.asked_at = real_now

    def is_known_again(self) -> None:
        """Since when and why it was not is kept, in case it is not so."""
        self.refused = False

    def may_draw(self, worker: str, *, real_now: datetime) -> bool:
        """Take or keep the turn, unless another worker has it."""
        is_free = self.drawn_until is None or self.drawn_until < real_now
        if not is_free and self.drawn_by != worker:
            return False
        self.drawn_by, self.drawn_until = worker, real_now + DRAWS_FOR
        return True

    def has_drawn(self, worker: str) -> None:
        """Give the turn back, if it still is this worker's."""
        if self.drawn_by == worker:
            self.drawn_by, self.drawn_until = "", None
