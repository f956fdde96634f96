"""App Home is drawn by the worker, as messages are: take one in hand, look, publish, mark.

It is published only where it would look otherwise than before.
"""

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from programme.homes import Home
from programme.notices import Answer, Reply
from storage import find
from storage.office import Office
from storage.session import Session

View = dict[str, Any]
DrawHome = Callable[[Session, str], View]
"""What App Home shows this Slack account."""
Publish = Callable[[Home, View], Reply]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Homes:
    office: Office
    draw: DrawHome
    publish: Publish
    enough: Callable[[], bool] = lambda: False
    """Asked before each: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """Draw each that may have changed, once. How many were looked at. While nothing can be sent, none is."""
        looked_at, last = 0, 0
        while not self.enough() and (home := self._next(last)):
            last = home.id or 0
            held = self._taken(home)
            if held is None:
                continue
            looked_at += 1
            if self._show(held).stops_all:
                break
        return looked_at

    def _next(self, after: int) -> Home | None:
        with self.office.record.reading() as session:
            if find.notices.stand_still(session):
                return None
            return find.homes.next_to_draw(session, after=after, real_now=self.office.real_now())

    def _taken(self, home: Home) -> Home | None:
        with self.office.record.writing() as session:
            return find.homes.taken(session, home, real_now=self.office.real_now())

    def _show(self, home: Home) -> Reply:
        view = self._drawn(home)
        if view is None:
            return self._stands(home, home.shows, Reply(Answer.BUG, "not_drawn"))
        shows = _digest(view)
        if shows == home.shows:
            return self._stands(home, shows, None)
        return self._stands(home, shows, self.publish(home, view))

    def _drawn(self, home: Home) -> View | None:
        try:
            with self.office.record.reading() as session:
                return self.draw(session, home.account)
        except Exception:
            log.exception("an App Home could not be drawn", extra={"home": home.id})
            return None

    def _stands(self, home: Home, shows: str, reply: Reply | None) -> Reply:
        """`reply` is None where it looks as it did and nothing was published."""
        with self.office.record.writing() as session:
            kept, real_now = find.homes.by_number(session, home.id), self.office.real_now()
            if reply is None:
                kept.is_as_it_was(real_now=real_now)
                return Reply(Answer.OK)
            kept.stands(shows, reply, real_now=real_now)
        if reply.answer is not Answer.OK:
            log.warning("App Home was not published", extra={"home": home.id, "code": reply.code})
        return reply


def _digest(view: View) -> str:
    return hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()
