"""What the manifest asks Slack for is what the code listens to and calls, no less and no more."""

import json
import re
from pathlib import Path
from typing import Any

from bot import names

HOUSE = Path(__file__).resolve().parents[2]
MANIFEST: dict[str, Any] = json.loads((HOUSE / "slack_manifest.json").read_text())

SCOPES_OF = {
    "auth_test": set[str](),
    "chat_postEphemeral": {"chat:write"},
    "chat_update": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "conversations_history": {"im:history"},
    "conversations_open": {"im:write"},
    "users_info": {"users:read", "users:read.email"},
    "users_lookupByEmail": {"users:read", "users:read.email"},
    "views_open": set[str](),
    "views_publish": set[str](),
    "views_update": set[str](),
}
EVENT_OF = {
    names.HOME_OPENED: "app_home_opened",
    names.MESSAGE: "message.im",
    names.MENTIONED: "app_mention",
}
SCOPES_OF_EVENTS = {"message.im": {"im:history"}, "app_mention": {"app_mentions:read"}}


def test_the_command_and_the_shortcut_are_ours() -> None:
    features = MANIFEST["features"]
    assert [each["command"] for each in features["slash_commands"]] == [names.COMMAND]
    assert [(each["type"], each["callback_id"]) for each in features["shortcuts"]] == [("global", names.SHORTCUT)]


def test_every_event_we_listen_to_is_subscribed() -> None:
    assert sorted(EVENT_OF[name] for name in names.EVENTS) == MANIFEST["settings"]["event_subscriptions"]["bot_events"]


def test_the_scopes_are_those_our_calls_need() -> None:
    code = "\n".join(path.read_text() for path in (HOUSE / "bot").rglob("*.py"))
    called = set(re.findall(r"client\.([a-z]+_\w+)\(", code))
    heard = (SCOPES_OF_EVENTS.get(EVENT_OF[name], set()) for name in names.EVENTS)
    needed = {"commands"}.union(*(SCOPES_OF[call] for call in called), *heard)
    assert sorted(needed) == MANIFEST["oauth_config"]["scopes"]["bot"]


def test_slack_is_sent_to_our_one_address() -> None:
    settings = MANIFEST["settings"]
    addresses = {
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        *(each["url"] for each in MANIFEST["features"]["slash_commands"]),
    }
    assert addresses == {"https://YOUR-ADDRESS/slack/events"}
    assert not settings["socket_mode_enabled"]
