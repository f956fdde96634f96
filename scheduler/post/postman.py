"""The postman: lease → judge again → render → send → mark, one message at a time.

A message is leased in one short transaction and marked in another; none is open during the call between them. A
worker that dies in between leaves a lease that runs out: the next worker sends it, and a message that may have gone
out already is looked up by its key first. So nothing is lost, and nothing is doubled without the same key.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from programme.notices import Answer, Dropped, Letter, Notice, Reply
from storage import find, outbox
from storage.office import Office
from storage.session import Session

Render = Callable[[Session, Notice], Letter | Dropped]
Send = Callable[[Notice, Letter], Reply]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Postman:
    office: Office
    render: Render
    send: Send
    name: str
    enough: Callable[[], bool] = lambda: False
    """Asked before each message: a worker that is told to stop finishes the one in hand."""
    probe: Callable[[], Reply] = lambda: Reply(Answer.OK)
    """Whether Slack knows the app: asked once a minute while it refuses it."""
    rest: Callable[[float], object] | None = None
    """How to wait while Slack takes nothing more; a worker does not, but comes again a second later."""

    def deliver_until_empty(self) -> int:
        """Send until nothing more is due, one message at a time. How many were dealt with.

        What must wait for another try stays in the queue. When Slack refuses the app itself, or takes nothing more just
        now, nobody's message can go out there, so the rest is not even tried.
        """
        dealt_with = 0
        self._ask_whether_known()
        while not self.enough() and (notice := self._lease()):
            reply = self._deliver(notice)
            if reply.stops_all and not self._has_rested(reply):
                break
            dealt_with += reply.asked
        return dealt_with

    def _has_rested(self, reply: Reply) -> bool:
        """Whether we have waited as long as everybody must, so that it can go on."""
        if self.rest is None or reply.answer is Answer.APP:
            return False
        self.rest(reply.wait or 0.0)
        return True

    def _ask_whether_known(self) -> None:
        """While Slack refuses the app, it is asked once a minute whether it knows us; until then only e-mail goes."""
        with self.office.record.reading() as session:
            if not find.notices.switch(session).refused:
                return
        with self.office.record.writing() as session:
            if not outbox.is_to_be_asked(session, self.office):
                return
        if self.probe().answer is Answer.OK:
            with self.office.record.writing() as session:
                outbox.is_known_again(session, self.office)

    def _lease(self) -> Notice | None:
        with self.office.record.writing() as session:
            now, real_now, switch = self.office.now(session), self.office.real_now(), find.notices.switch(session)
            notice = find.notices.next_to_send(
                session, now=now, real_now=real_now, only_urgent=switch.paused, only_by_email=switch.refused
            )
            if notice is not None:
                notice.lease(self.name, real_now=real_now)
            return notice

    def _deliver(self, notice: Notice) -> Reply:
        drawn = self._judge_and_render(notice)
        if isinstance(drawn, Dropped):
            self._drop(notice, drawn)
            return Reply(Answer.OK, "dropped")
        reply = self._send(notice, drawn) if isinstance(drawn, Letter) else drawn
        self._mark(notice, reply)
        if reply.answer is Answer.APP:
            with self.office.record.writing() as session:
                outbox.is_refused(session, self.office, reply.code)
        return reply

    def _judge_and_render(self, notice: Notice) -> Letter | Dropped | Reply:
        """What to send by what is true at this moment; a message that cannot be drawn is set aside, not retried."""
        try:
            with self.office.record.reading() as session:
                return self.render(session, notice)
        except Exception:
            log.exception("a message could not be drawn", extra={"notice": notice.id, "kind": notice.kind})
            return Reply(Answer.BUG, "not_drawn")

    def _send(self, notice: Notice, letter: Letter) -> Reply:
        """Whatever a sender fails to classify may have gone out, so it is looked up before it is repeated."""
        try:
            return self.send(notice, letter)
        except Exception:
            log.exception("a message's sending broke off", extra={"notice": notice.id, "kind": notice.kind})
            return Reply(Answer.AMBIGUOUS, "broke_off")

    def _mark(self, notice: Notice, reply: Reply) -> None:
        with self.office.record.writing() as session:
            mine = find.notices.leased_by(session, _number(notice), self.name)
            if mine is not None:
                if mine.person.slack_user_id != notice.person.slack_user_id:
                    reply = replace(reply, wait=0)  # found on Slack while we tried without
                mine.record(reply, at=self.office.now(session), real_now=self.office.real_now())
        log.info("message dealt with", extra={"notice": notice.id, "answer": reply.answer, "code": reply.code})

    def _drop(self, notice: Notice, dropped: Dropped) -> None:
        with self.office.record.writing() as session:
            mine = find.notices.leased_by(session, _number(notice), self.name)
            if mine is not None:
                mine.drop(dropped)


def _number(notice: Notice) -> int:
    if notice.id is None:
        msg = "A message that was never kept cannot be delivered."
        raise ValueError(msg)
    return notice.id
