"""Requests that Slack never sent, by the thousand: none is taken, is an error of ours, or is quoted in a log."""

import logging
import random
from itertools import chain, islice

import pytest

from bot import app
from logs import OneLine
from tests.bot.junk import CANARY, signed_junk, spoiled, unsigned_junk
from tests.bot.stage import Stage, as_it_was, stage
from tests.bot.test_who_may import LISTENERS, ROWS, request
from tests.twins.signing import Signed

__all__ = ["as_it_was", "stage"]

NOT_AN_ERROR = {200, 400, 401}
"""Signed junk is nothing we listen to, unreadable, or, where two pieces are alike, heard before."""


def real(stage: Stage) -> list[Signed]:
    """One request of every listener, by the auditor."""
    rows = [(table, name, LISTENERS[table][0][name]) for table, name in ROWS]
    about = [row.about if isinstance(row.about, str) else "SW-2222" for _table, _name, row in rows]
    return [
        request(stage, table, name, "the holder", ref, row) for (table, name, row), ref in zip(rows, about, strict=True)
    ]


def statuses(stage: Stage, several: list[Signed]) -> set[int]:
    return {stage.door.send(each).status_code for each in several}


def quoted(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Lines of the log, as it is written, that repeat what was sent."""
    return [line for line in map(OneLine().format, caplog.records) if any(word in line for word in CANARY.split())]


def tried(stage: Stage, times: int, caplog: pytest.LogCaptureFixture) -> None:
    chance, sent, before = random.Random(20171002), real(stage), stage.everything()
    caplog.set_level(logging.DEBUG)
    assert statuses(stage, [unsigned_junk(chance, sent) for _ in range(times)]) == {401}
    assert (stage.everything(), stage.door.twin.calls) == (before, [])
    assert statuses(stage, [signed_junk(chance) for _ in range(times)]) <= NOT_AN_ERROR
    every = list(chain.from_iterable(map(spoiled, sent)))
    assert statuses(stage, chance.sample(every, times)) <= NOT_AN_ERROR
    assert quoted(caplog) == []


def test_junk_is_never_taken_never_an_error_and_never_quoted(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    tried(stage, 120, caplog)


@pytest.mark.soak
def test_much_junk_is_never_taken_never_an_error_and_never_quoted(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    tried(stage, 5_000, caplog)


def test_every_field_of_every_kind_is_spoiled(stage: Stage) -> None:
    """So that what the long count draws from is what it says."""
    assert len(real(stage)) == len(ROWS) > len(app.PRESSES)
    assert len(list(islice(chain.from_iterable(map(spoiled, real(stage))), 10_000))) == 10_000
