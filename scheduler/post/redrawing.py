"""Drawing again what was sent, where it stands, once what it tells has changed: no message offers what is over."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from programme.notices import Answer, Dropped, Letter, Notice, Reply
from scheduler.post.postman import Render, Send
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
        while not self.enough() and self._has_its_turn() and (notice := self._next(last)):
            if self._draw(notice).stops_all:
                break
            dealt_with, last = dealt_with + 1, notice.id or 0
        return dealt_with

    def _has_its_turn(self) -> bool:
        with self.office.record.writing() as session:
            switch = find.notices.switch(session, to_change=True)
            return switch.may_draw(self.name, real_now=self.office.real_now())

    def _next(self, after: int) -> Notice | None:
        with self.office.record.reading() as session:
            if find.notices.stand_still(session):
                return None
            return find.notices.next_to_redraw(session, after=after, real_now=self.office.real_now())

    def _draw(self, notice: Notice) -> Reply:
        drawn = self._render(notice)
        reply = self.redraw(notice, drawn) if drawn else Reply(Answer.OK, "stands_as_it_is")
        with self.office.record.writing() as session:
            kept = find.notices.by_number(session, notice.id or 0)
            if kept is not None:
                kept.record_redrawn(reply, seen=notice.undrawn, real_now=self.office.real_now())
        if reply.answer is not Answer.OK:
            log.warning("a message was not drawn again", extra={"notice": notice.id, "code": reply.code})
        return reply

    def _render(self, notice: Notice) -> Letter | None:
        """What it says by now; None where there is nothing to say in its place, or it cannot be drawn."""
        try:
            with self.office.record.reading() as session:
                drawn = self.render(session, notice)
        except Exception:
            log.exception("a message could not be drawn again", extra={"notice": notice.id, "kind": notice.kind})
            return None
        return drawn.instead if isinstance(drawn, Dropped) else drawn
