"""No faster than Slack allows, nobody asked before their time, and nothing of it lost or tried in vain."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from bot.pace import A_CHANNEL, METHODS, Pace, TooSoon, pace_at
from programme.words import NoticeState
from storage.office import Office
from tests.bot.clockwork import Clockwork
from tests.bot.conftest import ON_ONE_DATABASE
from tests.twins.allowance import A_MINUTE, Limits
from tests.twins.slack import Fault, SlackTwin


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def allowed(pace: Pace, method: str, channel: str = "") -> float:
    """The seconds until it may be called; 0 where it may now."""
    try:
        pace.must_allow(method, channel)
    except TooSoon as soon:
        return soon.seconds
    return 0.0


@pytest.mark.parametrize("method", METHODS)
def test_no_minute_has_more_calls_than_slack_allows(method: str) -> None:
    clock = Clock()
    pace, called = Pace(clock), []
    for tick in range(4 * 600):
        clock.now = tick / 10
        if not allowed(pace, method):
            called.append(clock.now)
    busiest = max(sum(1 for at in called if begins <= at < begins + 60) for begins in called)
    assert A_MINUTE[method] * 0.7 < busiest <= A_MINUTE[method]


def test_one_channel_gets_one_a_second_after_a_short_burst_and_holds_up_no_other() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert [allowed(pace, "chat.postMessage", "D1") for _ in range(5)] == [0, 0, 0, 1, 1]
    with pytest.raises(TooSoon) as soon:
        pace.must_allow("chat.postMessage", "D1")
    assert (soon.value.everybody, allowed(pace, "chat.postMessage", "D2")) == (False, 0)
    clock.now = 1 / A_CHANNEL.a_second
    assert [allowed(pace, "chat.postMessage", "D1") for _ in range(2)] == [0, 1]


def test_what_slack_asks_to_wait_holds_for_everybody() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.told_to_wait("chat.postMessage", 30)
    pace.told_to_wait("chat.postMessage", 10)
    assert [allowed(pace, "chat.postMessage", channel) for channel in ("D1", "D2")] == [30, 30]
    assert allowed(pace, "chat.update") == 0
    clock.now = 30
    assert allowed(pace, "chat.postMessage", "D1") == 0


def test_a_workspace_on_ones_own_machine_is_not_counted_but_heeded() -> None:
    pace = pace_at("http://127.0.0.1:9000/api/")
    assert [allowed(pace, "chat.postMessage", "D1") for _ in range(500)] == [0] * 500
    pace.told_to_wait("chat.postMessage", 60)
    assert allowed(pace, "chat.postMessage", "D1") > 50
    assert max(allowed(pace_at("https://slack.com/api/"), "chat.update") for _ in range(2)) == 0


@pytest.fixture
def clockwork(office: Office) -> Iterator[Clockwork]:
    twin = SlackTwin(limits=Limits()).start()
    yield Clockwork(office, twin)
    twin.stop()


@ON_ONE_DATABASE
class TestSending:
    def test_at_the_start_of_a_month_three_hundred_go_out_and_none_is_lost(self, clockwork: Clockwork) -> None:
        clockwork.tell(300)
        clockwork.goes_on(12 * 60, every=2)
        sent = clockwork.notices()
        assert {each.state for each in sent} == {NoticeState.SENT}
        assert Counter(clockwork.keys_sent()) == {each.key: 1 for each in sent}
        limits = clockwork.twin.limits
        assert limits is not None
        assert (len(sent), limits.early) == (300, 0)
        assert limits.refused < 0.05 * len(clockwork.twin.calls)

    def test_many_to_one_person_go_one_a_second(self, clockwork: Clockwork) -> None:
        clockwork.tell(1, each=10)
        clockwork.goes_on(1)
        assert len(clockwork.keys_sent()) == A_CHANNEL.at_once
        clockwork.goes_on(10)
        assert len(clockwork.keys_sent()) == 10
        assert {each.tries for each in clockwork.notices()} == {0}

    def test_in_a_storm_nobody_is_asked_before_the_time_that_slack_says(self, clockwork: Clockwork) -> None:
        """Every third call or so is refused with a wait of its own, and whoever comes next waits as well."""
        chance, twin, method = random.Random(1710), clockwork.twin, "chat.postMessage"
        waits = [chance.randint(1, 120) if chance.random() < 0.3 else 0 for _ in range(100)]
        refused = [Fault(status=429, error="ratelimited", retry_after=str(each)) for each in waits]
        well = Fault(acts=True)
        twin.fail_next(method, *(fault if wait else well for fault, wait in zip(refused, waits, strict=True)))
        clockwork.tell(40)
        clockwork.goes_on(3600, every=4)
        times = clockwork.called(method)
        early = [now for now, then, wait in zip(times, times[1:], waits, strict=False) if then < now + wait]
        assert (sum(1 for wait in waits[: len(times)] if wait) > 10, early) == (True, [])
        assert {each.state for each in clockwork.notices()} == {NoticeState.SENT}
        assert set(Counter(clockwork.keys_sent()).values()) == {1}


@ON_ONE_DATABASE
class TestWhileSlackRefusesTheApp:
    def revoked_for_an_hour(self, clockwork: Clockwork, many: int) -> None:
        twin = clockwork.twin
        clockwork.tell(many)
        twin.down = Fault(error="token_revoked")
        clockwork.goes_on(3600, every=5)
        tried = Counter(name for name, _ in twin.times)
        assert tried == {"conversations.open": 1, "auth.test": 59}
        waiting = clockwork.notices()
        assert {(each.state, each.tries) for each in waiting} == {(NoticeState.WAITING, 0)}
        twin.down = None
        clockwork.goes_on(120 + many * 3, every=5)
        assert {each.state for each in clockwork.notices()} == {NoticeState.SENT}
        assert Counter(clockwork.keys_sent()) == {each.key: 1 for each in waiting}

    def test_for_an_hour_none_is_tried_and_all_go_out_afterwards(self, clockwork: Clockwork) -> None:
        self.revoked_for_an_hour(clockwork, 30)

    @pytest.mark.soak
    def test_for_an_hour_none_of_five_hundred_is_tried_and_all_go_out_afterwards(self, clockwork: Clockwork) -> None:
        self.revoked_for_an_hour(clockwork, 500)
