"""The postman: lease → judge again → render → send → mark, one message at a time.

A message is leased in one short transaction and marked in another; none is open during the call between them. A
worker that dies in between leaves a lease that runs out: the next worker sends it, and a message that may have gone
out already is looked up by its key first. So nothing is lost, and nothing is doubled without the same key.

What is of the day is leased with all else of the day that is due for the same person, and goes out as one message; who
has had theirs today hears the rest the next morning. Where Slack takes that message for a mistake, its parts go apart.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from programme.chasing import next_reminding_time
from programme.notices import Answer, Dropped, Letter, Notice, Rank, Reply, one_after_another
from storage import find, outbox
from storage.office import Office
from storage.session import Conflict, Session

Render = Callable[[Session, Notice], Letter | Dropped]
Send = Callable[[Notice, Letter], Reply]
Together = Callable[[Sequence[Letter]], Letter]
"""One letter of several, in their order; of a single one, itself."""

NOTHING_SENT = Reply(Answer.OK, "nothing_sent")

log = logging.getLogger(__name__)


class Part(NamedTuple):
    """One notice and what it came to when it was judged: a letter, not needed or not now, or what went wrong."""

    notice: Notice
    drawn: Letter | Dropped | Reply


class Ready(NamedTuple):
    """One notice that goes out, and its letter."""

    notice: Notice
    letter: Letter


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
    together: Together = one_after_another
    of_the_day: bool | None = None
    """Whether only what is of the day is delivered, or only what is not; both where it is None."""

    def deliver_until_empty(self) -> int:
        """Send until nothing more is due, one message at a time. How many notices were dealt with.

        What must wait for another try stays in the queue. When Slack refuses the app itself, or takes nothing more just
        now, nobody's message can go out there, so the rest is not even tried.
        """
        dealt_with = 0
        self._ask_whether_known()
        while not self.enough() and (notices := self._lease()):
            reply = self._deliver(notices)
            if reply.stops_all and not self._has_rested(reply):
                break
            dealt_with += len(notices) if reply.asked else 0
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

    def _lease(self) -> Sequence[Notice]:
        """The next notice, and what goes with it; none where another worker was quicker just now."""
        try:
            with self.office.record.writing() as session:
                return self._leased(session)
        except Conflict:
            return []

    def _leased(self, session: Session) -> Sequence[Notice]:
        now, real_now, switch = self.office.now(session), self.office.real_now(), find.notices.switch(session)
        first = find.notices.next_to_send(
            session,
            now=now,
            real_now=real_now,
            of_the_day=self.of_the_day,
            only_at_once=switch.paused,
            only_by_email=bool(switch.refused),
        )
        if first is None:
            return []
        others = find.notices.that_go_with(session, first, now=now)
        first.lease(self.name, real_now=real_now)
        for each in others:
            each.lease(self.name, real_now=real_now, first=first)
        return [first, *others]

    def _deliver(self, notices: Sequence[Notice]) -> Reply:
        parts = self._judged(notices)
        ready = [Ready(part.notice, part.drawn) for part in parts if isinstance(part.drawn, Letter)]
        ready.sort(key=lambda each: (each.letter.rank, each.notice.id))
        reply = self._send(ready) if ready else NOTHING_SENT
        if _is_refused_as_it_is(ready, reply):
            self._set_apart(ready, reply)
            parts = [part for part in parts if not isinstance(part.drawn, Letter)]
        self._mark(parts, reply)
        if reply.answer is Answer.APP:
            with self.office.record.writing() as session:
                outbox.is_refused(session, self.office, reply.code)
        return reply

    def _judged(self, notices: Sequence[Notice]) -> list[Part]:
        """Each by what is true at this moment. Of what is of the day, only what cannot wait comes a second time."""
        parts = [Part(each, self._drawn(each)) for each in notices]
        first = notices[0]
        if not first.of_the_day or first.doubtful or first.apart:
            return parts
        with self.office.record.reading() as session:
            if not find.notices.has_had_todays(session, first.person, self.office.today(session)):
                return parts
            tomorrow = next_reminding_time(self.office.now(session), self.office.rules)
        waits = Dropped("has had the day's message", until=tomorrow)
        can_wait = [isinstance(part.drawn, Letter) and part.drawn.rank != Rank.ENDS_TODAY for part in parts]
        return [part._replace(drawn=waits) if wait else part for part, wait in zip(parts, can_wait, strict=True)]

    def _drawn(self, notice: Notice) -> Letter | Dropped | Reply:
        """What to send by now; a message that cannot be drawn is set aside, not retried."""
        try:
            with self.office.record.reading() as session:
                return self.render(session, notice)
        except Exception:
            log.exception("a message could not be drawn", extra={"notice": notice.id, "kind": notice.kind})
            return Reply(Answer.BUG, "not_drawn")

    def _send(self, ready: Sequence[Ready]) -> Reply:
        """Whatever a sender fails to classify may have gone out, so it is looked up before it is repeated."""
        notice = ready[0].notice
        try:
            return self.send(notice, self.together([each.letter for each in ready]))
        except Exception:
            log.exception("a message's sending broke off", extra={"notice": notice.id, "kind": notice.kind})
            return Reply(Answer.AMBIGUOUS, "broke_off")

    def _set_apart(self, ready: Sequence[Ready], reply: Reply) -> None:
        """One of them may be at fault; the others are not to fail with it."""
        with self.office.record.writing() as session:
            for each in ready:
                mine = find.notices.leased_by(session, _number(each.notice), self.name)
                if mine is not None:
                    mine.set_apart(reply, real_now=self.office.real_now())
        log.error("the day's message was refused, so its parts go apart", extra={"code": reply.code})

    def _mark(self, parts: Sequence[Part], reply: Reply) -> None:
        """All of them by the one reply, but for those that were not sent."""
        with self.office.record.writing() as session:
            for part in parts:
                mine = find.notices.leased_by(session, _number(part.notice), self.name)
                if mine is not None:
                    self._mark_one(session, mine, part, reply)

    def _mark_one(self, session: Session, mine: Notice, part: Part, reply: Reply) -> None:
        if isinstance(part.drawn, Dropped):
            mine.drop(part.drawn)
            return
        came, rank = (reply, part.drawn.rank) if isinstance(part.drawn, Letter) else (part.drawn, Rank.NEWS)
        if mine.person.slack_user_id != part.notice.person.slack_user_id:
            came = replace(came, wait=0)  # found on Slack while we tried without
        mine.record(came, at=self.office.now(session), real_now=self.office.real_now(), rank=rank)
        log.info("message dealt with", extra={"notice": mine.id, "answer": came.answer, "code": came.code})


def _is_refused_as_it_is(ready: Sequence[Ready], reply: Reply) -> bool:
    """Several in one message, and certainly not sent. Of a doubtful one nobody knows: its parts have no other key."""
    return reply.answer is Answer.BUG and len(ready) > 1 and not any(each.notice.doubtful for each in ready)


def _number(notice: Notice) -> int:
    if notice.id is None:
        msg = "A message that was never kept cannot be delivered."
        raise ValueError(msg)
    return notice.id
