"""The message of the day is drawn anew whole, and goes out though a sweep before it broke."""

import pytest

from programme.facts import MessagesPaused
from programme.notices import Dropped, Letter, Notice
from scheduler.post.postman import Postman
from scheduler.post.redrawing import Redrawing
from scheduler.the_day import SweepBrokeError, TheDay
from storage import journal
from storage.office import Office
from storage.session import Session
from tests.cast import NOW, Cast
from tests.scheduler.test_one_message import Chat, deliver, drawn, due, nothing_else_waits

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
