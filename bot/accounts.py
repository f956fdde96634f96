"""What Slack says of an account: whether it is one of our own people's, and the name and address it bears."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.calls import FAULTS, code_of
from programme.accounts import Account
from programme.words import AccountStanding

NOBODY = {"users_not_found", "user_not_found", "user_not_visible"}
SLACKBOT = "USLACKBOT"
NAME, EMAIL = 100, 254


def asked(call: Callable[[], SlackResponse], team_id: str) -> Account:
    """What Slack answers to a look-up; ConnectionError while it cannot be asked."""
    try:
        found: Mapping[str, Any] = call()["user"]
    except SlackApiError as error:
        if code_of(error) in NOBODY:
            return Account(AccountStanding.NONE)
        raise ConnectionError from error
    except FAULTS as error:
        raise ConnectionError from error
    profile = found.get("profile") or {}
    name = found.get("real_name") or profile.get("real_name") or found.get("name")
    return Account(_standing(found, team_id), str(found["id"]), _line(name, NAME), _line(profile.get("email"), EMAIL))


def _standing(found: Mapping[str, Any], team_id: str) -> AccountStanding:
    """One of our own people: not left, not a guest, not from another organisation, not a bot."""
    if found.get("is_stranger") or (team_id and found.get("team_id", team_id) != team_id):
        return AccountStanding.ELSEWHERE
    if found.get("is_bot") or found["id"] == SLACKBOT:
        return AccountStanding.BOT
    if found.get("deleted"):
        return AccountStanding.CLOSED
    if found.get("is_restricted") or found.get("is_ultra_restricted"):
        return AccountStanding.GUEST
    return AccountStanding.OURS


def _line(said: object, most: int) -> str:
    """As much of it as is kept, and only what can be printed."""
    return "".join(character for character in str(said or "") if character.isprintable())[:most]
