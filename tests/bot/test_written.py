"""Who writes to the bot or names it: answered once, privately, where they wrote; nothing of the text is kept."""

from dataclasses import replace
from typing import Any

import pytest

from bot import names
from bot.written import WHERE_TO_GO
from programme.policy import Policy, SafetyRules
from programme.rulebook import Rulebook
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE, Door, open_door, slack_id
from tests.cast import Cast
from tests.twins import signing
from tests.twins.slack import SlackTwin

pytestmark = ON_ONE_DATABASE

RING = "Worried about a child? Do not write it here: ring their Team Manager; out of hours the duty team."
TAKE_IT_OUT = "What you wrote looks like it is about somebody. This is no place for that: please delete it."


def answers(
    door: Door,
    user: str,
    kind: str = names.MESSAGE,
    **said: Any,  # noqa: ANN401 - whatever Slack may send
) -> list[tuple[str, str, str, list[str]]]:
    """Whom it was said to, in which channel and thread, and each line."""
    door.send(signing.event(user, kind, **{"channel_type": "im", "text": "Hello", **said}))
    told = door.twin.called("chat.postEphemeral")
    return [(each["user"], each["channel"], each.get("thread_ts", ""), each["text"].split("\n")) for each in told]


def test_a_message_is_told_where_to_go(door: Door, cast: Cast) -> None:
    assert answers(door, slack_id(cast.auditor)) == [("UASHA", "DUASHA", "", [WHERE_TO_GO, RING])]


def test_in_a_thread_the_answer_is_in_that_thread(door: Door, cast: Cast) -> None:
    assert answers(door, slack_id(cast.auditor), thread_ts="7.5")[0][:3] == ("UASHA", "DUASHA", "7.5")


@pytest.mark.parametrize("thread", ["", "7.5"])
def test_who_names_the_bot_in_a_channel_is_answered_there_alone(door: Door, cast: Cast, thread: str) -> None:
    where = {"channel": "C9", "channel_type": "channel"} | ({"thread_ts": thread} if thread else {})
    told = answers(door, slack_id(cast.auditor), names.MENTIONED, **where)
    assert told == [("UASHA", "C9", thread, [WHERE_TO_GO, RING])]
    assert door.twin.messages == {}


UNASKED: list[dict[str, Any]] = [
    {"bot_id": "B1"},
    {"bot_profile": {"id": "B1"}},
    {"edited": {"user": "UASHA", "ts": "2.0"}},
    {"subtype": "message_changed"},
    {"subtype": "message_deleted"},
    {"subtype": "bot_message"},
    {"channel_type": "channel"},
    {"user": None},
]


@pytest.mark.parametrize("what", UNASKED, ids=str)
def test_what_nobody_asked_is_not_answered(door: Door, cast: Cast, what: dict[str, Any]) -> None:
    body = {"channel_type": "im", "text": "Hello", **what}
    user = str(body.pop("user", slack_id(cast.auditor)) or "")
    assert answers(door, user, **body) == []


@pytest.mark.parametrize(
    "text", ["Her NHS number is 943 476 5919", "The girl called Thimble is not safe", "Thimble Oakenshaw, MDW-0417"]
)
def test_what_is_about_a_child_is_no_matter_for_here(
    office: Office, cast: Cast, twin: SlackTwin, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    rules = Rulebook.of(Policy(safety=SafetyRules(duty_team_phone="020 7946 0000")))
    door = open_door(replace(office, rules=rules), twin)
    [(_, _, _, lines)] = answers(door, slack_id(cast.auditor), text=text)
    assert lines == [TAKE_IT_OUT, f"{RING.removesuffix('.')} on 020 7946 0000.", WHERE_TO_GO]
    assert text not in caplog.text + str(lines)
