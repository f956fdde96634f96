"""What comes to Slack's address and is not surely Slack's: refused before anything reads it, and never repeated."""

import json
import logging
import time
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from flask import Flask

from bot.app import Bot, SlackAccount
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE, Door
from tests.bot.junk import CANARY, FORM, JSON
from tests.cast import Cast
from tests.twins import signing
from tests.twins.signing import Signed, sign
from tests.twins.slack import BOT_TOKEN, TEAM_ID

pytestmark = ON_ONE_DATABASE


def changed(signed: Signed, **headers: str) -> Signed:
    return Signed(signed.body, {**signed.headers, **{name.replace("_", "-"): value for name, value in headers.items()}})


def asked(words: str = "") -> Signed:
    return signing.command("UASHA", words)


def aged(seconds: float) -> Signed:
    return sign(asked().body, FORM, at=time.time() + seconds)


MODAL = {"type": "modal", "callback_id": "reason_view", "private_metadata": "AUD-2017-10-01", "blocks": []}

FORGED: dict[str, Callable[[], Signed]] = {
    "another secret": lambda: sign(asked().body, FORM, secret="another"),
    "a changed body": lambda: Signed(asked().body + b"&text=round", asked().headers),
    "no signature": lambda: Signed(asked().body, {"Content-Type": FORM}),
    "too old": lambda: aged(-301),
    "too early": lambda: aged(302),
    "no number": lambda: changed(asked(), X_Slack_Request_Timestamp="abc"),
    "not a number": lambda: changed(asked(), X_Slack_Request_Timestamp="nan"),
    "signed number": lambda: changed(asked(), X_Slack_Request_Timestamp="+150693390"),
    "spaced number": lambda: changed(asked(), X_Slack_Request_Timestamp=" 1506933900"),
    "underscored number": lambda: changed(asked(), X_Slack_Request_Timestamp="1_50693390"),
    "endless number": lambda: changed(asked(), X_Slack_Request_Timestamp="9" * 5000),
    "accented signature": lambda: changed(asked(), X_Slack_Signature="v0=" + "é" * 64),
    "upper-case signature": lambda: changed(asked(), X_Slack_Signature=asked().headers["X-Slack-Signature"].upper()),
    "short signature": lambda: changed(asked(), X_Slack_Signature="v0=abc"),
    "another scheme": lambda: changed(asked(), X_Slack_Signature="v1=" + "0" * 64),
    "two signatures": lambda: changed(asked(), X_Slack_Signature=asked().headers["X-Slack-Signature"] * 2),
    "Slack's certificate check, unsigned": lambda: Signed(b"ssl_check=1&token=x", {"Content-Type": FORM}),
    "another workspace's command": lambda: signing.command("UASHA", team="T0OTHER"),
    "another workspace's press": lambda: signing.press("UASHA", "open_form", "x", trigger="t", team="T0OTHER"),
    "another workspace's modal": lambda: signing.submission("UASHA", MODAL, {}, team="T0OTHER"),
    "another workspace's shortcut": lambda: signing.shortcut("UASHA", "my_audits", trigger="t", team="T0OTHER"),
    "another app's press": lambda: sign(
        signing.press("UASHA", "open_form", "x", trigger="t").body, FORM, secret="its own"
    ),
    "another workspace's event": lambda: signing.event("UASHA", "app_home_opened", team="T0OTHER"),
    "somebody of no workspace": lambda: signing.form({"command": "/audit", "user_id": "UASHA"}),
    "another workspace's event as a form": lambda: sign(signing.event("UASHA", "x", team="T0OTHER").body, FORM),
}


@pytest.mark.parametrize("how", FORGED)
def test_what_is_not_slacks_is_refused(door: Door, how: str) -> None:
    assert (door.send(FORGED[how]()).status_code, door.twin.calls) == (401, [])


@pytest.mark.parametrize("action", ["open_form", "cannot_do", "sign_in", "can_take_one"])
def test_who_is_of_another_workspace_and_shares_a_channel_gets_a_polite_no(door: Door, cast: Cast, action: str) -> None:
    """By Slack Connect: the channel is ours, the person is not, and Slack says so beside their account."""
    body = json.dumps(
        {
            "type": "block_actions",
            "user": {"id": "UCONNECT", "team_id": "T0OTHER"},
            "team": {"id": TEAM_ID},
            "trigger_id": door.twin.trigger(),
            "channel": {"id": "C1"},
            "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": cast.allocation.ref}],
        }
    )
    assert door.send(signing.form({"payload": body})).status_code == 200
    assert door.modal_words.startswith("We do not know this Slack account yet.")


def test_a_press_that_comes_as_a_command_is_only_an_unknown_word(door: Door) -> None:
    """One signature fits every address, so what a thing is must be read from it, and not from where it came."""
    fields = {"command": "/audit", "text": "open_form AUD-2017-10-01", "user_id": "UASHA", "team_id": TEAM_ID}
    answer = door.send(signing.form({**fields, "actions": '[{"action_id": "open_form"}]', "type": "block_actions"}))
    assert answer.get_json()["text"].startswith("`/audit` does not know that word.")


def test_what_is_slacks_and_nearly_too_old_is_taken(door: Door) -> None:
    assert [door.send(aged(seconds)).status_code for seconds in (-297, 297)] == [200, 200]


DEEP = b'{"a":' * 25 + b"1" + b"}" * 25

UNREADABLE = {
    "half of it": (b'{"type": "event_cal', JSON),
    "a list": (b"[1]", JSON),
    "a number": (b"5", JSON),
    "nothing": (b"null", JSON),
    "bytes": (b"\xff\xfe{}", JSON),
    "deep": (DEEP, JSON),
    "deeper than Python goes": (b"[" * 100_000, JSON),
    "a user that is a number": (json.dumps({"user": 5, "team_id": TEAM_ID}).encode(), JSON),
    "an event that is a list": (json.dumps({"event": [], "team_id": TEAM_ID}).encode(), JSON),
    "a payload that is a list": (urlencode({"payload": "[1]"}).encode(), FORM),
    "a payload that is half": (urlencode({"payload": '{"type":'}).encode(), FORM),
    "a payload as deep": (urlencode({"payload": DEEP.decode()}).encode(), FORM),
    "JSON that calls itself a form": (DEEP, FORM),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_is_refused_even_if_it_is_signed(door: Door, what: str) -> None:
    assert door.send(sign(*UNREADABLE[what])).status_code == 400


def test_what_is_too_large_or_of_unknown_length_is_refused(door: Door) -> None:
    assert door.send(sign(b"x" * (256 * 1024 + 1), FORM)).status_code == 413
    without_length = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    signed = asked()
    answer = door.client.post(
        "/slack/events", data=signed.body, headers=signed.headers, environ_overrides=without_length
    )
    assert answer.status_code == 413


def test_nothing_is_slacks_where_no_secret_is_set(office: Office) -> None:
    app = Flask("no secret")
    app.register_blueprint(Bot(office, SlackAccount(BOT_TOKEN, "")).routes())
    signed = sign(asked().body, FORM, secret="")
    assert app.test_client().post("/slack/events", data=signed.body, headers=signed.headers).status_code == 401


def test_what_is_refused_is_not_written_to_the_log(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for make in FORGED.values():
        forged = make()
        door.send(Signed(forged.body + CANARY.encode(), forged.headers))
    for body, content_type in UNREADABLE.values():
        door.send(sign(body + CANARY.encode(), content_type))
    door.send(signing.event(CANARY, "team_join"))
    ours = [record for record in caplog.records if record.name == "bot.web"]
    assert {record.getMessage() for record in ours} == {
        "rejected at Slack's address",
        "signed, but nothing we listen to",
    }
    assert CANARY not in caplog.text + "".join(str(vars(record)) for record in caplog.records)


UNHEARD = [
    *("team_join", "user_change", "channel_rename", "member_joined_channel", "tokens_revoked"),
    *("link_shared", "reaction_added", "app_uninstalled", "file_shared", "im_created", "emoji_changed", "x" * 300, ""),
]


@pytest.mark.parametrize("kind", UNHEARD)
def test_an_event_that_we_do_not_listen_to_is_taken_and_does_nothing(door: Door, kind: str) -> None:
    assert (door.send(signing.event("UASHA", kind)).status_code, door.twin.calls) == (200, [])


def test_slack_may_check_our_address(door: Door) -> None:
    challenge = json.dumps({"type": "url_verification", "token": "t", "challenge": "3eZb"}).encode()
    answer = door.send(sign(challenge, JSON))
    assert (answer.status_code, answer.get_json()) == (200, {"challenge": "3eZb"})


def test_slack_may_check_our_certificate(door: Door) -> None:
    assert door.send(signing.form({"ssl_check": "1", "token": "t"})).status_code == 200
