"""Whatever Slack or we get wrong, the first click of a fresh process is answered."""

import logging
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot import names
from bot.afterwards import TOO_LATE_SECONDS
from bot.app import WHILE_SOMEBODY_WAITS
from bot.calls import TOO_LATE
from storage import find
from storage.office import Office
from storage.session import Record
from tests.bot.conftest import ON_ONE_DATABASE, Door, open_door, reason, slack_id, words_of
from tests.cast import MONTH, Cast
from tests.twins import signing
from tests.twins.signing import Signed
from tests.twins.slack import Fault, SlackTwin

BREAKS = {
    "it hangs": Fault(hangs=True),
    "the line drops": Fault(drop=True),
    "half an answer": Fault(halves=True),
    "an internal error": Fault(status=500, raw=b"<html>Oops</html>"),
    "a gateway": Fault(status=503, raw=b"Service Unavailable"),
    "a rate limit": Fault(status=429, error="ratelimited", retry_after="30"),
    "a page instead of an answer": Fault(raw=b"<html>Maintenance</html>"),
    "an answer that is no text": Fault(raw=b"\xff\xfe\xff"),
    "a revoked token": Fault(error="token_revoked"),
    "a spent trigger": Fault(error="exchanged_trigger_id"),
    "a late trigger": Fault(error="expired_trigger_id"),
}
CALLS = ("views.open", "views.publish", "chat.postEphemeral", "auth.test")


def everything_fails(twin: SlackTwin, fault: Fault) -> None:
    for method in CALLS:
        twin.fail_next(method, *[fault] * 5)


def asked_of_us(cast: Cast) -> dict[str, Signed]:
    """One request of every kind that we listen to."""
    auditor, administrator = slack_id(cast.auditor), slack_id(cast.administrator)
    told = {"type": "modal", "private_metadata": "AUD-2017-10-01", "blocks": []}
    return {
        "a command": signing.command(auditor),
        "the month": signing.command(administrator, "round"),
        "the shortcut": signing.shortcut(auditor, names.SHORTCUT, trigger="t"),
        "open the form": signing.press(auditor, names.OPEN_FORM, "AUD-2017-10-01", trigger="t"),
        "cannot do": signing.press(auditor, names.CANNOT_DO, "AUD-2017-10-01", trigger="t"),
        "sign in": signing.press(auditor, names.SIGN_IN, "/", trigger="t"),
        "follow a link": signing.press(auditor, names.FOLLOW_LINK, "", trigger="t"),
        "allocate": signing.press(administrator, names.ALLOCATE, MONTH, trigger="t"),
        "give out": signing.press(administrator, names.GIVE_OUT, MONTH, trigger="t"),
        "a reason": signing.submission(auditor, {**told, "callback_id": names.REASON_VIEW}, reason("capacity")),
        "an allocation": signing.submission(administrator, {**told, "callback_id": names.ALLOCATE_VIEW}, {}),
        "home": signing.event(auditor, names.HOME_OPENED, tab="home"),
        "a message": signing.event(auditor, names.MESSAGE, channel_type="im", text="Hello"),
    }


KINDS = [
    *("a command", "the month", "the shortcut", "open the form", "cannot do", "sign in", "follow a link"),
    *("allocate", "give out", "a reason", "an allocation", "home", "a message"),
]


def test_every_kind_is_tried(cast: Cast) -> None:
    assert list(asked_of_us(cast)) == KINDS


@ON_ONE_DATABASE
@pytest.mark.parametrize("how", BREAKS)
def test_the_first_click_is_answered_whatever_slack_does(office: Office, cast: Cast, twin: SlackTwin, how: str) -> None:
    for kind, signed in asked_of_us(cast).items():
        fresh = open_door(office, twin)
        everything_fails(twin, BREAKS[how])
        assert (kind, fresh.answered(signed).status_code) == (kind, 200)


@ON_ONE_DATABASE
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"a command", "the month", "home"}])
def test_no_click_waits_for_slack(office: Office, cast: Cast, twin: SlackTwin, kind: str) -> None:
    """While Slack holds our call, its own request has its answer already; the call ends by itself before a trigger."""
    door = open_door(office, twin)
    everything_fails(twin, Fault(hangs=True))
    assert door.answered(asked_of_us(cast)[kind]).status_code == 200
    assert not twin.released.is_set()
    assert WHILE_SOMEBODY_WAITS < TOO_LATE_SECONDS


@ON_ONE_DATABASE
def test_a_fresh_process_answers_with_nobody_at_slacks_address(office: Office, cast: Cast, twin: SlackTwin) -> None:
    door = open_door(office, twin)
    twin.stop()
    statuses = {kind: door.send(signed).status_code for kind, signed in asked_of_us(cast).items()}
    assert statuses == dict.fromkeys(KINDS, 200)


@ON_ONE_DATABASE
def test_nothing_is_asked_of_slack_before_a_command_is_answered(door: Door, cast: Cast) -> None:
    door.command(cast.auditor)
    assert door.twin.calls == []


def test_what_was_decided_is_kept_though_slack_is_away(office: Office, cast: Cast, twin: SlackTwin, door: Door) -> None:
    everything_fails(twin, Fault(drop=True))
    assert door.send(asked_of_us(cast)["a reason"]).status_code == 200
    with office.record.reading() as session:
        assert find.allocations.by_ref(session, "AUD-2017-10-01").reason == "capacity"


@ON_ONE_DATABASE
@pytest.mark.parametrize("error", ["exchanged_trigger_id", "expired_trigger_id"])
def test_who_was_too_late_for_a_modal_is_told_where_they_are(door: Door, cast: Cast, error: str) -> None:
    door.twin.fail_next("views.open", Fault(error=error))
    door.press(cast.auditor, names.CANNOT_DO, "AUD-2017-10-01")
    said = [(each["channel"], each["user"], each["text"]) for each in door.twin.called("chat.postEphemeral")]
    assert said == [("D1", slack_id(cast.auditor), TOO_LATE)]


CODE = re.compile(
    r"Sorry, that did not work\. Nothing was half done\. Try again, or tell us this code: ([0-9A-F]{6})\."
)
SAYS_NOTHING = {"home", "a message", "follow a link"}


@ON_ONE_DATABASE
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in SAYS_NOTHING])
def test_a_fault_of_ours_is_owned_up_to_by_a_code(
    office: Office, cast: Cast, twin: SlackTwin, caplog: pytest.LogCaptureFixture, tmp_path: Path, kind: str
) -> None:
    """The record cannot be opened. Whoever asked gets a short code, and the log has the same one."""
    away = Record(f"sqlite:///{tmp_path}/no/such/folder.db")
    door = open_door(replace(office, record=away), twin)
    twin.triggers["t"] = twin.now
    answer = door.send(asked_of_us(cast)[kind])
    shown = answer.get_json() if answer.data else {"view": door.modal}
    said = CODE.fullmatch(words_of(shown["view"]["blocks"]) if "view" in shown else str(shown["text"]))
    assert said is not None
    codes = [record.__dict__["code"] for record in caplog.records if record.getMessage() == "a listener broke"]
    assert codes[0] == said[1]


@ON_ONE_DATABASE
def test_nothing_that_slack_answers_is_written_to_the_log(
    door: Door, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    door.twin.fail_next("views.open", Fault(raw=b"<p>MDW-0417 Thimble</p>"), Fault(status=500, raw=b"Thimble"))
    for _ in range(3):
        door.press(cast.auditor, names.CANNOT_DO, "AUD-2017-10-01")
    logged = [record for record in caplog.records if record.name.startswith(("bot", "slack"))]
    assert [record.__dict__["code"] for record in logged] == ["unreadable_answer", "unreadable_answer"]
    assert "Thimble" not in "".join(str(vars(record)) for record in caplog.records)
    assert words_of(door.modal["blocks"]).startswith("AUD-2017-10-01, due on Friday 13 October.")
