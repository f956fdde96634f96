"""Something breaks at a step of a listener: Slack has its 200, the person a sentence with a code, the record nothing.

The steps: what was heard is noted, the person and what they ask about are found, the programme decides, something is
written, all of it is committed, and Slack is called to show the answer.
"""

import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType

import pytest
from sqlalchemy import Engine, event

from bot.calls import TOO_LATE
from tests.bot.stage import Stage, as_it_was, stage
from tests.bot.test_faults import CODE
from tests.bot.test_who_may import LISTENERS, ROWS, request
from tests.twins.slack import Fault

__all__ = ["as_it_was", "stage"]

CANARY = "Thimble Oakenshaw"
NOTED = "INSERT INTO heard"
NOT_YET_A_DECISION = {"is_here_on", "london"}
"""What of the programme is asked while the person is found."""


class Broken(Exception):
    """Nothing that any code of ours expects."""


@dataclass
class Trap:
    """Breaks the first thing of its kind that is done, and no other."""

    sprung: bool = False
    noting: bool = False
    """Whether what was done last is part of noting what was heard."""

    def spring(self) -> None:
        if not self.sprung:
            self.sprung = True
            raise Broken(CANARY)


Set = Callable[[Engine, Trap], AbstractContextManager[None]]


@contextmanager
def listening(engine: Engine, what: str, does: Callable[..., None]) -> Iterator[None]:
    event.listen(engine, what, does)
    yield
    event.remove(engine, what, does)


def at_a_statement(*starts: str, heard: bool = False) -> Set:
    def is_set(engine: Engine, trap: Trap) -> AbstractContextManager[None]:
        def look(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            if statement.startswith(starts) and statement.startswith(NOTED) == heard:
                trap.spring()

        return listening(engine, "before_cursor_execute", look)

    return is_set


@contextmanager
def at_the_commit(engine: Engine, trap: Trap) -> Iterator[None]:
    def look(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        trap.noting = statement.startswith(NOTED)

    def commit(_connection: object) -> None:
        if not trap.noting:
            trap.spring()

    with listening(engine, "before_cursor_execute", look), listening(engine, "commit", commit):
        yield


@contextmanager
def at_a_decision(_engine: Engine, trap: Trap) -> Iterator[None]:
    """The first function of the programme that is called once the person is found."""

    def look(frame: FrameType, kind: str, _arg: object) -> None:
        of_the_programme = Path(frame.f_code.co_filename).parent.name == "programme"
        if kind == "call" and of_the_programme and frame.f_code.co_name not in NOT_YET_A_DECISION:
            trap.spring()

    sys.setprofile(look)
    yield
    sys.setprofile(None)


STEPS: Mapping[str, Set] = {
    "finding": at_a_statement("SELECT"),
    "deciding": at_a_decision,
    "writing": at_a_statement("INSERT", "UPDATE", "DELETE"),
    "committing": at_the_commit,
}


@pytest.mark.parametrize(("table", "name"), ROWS)
def test_whoever_asks_reads_a_code_and_nothing_is_half_done(
    stage: Stage, caplog: pytest.LogCaptureFixture, table: str, name: str
) -> None:
    row = LISTENERS[table][0][name]
    row.first(stage)
    about, who, before, at_first = row.said_of(stage), min(row.may), stage.everything(), stage.copied()
    broken = set()
    for step, is_set in STEPS.items():
        caplog.clear()
        trap, asked = Trap(), request(stage, table, name, who, about, row)
        with is_set(stage.office.record.engine, trap):
            shown = stage.shown(partial(stage.door.send, asked))
        if not trap.sprung:
            at_first.backup(stage.file)
            continue  # this listener has no such step, and did what it does
        broken.add(step)
        assert (step, stage.everything()) == (step, before)
        assert CODE.fullmatch(shown) or table == "EVENTS", (step, shown)
        assert [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR] == ["a listener broke"]
    assert broken == set(STEPS) or not row.changes


@pytest.mark.parametrize("table", ["PRESSES", "WORDS"])
def test_what_was_heard_cannot_be_noted_and_is_done_all_the_same(stage: Stage, table: str) -> None:
    name, row = next(iter(LISTENERS[table][0].items()))
    trap = Trap()
    with at_a_statement(NOTED, heard=True)(stage.office.record.engine, trap):
        shown = stage.shown(lambda: stage.door.send(request(stage, table, name, "the holder", row.said_of(stage), row)))
    assert (trap.sprung, CODE.search(shown), shown != "") == (True, None, True)


@pytest.mark.parametrize(("table", "name"), [each for each in ROWS if each[0] in {"PRESSES", "SHORTCUTS"}])
def test_slack_cannot_show_the_answer_and_it_is_done_all_the_same(stage: Stage, table: str, name: str) -> None:
    """A trigger that is late: what was asked is done, and they read that it took too long."""
    row = LISTENERS[table][0][name]
    row.first(stage)
    about, before = row.said_of(stage), stage.everything()
    stage.door.twin.fail_next("views.open", Fault(error="expired_trigger_id"))
    asked = request(stage, table, name, min(row.may), about, row)
    shown = stage.shown(lambda: stage.door.send(asked))
    stage.door.twin.faults.clear()
    assert (stage.everything() != before) == row.changes
    assert shown.endswith(TOO_LATE) != row.says_nothing
