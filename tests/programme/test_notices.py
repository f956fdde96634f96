"""A waiting message: leased, sent, tried again or given up, by what came of sending it."""

from datetime import timedelta

import pytest

from programme.notices import LEASE, QUEUE_LIFE, TRIES_AT_LEAST, Answer, Dropped, Notice, Reply, pause
from programme.words import NoticeState
from tests.cast import NOW
from tests.programme.builders import person

REAL_NOW = NOW + timedelta(days=9 * 365)
"""The machine's time, far from the demo's."""


def waiting() -> Notice:
    return Notice(
        key="case_given_out:AUD-2017-10-01:1:1",
        kind="case_given_out",
        about="AUD-2017-10-01",
        person=person("Asha"),
        state=NoticeState.WAITING,
        due_at=NOW,
        made_at=NOW,
    )


def leased() -> Notice:
    notice = waiting()
    notice.lease("worker 1", real_now=REAL_NOW)
    return notice


def recorded(answer: Answer, *, code: str = "", wait: float | None = None) -> Notice:
    notice = leased()
    notice.record(Reply(answer, code, channel="D1", stamp="17.1", wait=wait), at=NOW, real_now=REAL_NOW)
    return notice


def test_a_lease_names_the_worker_and_runs_out() -> None:
    notice = leased()
    assert (notice.state, notice.leased_by, notice.leased_until) == (NoticeState.LEASED, "worker 1", REAL_NOW + LEASE)
    assert not notice.doubtful


def test_a_lease_taken_over_makes_the_message_doubtful() -> None:
    notice = leased()
    notice.lease("worker 2", real_now=REAL_NOW + LEASE)
    assert (notice.leased_by, notice.doubtful) == ("worker 2", True)


BECOMES = {
    Answer.OK: (NoticeState.SENT, 0, False, ""),
    Answer.RETRY: (NoticeState.WAITING, 1, False, "said"),
    Answer.AMBIGUOUS: (NoticeState.WAITING, 1, True, "said"),
    Answer.PERSON: (NoticeState.FAILED, 0, False, "said"),
    Answer.APP: (NoticeState.WAITING, 0, False, "said"),
    Answer.BUG: (NoticeState.FAILED, 0, False, "said"),
}
"""State, tries, doubtful and why after each answer to the first send."""


@pytest.mark.parametrize("answer", Answer)
def test_what_becomes_of_a_message(answer: Answer) -> None:
    notice = recorded(answer, code="said")
    assert (notice.state, notice.tries, notice.doubtful, notice.why) == BECOMES[answer]
    assert (notice.leased_by, notice.leased_until) == ("", None)


def test_a_sent_message_knows_when_by_the_programmes_time_and_where_it_stands() -> None:
    notice = recorded(Answer.OK)
    assert (notice.sent_at, notice.channel, notice.stamp) == (NOW, "D1", "17.1")


def test_a_rate_limits_wish_is_kept_to_the_second() -> None:
    assert recorded(Answer.RETRY, wait=30.0).retry_at == REAL_NOW + timedelta(seconds=30)


def test_when_the_app_itself_is_refused_a_message_rests_a_minute_and_no_try_is_spent() -> None:
    notice = recorded(Answer.APP)
    assert (notice.retry_at, notice.tries, notice.first_tried_at) == (REAL_NOW + timedelta(minutes=1), 0, None)


@pytest.mark.parametrize("tries", [1, 2, 5, 11, 12, 40])
def test_pauses_double_up_to_three_hours_and_spread_out(tries: int) -> None:
    middle = min(5 * 2 ** (tries - 1), 3 * 60 * 60)
    pauses = [pause(tries) for _ in range(500)]
    assert all(0.8 * middle <= seconds <= 1.2 * middle for seconds in pauses)
    assert len(set(pauses)) > 400


def test_a_message_is_given_up_only_after_twelve_tries_and_four_days() -> None:
    notice, now = waiting(), REAL_NOW
    while notice.state is NoticeState.WAITING:
        notice.lease("worker 1", real_now=now)
        notice.record(Reply(Answer.RETRY, "service_unavailable"), at=NOW, real_now=now)
        last, now = now, notice.retry_at or now
    assert (notice.state, notice.why) == (NoticeState.FAILED, "service_unavailable")
    assert notice.tries >= TRIES_AT_LEAST
    assert QUEUE_LIFE < last - REAL_NOW < QUEUE_LIFE + timedelta(hours=4)


def test_few_tries_are_not_enough_to_give_up_however_long_it_took() -> None:
    notice = recorded(Answer.RETRY)
    later = REAL_NOW + timedelta(days=30)
    notice.lease("worker 1", real_now=later)
    notice.record(Reply(Answer.RETRY, "timeout"), at=NOW, real_now=later)
    assert (notice.state, notice.tries) == (NoticeState.WAITING, 2)


def test_once_doubtful_a_message_stays_so_until_it_is_sent() -> None:
    notice = recorded(Answer.AMBIGUOUS)
    notice.lease("worker 1", real_now=REAL_NOW)
    notice.record(Reply(Answer.RETRY), at=NOW, real_now=REAL_NOW)
    assert notice.doubtful


def test_a_dropped_message_says_why() -> None:
    notice = leased()
    notice.drop(Dropped("the audit is in already"))
    assert (notice.state, notice.why, notice.leased_until) == (NoticeState.DROPPED, "the audit is in already", None)
