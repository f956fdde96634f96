"""The message of the day is drawn anew whole; a sweep that broke before it, or a part at fault, does not keep it."""

import pytest

from programme.facts import MessagesPaused
from programme.notices import Answer, Dropped, Letter, Notice, Reply
from programme.words import NoticeState
from scheduler.post.postman import Postman, Send
from scheduler.post.redrawing import Redrawing
from scheduler.the_day import SweepBrokeError, TheDay
from storage import journal
from storage.office import Office
from storage.session import Session
from tests.cast import NOW, Cast
from tests.scheduler.later import later
from tests.scheduler.test_one_message import Chat, deliver, drawn, due, kept, next_morning, nothing_else_waits, states

__all__ = ["nothing_else_waits"]


class TestDrawnAgain:
    def test_a_message_of_several_is_drawn_anew_whole_each_where_it_stood(self, office: Office, cast: Cast) -> None:
        chat = Chat()
        due(office, cast.auditor, "soon", "late", "ends")
        deliver(office, chat)
        with office.record.writing() as session:
            journal.write(session, [MessagesPaused(about="ends", paused=True)], by=None, at=NOW)

        def by_now(session: Session, notice: Notice) -> Letter | Dropped:
            return Dropped("done", instead=Letter("done")) if notice.about == "ends" else drawn(session, notice)

        assert [Redrawing(office, by_now, chat.redraw).sweep() for _ in range(2)] == [1, 0]
        assert chat.drawn == ["1: done. late. soon"]

    def test_where_a_part_cannot_be_drawn_the_whole_stands_as_it_is(self, office: Office, cast: Cast) -> None:
        chat = Chat()
        due(office, cast.auditor, "soon", "late")
        deliver(office, chat)
        with office.record.writing() as session:
            journal.write(session, [MessagesPaused(about="soon", paused=True)], by=None, at=NOW)

        def breaking(session: Session, notice: Notice) -> Letter:
            if notice.about == "late":
                raise ValueError
            return drawn(session, notice)

        assert (Redrawing(office, breaking, chat.redraw).sweep(), chat.drawn) == (1, [])


NOT_SO = Reply(Answer.BUG, "invalid_blocks")


class TestApart:
    """The day's message is refused as it is: one part that is at fault keeps nobody from the others."""

    def takes_none_with(self, chat: Chat, fault: str) -> Send:
        def send(notice: Notice, letter: Letter) -> Reply:
            sent = chat.send(notice, letter)
            return NOT_SO if fault in letter.text else sent

        return send

    def test_what_is_at_fault_fails_alone_and_the_others_go_by_their_own_keys(self, office: Office, cast: Cast) -> None:
        chat = Chat()
        due(office, cast.auditor, "soon", "bad", "late")
        due(office, cast.peer, "good")
        Postman(office, drawn, self.takes_none_with(chat, "bad"), "w").deliver_until_empty()
        assert sorted(chat.said) == ["bad", "good", "late", "late. soon. bad", "soon"]
        sent = kept(office)
        assert {about: each.state for about, each in sent.items()} == {
            "soon": NoticeState.SENT,
            "bad": NoticeState.FAILED,
            "late": NoticeState.SENT,
            "good": NoticeState.SENT,
        }
        assert sent["bad"].why == "invalid_blocks"
        assert {text: key for _, key, text in chat.sent if text in sent} == {
            about: each.key for about, each in sent.items()
        }

    def test_and_what_comes_later_that_day_waits_as_ever(self, office: Office, cast: Cast) -> None:
        chat = Chat()
        due(office, cast.auditor, "soon", "bad")
        send = self.takes_none_with(chat, "bad")
        Postman(office, drawn, send, "w").deliver_until_empty()
        due(office, cast.auditor, "more", "late")
        Postman(office, drawn, send, "w").deliver_until_empty()
        assert chat.said == ["soon. bad", "soon", "bad"]
        next_morning(office)
        assert deliver(office, chat)[3:] == ["late. more"]

    def test_a_single_part_that_is_at_fault_is_tried_once(self, office: Office, cast: Cast) -> None:
        chat = Chat()
        due(office, cast.auditor, "bad")
        Postman(office, drawn, self.takes_none_with(chat, "bad"), "w").deliver_until_empty()
        assert (chat.said, kept(office)["bad"].state) == (["bad"], NoticeState.FAILED)

    def test_who_dies_in_the_midst_of_it_loses_and_doubles_nothing(self, office: Office, cast: Cast) -> None:
        chat = Chat([NOT_SO])
        due(office, cast.auditor, "soon", "late")

        def dies_at_the_second(notice: Notice, letter: Letter) -> Reply:
            if len(chat.sent) == 2:
                raise KeyboardInterrupt
            return chat.send(notice, letter)

        with pytest.raises(KeyboardInterrupt):
            Postman(office, drawn, dies_at_the_second, "dead").deliver_until_empty()
        assert deliver(later(office, minutes=3), chat) == ["late. soon", "soon", "late"]
        assert set(states(office).values()) == {NoticeState.SENT}
        assert chat.sent[-1][1] == kept(office)["late"].key

    def test_of_a_doubtful_one_nobody_knows_so_it_fails_whole(self, office: Office, cast: Cast) -> None:
        chat = Chat([Reply(Answer.AMBIGUOUS, "timeout", wait=60), NOT_SO])
        due(office, cast.auditor, "soon", "late")
        deliver(office, chat)
        deliver(later(office, seconds=61), chat)
        assert (chat.said, set(states(office).values())) == (["late. soon"] * 2, {NoticeState.FAILED})

    def test_each_is_drawn_anew_where_it_stands(self, office: Office, cast: Cast) -> None:
        chat = Chat([NOT_SO])
        due(office, cast.auditor, "soon", "late")
        deliver(office, chat)
        with office.record.writing() as session:
            journal.write(session, [MessagesPaused(about="late", paused=True)], by=None, at=NOW)
        Redrawing(office, drawn, chat.redraw).sweep()
        assert chat.drawn == ["3: late"]


def test_a_sweep_that_breaks_keeps_back_neither_the_others_nor_what_waits(office: Office, cast: Cast) -> None:
    """The job counts as failed, when all is sent."""
    chat = Chat()

    def breaks() -> None:
        msg = "a row that cannot be read"
        raise KeyError(msg)

    sweeps = [breaks, lambda: due(office, cast.auditor, "soon")]
    day = TheDay(sweeps, Postman(office, drawn, chat.send, "w"))
    with pytest.raises(SweepBrokeError):
        day.sweep()
    assert chat.said == ["soon"]
