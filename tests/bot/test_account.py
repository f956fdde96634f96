"""Whose Slack account is whose, and what Slack says of the app itself."""

import json
import ssl
from typing import Any

import pytest
from flask import Flask

from bot.app import Bot, SlackAccount
from programme.accounts import Account
from programme.words import AccountStanding
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE, Door, account, slack_id
from tests.cast import Cast
from tests.twins import signing
from tests.twins.signing import SIGNING_SECRET
from tests.twins.slack import BOT_TOKEN, TEAM_ID, Fault, SlackTwin

pytestmark = ON_ONE_DATABASE


def said(user: dict[str, Any]) -> Fault:
    """Slack's answer about somebody, word for word."""
    return Fault(raw=json.dumps({"ok": True, "user": user}).encode())


def test_an_account_is_found_by_its_address(door: Door, cast: Cast) -> None:
    found = door.bot.find_account(cast.auditor.email)
    assert (found.standing, found.id) == (AccountStanding.OURS, slack_id(cast.auditor))
    assert door.bot.find_account("nobody@example.org") == Account(AccountStanding.NONE)


STRANGERS: list[tuple[dict[str, Any], AccountStanding]] = [
    ({"deleted": True}, AccountStanding.CLOSED),
    ({"is_bot": True}, AccountStanding.BOT),
    ({"id": "USLACKBOT"}, AccountStanding.BOT),
    ({"is_restricted": True}, AccountStanding.GUEST),
    ({"is_restricted": True, "is_ultra_restricted": True}, AccountStanding.GUEST),
    ({"is_ultra_restricted": True}, AccountStanding.GUEST),
    ({"is_stranger": True}, AccountStanding.ELSEWHERE),
    ({"team_id": "T0OTHER"}, AccountStanding.ELSEWHERE),
]


@pytest.mark.parametrize(("marks", "standing"), STRANGERS, ids=str)
def test_who_is_not_one_of_ours_is_told_apart(door: Door, marks: dict[str, Any], standing: AccountStanding) -> None:
    for method in ("users.lookupByEmail", "users.info"):
        door.twin.fail_next(method, said({"id": "UOTHER", **marks}))
    assert door.bot.find_account("asha@example.org").standing is standing
    assert door.bot.look_up("UOTHER").standing is standing


def test_an_account_is_looked_up_by_its_id_with_its_name_and_address(door: Door) -> None:
    named = {"id": "UASHA", "real_name": "Asha\x00 Thornbury" + "y" * 100, "profile": {"email": "Asha@Example.org"}}
    door.twin.fail_next("users.info", said(named))
    name = "Asha Thornbury" + "y" * 86
    assert door.bot.look_up("UASHA") == Account(AccountStanding.OURS, "UASHA", name, "Asha@Example.org")
    assert door.bot.look_up("UNOBODY") == Account(AccountStanding.NONE)


def test_one_of_ours_is_one_of_ours(door: Door) -> None:
    found = {"id": "UASHA", "team_id": TEAM_ID, "deleted": False, "is_bot": False, "is_restricted": False}
    door.twin.fail_next("users.lookupByEmail", said(found))
    assert door.bot.find_account("asha@example.org") == Account(AccountStanding.OURS, "UASHA")


AWAY = [
    Fault(drop=True),
    Fault(halves=True),
    Fault(status=500, raw=b""),
    Fault(raw=b"<html>"),
    Fault(error="token_revoked"),
]


@pytest.mark.parametrize("fault", AWAY)
def test_while_slack_cannot_be_asked_nobody_is_taken_for_missing(door: Door, fault: Fault) -> None:
    for method in ("users.lookupByEmail", "users.info"):
        door.twin.fail_next(method, fault)
    with pytest.raises(ConnectionError):
        door.bot.find_account("asha@example.org")
    with pytest.raises(ConnectionError):
        door.bot.look_up("UASHA")


STATES = [
    (None, ""),
    (Fault(error="invalid_auth"), "Slack refuses the token (invalid_auth). Install the app again and copy its token."),
    (Fault(drop=True), "Slack cannot be reached from here. Messages wait until it can."),
]


@pytest.mark.parametrize(("fault", "state"), STATES)
def test_what_slack_says_of_the_app(door: Door, fault: Fault | None, state: str) -> None:
    door.twin.fail_next("auth.test", *([fault] if fault else []))
    assert door.bot.account_state() == state


def test_a_token_of_another_workspace_is_named(office: Office, twin: SlackTwin) -> None:
    bot = Bot(office, SlackAccount(BOT_TOKEN, SIGNING_SECRET, "", "T0OTHER", twin.url))
    assert bot.account_state() == f"the token belongs to another workspace ({TEAM_ID}). Look at SLACK_TEAM_ID."


def test_no_secret_is_printed(twin: SlackTwin) -> None:
    whole = SlackAccount(BOT_TOKEN, SIGNING_SECRET, "xapp-secret", TEAM_ID)
    assert [secret for secret in (BOT_TOKEN, SIGNING_SECRET, "xapp-secret") if secret in repr(whole)] == []
    assert BOT_TOKEN not in str(account(twin))


def test_a_bot_for_the_real_slack_is_built_and_answers_without_a_word(office: Office, cast: Cast) -> None:
    """Its address is https, so its clients share a certificate store."""
    bot = Bot(office, SlackAccount(BOT_TOKEN, SIGNING_SECRET))
    assert isinstance(bot.certificates, ssl.SSLContext)
    app = Flask("real")
    app.register_blueprint(bot.routes())
    signed = signing.command(slack_id(cast.auditor))
    answer = app.test_client().post("/slack/events", data=signed.body, headers=signed.headers)
    assert answer.get_json()["text"] == "Your audits"
