"""What is said after Slack has its answer: each once, never too late, and never more than can be said in time."""

import logging
import threading
from math import inf

import pytest

from bot.afterwards import AT_MOST, Afterwards, say_in_time


def test_everything_is_said_once() -> None:
    said: list[int] = []
    speaking = Afterwards()
    for number in range(50):
        speaking.say(lambda number=number: said.append(number))  # type: ignore[misc]
    speaking.finish()
    assert sorted(said) == list(range(50))


def test_nothing_runs_before_there_is_something_to_say() -> None:
    before = threading.active_count()
    Afterwards()
    assert threading.active_count() == before


def test_what_goes_wrong_stops_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    said: list[str] = []
    speaking = Afterwards()

    def breaks() -> None:
        raise ValueError("Thimble")

    speaking.say(breaks)
    speaking.say(lambda: said.append("the next"))
    speaking.finish()
    assert said == ["the next"]
    assert [record.getMessage() for record in caplog.records] == ["something could not be said"]


def test_while_slack_hangs_only_so_many_wait(caplog: pytest.LogCaptureFixture) -> None:
    let_go, said = threading.Event(), []
    speaking = Afterwards(patience_seconds=inf)
    for number in range(AT_MOST + 5):
        speaking.say(lambda number=number: said.append(number) if let_go.wait() else None)  # type: ignore[misc]
    assert [record.getMessage() for record in caplog.records] == [
        "Slack is too slow: something was left unsaid",
    ] * 5
    let_go.set()
    speaking.finish()
    assert sorted(said) == list(range(AT_MOST))


def test_what_comes_too_late_is_not_said(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    said: list[str] = []
    say_in_time(lambda: said.append("in time"), until=inf)
    say_in_time(lambda: said.append("too late"), until=-inf)
    assert said == ["in time"]
