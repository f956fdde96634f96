"""The postman: every message once, whatever comes of sending it, and whoever dies meanwhile."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from programme.facts import MessagesPaused
from programme.notices import Answer, Dropped, Letter, Notice, Reply
from programme.words import NoticeState
from scheduler.post.postman import Postman, Send
from storage import clock, find, journal
from storage.office import Office
from storage.session import Record, Session
from tests.cast import NOW, Cast, here
from tests.scheduler.later import later
from tests.storage.crowd import at_once

HOUSE = Path(__file__).resolve().parents[2]
FIRST, SECOND = "AUD-2017-10-01", "AUD-2017-10-02"
"""The two messages of the cast that wait, in their order."""


def ready(_session: Session, notice: Notice) -> Letter:
    return Letter(f"About {notice.about}")


def answering(*replies: Reply, sent: list[str] | None = None) -> Send:
    """A sender that gives these replies in turn, then says that all is well."""
    left = list(replies)

    def send(notice: Notice, _letter: Letter) -> Reply:
        if sent is not None:
            sent.append(notice.about)
        return left.pop(0) if left else Reply(Answer.OK, channel="D1", stamp="17.1")

    return send


def by_about(office: Office) -> dict[str, Notice]:
    with office.record.reading() as session:
        return {notice.about: notice for notice in find.notices.in_state(session, *NoticeState)}


def put_in_queue(office: Office, cast: Cast, many: int) -> set[str]:
    """So many more messages for the auditor; the keys of all that wait now."""
    with office.record.writing() as session:
        told = (here(session, cast.auditor),)
        facts = [MessagesPaused(about=f"extra {number}", paused=True, tell=told) for number in range(many)]
        journal.write(session, facts, by=None, at=NOW)
        return {notice.key for notice in find.notices.in_state(session, NoticeState.WAITING)}


@pytest.mark.usefixtures("cast")
class TestOneMessage:
    def test_what_is_due_is_drawn_sent_and_marked(self, office: Office) -> None:
        letters = []

        def send(notice: Notice, letter: Letter) -> Reply:
            letters.append((notice.person.email, letter.text))
            return Reply(Answer.OK, channel="D1", stamp="17.1")

        assert Postman(office, ready, send, "w").deliver_until_empty() == 2
        assert letters == [("asha@example.org", f"About {FIRST}"), ("kofi@example.org", f"About {SECOND}")]
        kept = by_about(office)[FIRST]
        assert (kept.state, kept.sent_at, kept.channel, kept.stamp, kept.leased_by) == (
            NoticeState.SENT,
            NOW,
            "D1",
            "17.1",
            "",
        )

    @pytest.mark.parametrize(
        ("answer", "state", "tries", "doubtful"),
        [
            (Answer.OK, NoticeState.SENT, 0, False),
            (Answer.RETRY, NoticeState.WAITING, 1, False),
            (Answer.AMBIGUOUS, NoticeState.WAITING, 1, True),
            (Answer.PERSON, NoticeState.FAILED, 0, False),
            (Answer.BUG, NoticeState.FAILED, 0, False),
        ],
    )
    def test_each_answer_is_recorded_and_the_next_message_goes_out(
        self, office: Office, answer: Answer, state: NoticeState, tries: int, doubtful: bool
    ) -> None:
        send = answering(Reply(answer, "said", wait=60.0))
        assert Postman(office, ready, send, "w").deliver_until_empty() == 2
        kept = by_about(office)
        assert (kept[FIRST].state, kept[FIRST].tries, kept[FIRST].doubtful) == (state, tries, doubtful)
        assert kept[SECOND].state is NoticeState.SENT

    def test_what_must_rest_is_tried_again_when_it_has_rested(self, office: Office) -> None:
        sent: list[str] = []
        send = answering(Reply(Answer.RETRY, "ratelimited", wait=30.0), sent=sent)
        Postman(office, ready, send, "w").deliver_until_empty()
        Postman(later(office, seconds=25), ready, send, "w").deliver_until_empty()
        assert sent == [FIRST, SECOND]
        Postman(later(office, seconds=35), ready, send, "w").deliver_until_empty()
        assert sent == [FIRST, SECOND, FIRST]
        assert by_about(office)[FIRST].state is NoticeState.SENT

    def test_when_slack_refuses_the_app_the_rest_is_not_tried_and_no_try_is_spent(self, office: Office) -> None:
        sent: list[str] = []
        send = answering(Reply(Answer.APP, "token_revoked"), sent=sent)
        assert Postman(office, ready, send, "w").deliver_until_empty() == 0
        kept = by_about(office)
        assert sent == [FIRST]
        assert [(kept[about].state, kept[about].tries) for about in (FIRST, SECOND)] == [(NoticeState.WAITING, 0)] * 2
        Postman(later(office, minutes=2), ready, send, "w").deliver_until_empty()
        kept = by_about(office)
        assert [kept[about].state for about in (FIRST, SECOND)] == [NoticeState.SENT] * 2

    def test_what_is_not_needed_any_more_is_dropped_unsent(self, office: Office) -> None:
        sent: list[str] = []

        def judge(session: Session, notice: Notice) -> Letter | Dropped:
            return Dropped("it is in already") if notice.about == FIRST else ready(session, notice)

        assert Postman(office, judge, answering(sent=sent), "w").deliver_until_empty() == 2
        dropped = by_about(office)[FIRST]
        assert (sent, dropped.state, dropped.why) == ([SECOND], NoticeState.DROPPED, "it is in already")

    def test_what_is_not_for_now_is_judged_once_more_when_its_time_has_come(self, office: Office) -> None:
        sent: list[str] = []
        morning = office.rules.calendar.next_morning(NOW.date())

        def judge(session: Session, notice: Notice) -> Letter | Dropped:
            too_early = notice.about == FIRST and office.now(session) < morning
            return Dropped("not now", until=morning) if too_early else ready(session, notice)

        postman = Postman(office, judge, answering(sent=sent), "w")
        postman.deliver_until_empty()
        assert (sent, by_about(office)[FIRST].state) == ([SECOND], NoticeState.WAITING)
        with office.record.writing() as session:
            clock.set_to(session, morning)
        postman.deliver_until_empty()
        assert (sent, by_about(office)[FIRST].state) == ([SECOND, FIRST], NoticeState.SENT)

    def test_a_message_that_cannot_be_drawn_is_set_aside_alone(self, office: Office) -> None:
        sent: list[str] = []

        def draw(session: Session, notice: Notice) -> Letter:
            if notice.about == FIRST:
                raise KeyError(notice.about)
            return ready(session, notice)

        assert Postman(office, draw, answering(sent=sent), "w").deliver_until_empty() == 2
        aside = by_about(office)[FIRST]
        assert (sent, aside.state, aside.why) == ([SECOND], NoticeState.FAILED, "not_drawn")

    def test_a_send_that_breaks_off_is_doubtful_the_next_time(self, office: Office) -> None:
        doubts: list[tuple[str, bool]] = []

        def send(notice: Notice, _letter: Letter) -> Reply:
            doubts.append((notice.about, notice.doubtful))
            if len(doubts) == 1:
                raise TimeoutError
            return Reply(Answer.OK)

        Postman(office, ready, send, "w").deliver_until_empty()
        Postman(later(office, minutes=1), ready, send, "w").deliver_until_empty()
        assert doubts == [(FIRST, False), (SECOND, False), (FIRST, True)]
        assert {each.state for each in by_about(office).values()} == {NoticeState.SENT}

    def test_nothing_goes_out_while_messages_are_paused_and_nothing_is_lost(self, office: Office) -> None:
        sent: list[str] = []
        postman = Postman(office, ready, answering(sent=sent), "w")
        for paused, so_far in ((True, []), (False, [FIRST, SECOND])):
            with office.record.writing() as session:
                find.notices.set_paused(session, paused=paused)
            postman.deliver_until_empty()
            assert sent == so_far

    def test_what_is_due_later_by_the_programmes_time_waits(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            journal.write(
                session,
                [MessagesPaused(about="tomorrow", paused=True, tell=(here(session, cast.auditor),))],
                by=None,
                at=office.rules.calendar.next_morning(NOW.date()),
            )
        sent: list[str] = []
        Postman(later(office, days=30), ready, answering(sent=sent), "w").deliver_until_empty()
        assert sent == [FIRST, SECOND]

    def test_no_transaction_is_open_while_a_message_is_on_its_way(self, office: Office) -> None:
        def send(_notice: Notice, _letter: Letter) -> Reply:
            with office.record.writing() as session:  # would wait for ever behind the postman's own
                find.notices.set_paused(session, paused=False)
            return Reply(Answer.OK)

        assert Postman(office, ready, send, "w").deliver_until_empty() == 2

    def test_a_worker_that_is_told_to_stop_finishes_the_message_in_hand(self, office: Office) -> None:
        sent: list[str] = []
        postman = Postman(office, ready, answering(sent=sent), "w", enough=lambda: bool(sent))
        assert (postman.deliver_until_empty(), sent) == (1, [FIRST])
        assert by_about(office)[SECOND].state is NoticeState.WAITING


@pytest.mark.usefixtures("cast")
class TestTwoWorkers:
    def test_a_lease_is_taken_over_once_it_has_run_out_and_the_message_is_doubtful(self, office: Office) -> None:
        def die(_notice: Notice, _letter: Letter) -> Reply:
            raise KeyboardInterrupt  # as if the process were gone: nothing is marked

        with pytest.raises(KeyboardInterrupt):
            Postman(office, ready, die, "dead").deliver_until_empty()
        taken: list[tuple[str, bool]] = []

        def send(notice: Notice, _letter: Letter) -> Reply:
            taken.append((notice.about, notice.doubtful))
            return Reply(Answer.OK)

        Postman(later(office, seconds=110), ready, send, "alive").deliver_until_empty()
        assert taken == [(SECOND, False)]
        Postman(later(office, seconds=130), ready, send, "alive").deliver_until_empty()
        assert taken == [(SECOND, False), (FIRST, True)]

    def test_whoever_lost_the_lease_meanwhile_changes_nothing(self, office: Office) -> None:
        quick = Postman(later(office, minutes=3), ready, answering(), "quick")

        def slow(_notice: Notice, _letter: Letter) -> Reply:
            quick.deliver_until_empty()
            return Reply(Answer.PERSON, "user_not_found")

        Postman(office, ready, slow, "slow").deliver_until_empty()
        assert {each.state for each in by_about(office).values()} == {NoticeState.SENT}

    def test_two_at_once_send_two_hundred_messages_once_each(self, office: Office, cast: Cast) -> None:
        waiting = put_in_queue(office, cast, 198)
        sent: list[str] = []

        def send(notice: Notice, _letter: Letter) -> Reply:
            sent.append(notice.key)
            return Reply(Answer.OK)

        dealt_with = at_once(2, lambda n: Postman(office, ready, send, f"worker {n}").deliver_until_empty())
        assert Counter(sent) == dict.fromkeys(waiting, 1)
        assert (len(waiting), sum(dealt_with)) == (200, 200)
        assert {each.state for each in by_about(office).values()} == {NoticeState.SENT}


Kill = Callable[[int, int, int], None]


@pytest.fixture
def killed_again_and_again(office: Office, cast: Cast, tmp_path: Path) -> Kill:
    """Puts messages in the queue, lets a worker be killed so many times, and looks at what came of it."""

    def run(messages: int, kills: int, seed: int) -> None:
        waiting, sent = put_in_queue(office, cast, messages), tmp_path / "sent"
        sent.touch()
        url = office.record.engine.url.render_as_string(hide_password=False)
        command = [sys.executable, "-m", "tests.scheduler.mortal", url, str(sent), str(seed), str(kills)]
        killed = subprocess.run(command, cwd=HOUSE, check=True, stdout=subprocess.PIPE, text=True).stdout
        assert int(killed) == kills
        assert Counter(sent.read_text().splitlines()) == dict.fromkeys(waiting, 1)
        assert {each.state for each in by_about(office).values()} == {NoticeState.SENT}

    return run


def test_a_worker_killed_fifteen_times_loses_and_doubles_nothing(killed_again_and_again: Kill) -> None:
    killed_again_and_again(150, 15, 1710)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
def test_a_worker_killed_two_hundred_times_loses_and_doubles_nothing(killed_again_and_again: Kill, seed: int) -> None:
    killed_again_and_again(1700, 200, seed)


def test_the_record_is_the_only_memory(record: Record, office: Office, cast: Cast) -> None:
    """A postman that starts afresh with an empty queue does nothing, twice."""
    put_in_queue(office, cast, 0)
    Postman(office, ready, answering(), "first").deliver_until_empty()
    sent: list[str] = []
    assert [Postman(office, ready, answering(sent=sent), f"{n}").deliver_until_empty() for n in range(2)] == [0, 0]
    with record.reading() as session:
        assert (sent, find.notices.waiting_count(session)) == ([], 0)
