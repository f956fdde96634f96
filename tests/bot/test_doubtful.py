"""Sends of which nobody knows whether they went out: each is looked for by its key before it is repeated."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from programme.words import NoticeState
from storage.office import Office
from tests.bot.clockwork import Clockwork
from tests.bot.conftest import ON_ONE_DATABASE
from tests.bot.test_sender import DOUBTS
from tests.twins.slack import Fault, SlackTwin

pytestmark = ON_ONE_DATABASE

NOT_DONE = [Fault(drop=True), Fault(error="fatal_error"), Fault(error="internal_error"), Fault(status=503, raw=b"")]
NOTHING_THERE = Fault(raw=b'{"ok": true, "messages": []}')


@pytest.fixture
def clockwork(office: Office) -> Iterator[Clockwork]:
    twin = SlackTwin().start()
    yield Clockwork(office, twin)
    twin.stop()


def keys_tried(clockwork: Clockwork) -> list[str]:
    return [said["metadata"]["event_payload"]["key"] for said in clockwork.twin.called("chat.postMessage")]


def all_doubtful(clockwork: Clockwork, people: int, *, each: int) -> None:
    """Every first send breaks off, before or after Slack has done it; now and then the second does, too."""
    chance, many = random.Random(1710), people * each
    breaks = [chance.choice([*DOUBTS, *NOT_DONE]) for _ in range(many + many // 5)]
    clockwork.twin.fail_next("chat.postMessage", *breaks)
    clockwork.tell(people, each=each)
    clockwork.goes_on(300 + many * 8, every=6)
    notices = clockwork.notices()
    assert {notice.state for notice in notices} == {NoticeState.SENT}
    assert Counter(clockwork.keys_sent()) == {notice.key: 1 for notice in notices}
    tried = keys_tried(clockwork)
    done = [n for n, fault in enumerate(breaks) if fault.acts]
    assert [tried[n] for n in done if tried[n] in tried[n + 1 :]] == []
    assert (len(notices), len(tried)) == (many, many + len(breaks) - len(done))


def test_of_fifty_doubtful_sends_none_is_lost_and_none_doubled(clockwork: Clockwork) -> None:
    all_doubtful(clockwork, 10, each=5)


@pytest.mark.soak
def test_of_a_thousand_doubtful_sends_none_is_lost_and_none_doubled(clockwork: Clockwork) -> None:
    all_doubtful(clockwork, 100, each=10)


def test_only_where_slack_hides_it_is_one_doubled_and_with_the_same_key(clockwork: Clockwork) -> None:
    clockwork.twin.fail_next("chat.postMessage", *[Fault(drop=True, acts=True)] * 10)
    clockwork.twin.fail_next("conversations.history", *[NOTHING_THERE] * 4)
    clockwork.tell(10)
    clockwork.goes_on(120, every=5)
    sent = Counter(clockwork.keys_sent())
    assert sorted(sent.values()) == [1] * 6 + [2] * 4
    assert set(sent) == {notice.key for notice in clockwork.notices()}
