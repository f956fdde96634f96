"""Drawing again what was sent, where it stands, once what it tells has changed: no message offers what is over.

A message that tells several things is drawn anew whole, each where it stood.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from programme.notices import Answer, Dropped, Letter, Notice, Reply, one_after_another
from scheduler.post.postman import Render, Send, Together
from storage import find
from storage.office import Office

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Redrawing:
    office: Office
    render: Render
    redraw: Send
    enough: Callable[[], bool] = lambda: False
    """Asked before each message: a worker that is told to stop leaves the rest for later."""
    name: str = ""
    together: Together = one_after_another

    def sweep(self) -> int:
        """Every message that tells what has changed, once each. How many were dealt with.

        One worker at a time does so: of two the slower could put back what is old. While nothing can be sent, nothing
        is drawn either.
        """
        dealt_with = self._sweep() if self._next(0) else 0
        if dealt_with:
            with self.office.record.writing() as session:
                find.notices.switch(session, to_change=True).has_drawn(self.name)
        return dealt_with

    def _sweep(self) -> int:
        dealt_with, last = 0, 0
        while not self.enough() and self._has_its_turn() and (stale := self._next(last)):
            changed, message = stale
            if self._draw(message).stops_all:
                break
            dealt_with, last = dealt_with + 1, changed.id or 0
        return dealt_with

    def _has_its_turn(self) -> bool:
        with self.office.record.writing() as session:
            switch = find.notices.switch(session, to_change=True)
            return switch.may_draw(self.name, real_now=self.office.real_now())

    def _next(self, after: int) -> tuple[Notice, Sequence[Notice]] | None:
        """The next that has changed, and all that stands in its message."""
        with self.office.record.reading() as session:
            if find.notices.stand_still(session):
                return None
            changed = find.notices.next_to_redraw(session, after=after, real_now=self.office.real_now())
            return (changed, find.notices.standing_together(session, changed)) if changed else None

    def _draw(self, message: Sequence[Notice]) -> Reply:
        drawn = self._whole(message)
        reply = self.redraw(message[0], drawn) if drawn else Reply(Answer.OK, "stands_as_it_is")
        with self.office.record.writing() as session:
            for notice in message:
                kept = find.outbox.by_number(session, notice.id or 0, to_change=True)
                kept.record_redrawn(reply, seen=notice.undrawn, real_now=self.office.real_now())
        if reply.answer is not Answer.OK:
            log.warning("a message was not drawn again", extra={"notice": message[0].id, "code": reply.code})
        return reply

    def _whole(self, message: Sequence[Notice]) -> Letter | None:
        """All of it; None where any part cannot be drawn: the others would stand without it."""
        letters = [letter for notice in message if (letter := self._render(notice)) is not None]
        return self.together(letters) if len(letters) == len(message) else None

    def _render(self, notice: Notice) -> Letter | None:
        """What it says by now; None where there is nothing to say in its place, or it cannot be drawn."""
        try:
            with self.office.record.reading() as session:
                drawn = self.render(session, notice)
        except Exception:
            log.exception("a message could not be drawn again", extra={"notice": notice.id, "kind": notice.kind})
            return None
        return drawn.instead if isinstance(drawn, Dropped) else drawn
