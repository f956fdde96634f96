"""Messages that were sent are drawn again where they stand, once for what has changed, whoever dies or fails."""

from dataclasses import dataclass, field

import pytest

from programme.exceptions import exceptions
from programme.facts import MessagesPaused
from programme.notices import Answer, Dropped, Letter, Notice, Reply
from scheduler.post.postman import Postman
from scheduler.post.redrawing import Redrawing
from storage import find, journal
from storage.office import Office
from storage.session import Session
from tests.cast import NOW, Cast, here
from tests.scheduler.later import later

FIRST, SECOND = "AUD-2017-10-01", "AUD-2017-10-02"


@dataclass
class Slack:
    """Where messages are drawn: what each says, by whom it is about."""

    reply: Reply = field(default_factory=lambda: Reply(Answer.OK))
    drawn: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, notice: Notice, letter: Letter) -> Reply:
        self.drawn.append((notice.about, letter.text))
        return self.reply


def now_says(_session: Session, notice: Notice) -> Letter:
    return Letter(f"By now: {notice.about}")


def changed(office: Office, about: str) -> None:
    with office.record.writing() as session:
        journal.write(session, [MessagesPaused(about=about, paused=True)], by=None, at=NOW)


@pytest.fixture
def sent(office: Office, cast: Cast) -> None:  # noqa: ARG001 - the cast's two messages wait
    """Both messages of the cast have gone out."""
    Postman(office, now_says, lambda notice, _: Reply(Answer.OK, "", "D1", notice.about), "w").deliver_until_empty()


@pytest.mark.usefixtures("sent")
class TestDrawingAgain:
    def test_what_has_not_changed_is_left_alone(self, office: Office) -> None:
        slack = Slack()
        assert (Redrawing(office, now_says, slack).sweep(), slack.drawn) == (0, [])

    def test_what_has_changed_is_drawn_once(self, office: Office) -> None:
        slack = Slack()
        changed(office, FIRST)
        changed(office, FIRST)
        assert [Redrawing(office, now_says, slack).sweep() for _ in range(2)] == [1, 0]
        assert slack.drawn == [(FIRST, f"By now: {FIRST}")]

    def test_what_is_settled_says_how(self, office: Office) -> None:
        slack = Slack()
        changed(office, SECOND)
        Redrawing(office, lambda *_: Dropped("over", instead=Letter("It is over")), slack).sweep()
        assert slack.drawn == [(SECOND, "It is over")]

    def test_what_has_nothing_to_say_in_its_place_stays(self, office: Office) -> None:
        slack = Slack()
        changed(office, SECOND)
        assert [Redrawing(office, lambda *_: Dropped("left"), slack).sweep() for _ in range(2)] == [1, 0]
        assert slack.drawn == []

    def test_a_change_while_it_is_drawn_is_drawn_too(self, office: Office) -> None:
        slack = Slack()
        changed(office, FIRST)

        def changing(session: Session, notice: Notice) -> Letter:
            if not slack.drawn:
                changed(office, FIRST)
            return now_says(session, notice)

        assert [Redrawing(office, changing, slack).sweep() for _ in range(3)] == [1, 1, 0]

    @pytest.mark.parametrize("answer", [Answer.RETRY, Answer.AMBIGUOUS, Answer.APP])
    def test_what_fails_is_tried_again_later(self, office: Office, answer: Answer) -> None:
        changed(office, FIRST)
        Redrawing(office, now_says, Slack(Reply(answer, wait=60))).sweep()
        slack = Slack()
        assert Redrawing(office, now_says, slack).sweep() == 0
        assert Redrawing(later(office, seconds=61), now_says, slack).sweep() == 1

    @pytest.mark.parametrize("answer", [Answer.PERSON, Answer.BUG])
    def test_what_cannot_be_drawn_again_is_left(self, office: Office, answer: Answer) -> None:
        changed(office, FIRST)
        Redrawing(office, now_says, Slack(Reply(answer, "cant_update_message"))).sweep()
        assert Redrawing(later(office, days=1), now_says, Slack()).sweep() == 0

    def test_one_that_breaks_does_not_hold_up_the_next(self, office: Office) -> None:
        slack = Slack()
        changed(office, FIRST)
        changed(office, SECOND)

        def breaking(session: Session, notice: Notice) -> Letter:
            if notice.about == FIRST:
                raise ValueError
            return now_says(session, notice)

        assert Redrawing(office, breaking, slack).sweep() == 2
        assert slack.drawn == [(SECOND, f"By now: {SECOND}")]

    def test_nothing_is_drawn_while_messages_are_paused(self, office: Office, cast: Cast) -> None:
        changed(office, FIRST)
        with office.record.writing() as session:
            here(session, cast.administrator)
            find.notices.set_paused(session, paused=True)
        assert Redrawing(office, now_says, Slack()).sweep() == 0


def test_what_changes_while_it_is_on_its_way_is_drawn_once_it_is_there(office: Office, cast: Cast) -> None:
    """Drawn, then changed, then sent: nobody is left with what was true a moment before."""
    slack = Slack()

    def slow_send(notice: Notice, _letter: Letter) -> Reply:
        if notice.about == FIRST:
            changed(office, FIRST)
            assert Redrawing(office, now_says, slack).sweep() == 0
        return Reply(Answer.OK, "", "D1", notice.about)

    Postman(office, now_says, slow_send, "w").deliver_until_empty()
    assert [Redrawing(office, now_says, slack).sweep() for _ in range(2)] == [1, 0]
    assert (slack.drawn, cast.allocation.ref) == ([(FIRST, f"By now: {FIRST}")], FIRST)


def test_what_could_not_be_sent_is_not_drawn_again(office: Office, cast: Cast) -> None:
    def changed_then_failed(notice: Notice, _letter: Letter) -> Reply:
        changed(office, notice.about)
        return Reply(Answer.PERSON, "user_not_found")

    Postman(office, now_says, changed_then_failed, "w").deliver_until_empty()
    slack = Slack()
    assert (Redrawing(office, now_says, slack).sweep(), slack.drawn) == (0, [])
    assert cast.allocation.ref == FIRST


@pytest.mark.usefixtures("sent")
def test_an_answer_that_nobody_knows_is_shown_until_it_is_drawn(office: Office, cast: Cast) -> None:
    changed(office, FIRST)
    Redrawing(office, now_says, Slack(Reply(Answer.BUG, "unheard_of:a_code_of_tomorrow"))).sweep()
    said = (
        f"{FIRST}: a message could not be drawn again for {cast.auditor.name}. "
        "Slack gave an answer that we do not know: a_code_of_tomorrow: see Messages."
    )
    assert shown(office) == [said]
    assert Redrawing(later(office, minutes=59), now_says, Slack()).sweep() == 0
    assert Redrawing(later(office, minutes=61), now_says, Slack()).sweep() == 1
    assert shown(office) == []


def test_an_answer_to_a_new_message_that_nobody_knows_is_shown(office: Office, cast: Cast) -> None:
    reply = Reply(Answer.BUG, "unheard_of:a_code_of_tomorrow")
    Postman(office, now_says, lambda *_: reply, "w").deliver_until_empty()
    said = "Slack gave an answer that we do not know: a_code_of_tomorrow: see Messages."
    assert shown(office) == [
        f"{FIRST}: a message did not reach {cast.auditor.name}. {said}",
        f"{SECOND}: a message did not reach {cast.peer.name}. {said}",
    ]


def shown(office: Office) -> list[str]:
    """What whoever runs the month reads of it."""
    with office.record.reading() as session:
        found = find.exceptions.found(session, None, today=NOW.date(), rules=office.rules)
        return [each.said for each in exceptions(found, NOW.date())]
