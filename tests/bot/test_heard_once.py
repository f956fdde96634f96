"""What comes again counts once: an event that Slack delivers four times, and a request that somebody kept."""

import random
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from bot import names
from tests.bot.conftest import Door
from tests.bot.stage import Stage, as_it_was, stage
from tests.bot.test_who_may import LISTENERS, ROWS, request
from tests.twins import signing
from tests.twins.signing import Signed

__all__ = ["as_it_was", "stage"]

DELIVERIES, THREADS = 4, 4


def sent_alone(door: Door, signed: Signed) -> int:
    """By a client of its own: one is not for several threads."""
    client = door.client.application.test_client()
    return client.post("/slack/events", data=signed.body, headers=signed.headers).status_code


def delivered(door: Door, events: int) -> None:
    """Each event four times, in any order, by four threads: each is answered 200 and acts once."""
    sent = [signing.event(f"U{n}", names.MESSAGE, channel_type="im", text="Hello") for n in range(events)] * DELIVERIES
    random.Random(20171002).shuffle(sent)
    with ThreadPoolExecutor(THREADS) as threads:
        statuses = set(threads.map(partial(sent_alone, door), sent))
    told = sorted(str(said["channel"]) for said in door.twin.called("chat.postEphemeral"))
    assert (statuses, told) == ({200}, sorted(f"DU{n}" for n in range(events)))


def test_an_event_that_is_delivered_four_times_acts_once(door: Door) -> None:
    delivered(door, 25)


@pytest.mark.soak
def test_a_thousand_events_delivered_four_times_act_once_each(door: Door) -> None:
    delivered(door, 1_000)


def replayed(stage: Stage, table: str, name: str, times: int) -> None:
    """The first is answered; the others are refused, or known where Slack itself sends them again. None acts."""
    row = LISTENERS[table][0][name]
    row.first(stage)
    signed = request(stage, table, name, min(row.may), row.said_of(stage), row)
    assert stage.door.send(signed).status_code == 200
    after, calls = stage.everything(), len(stage.door.twin.calls)
    statuses = [stage.door.send(signed).status_code for _ in range(times)]
    assert statuses == [200 if table == "EVENTS" else 401] * times
    assert (stage.everything(), len(stage.door.twin.calls)) == (after, calls)


@pytest.mark.parametrize(("table", "name"), ROWS)
def test_what_is_replayed_acts_once(stage: Stage, table: str, name: str) -> None:
    replayed(stage, table, name, 2)


@pytest.mark.soak
@pytest.mark.parametrize(("table", "name"), ROWS)
def test_what_is_replayed_a_hundred_times_acts_once(stage: Stage, table: str, name: str) -> None:
    replayed(stage, table, name, 100)
