"""What Slack sends us, signed as Slack signs it, for driving the real app through its front door."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlencode

from tests.twins.slack import TEAM_ID

SIGNING_SECRET = "twin-signing-secret"

NUMBERS = count(1)
"""Slack numbers everything it sends; no two requests are alike."""


@dataclass(frozen=True)
class Signed:
    """One request: its raw body and its headers."""

    body: bytes
    headers: dict[str, str]


def sign(body: bytes, content_type: str, *, secret: str = SIGNING_SECRET, at: float | None = None) -> Signed:
    stamp = str(int(time.time() if at is None else at))
    signature = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return Signed(
        body,
        {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signature}",
        },
    )


def form(fields: dict[str, str]) -> Signed:
    return sign(urlencode(fields).encode(), "application/x-www-form-urlencoded")


def command(user: str, words: str = "", *, trigger: str = "t", channel: str = "C1", team: str = TEAM_ID) -> Signed:
    fields = {"command": "/audit", "text": words, "user_id": user, "team_id": team, "channel_id": channel}
    return form({**fields, "trigger_id": trigger, "api_app_id": "A0TWIN", "response_url": ""})


def interaction(
    kind: str,
    user: str,
    *,
    team: str = TEAM_ID,
    own_team: str = "",
    trigger: str = "t",
    **more: Any,  # noqa: ANN401
) -> Signed:
    """`own_team` is the workspace of who pressed, where it is another (Slack Connect)."""
    who = {"id": user, "team_id": own_team or team}
    payload = {"type": kind, "user": who, "team": {"id": team}, "trigger_id": trigger, **more}
    return form({"payload": json.dumps({"api_app_id": "A0TWIN", "token": "", **payload})})


def press(
    user: str,
    action_id: str,
    value: str,
    *,
    trigger: str,
    block_id: str = "b",
    team: str = TEAM_ID,
    own_team: str = "",
) -> Signed:
    where = {"container": {"type": "message", "channel_id": "D1", "message_ts": "1.0"}, "channel": {"id": "D1"}}
    action = _button(action_id, value, block_id)
    return interaction("block_actions", user, team=team, own_team=own_team, trigger=trigger, actions=[action], **where)


def press_in_modal(user: str, action_id: str, value: str, *, view: dict[str, Any], trigger: str = "t") -> Signed:
    where = {"type": "view", "view_id": view["id"]}
    action = _button(action_id, value)
    return interaction("block_actions", user, trigger=trigger, actions=[action], container=where, view=view)


def press_at_home(user: str, action_id: str, value: str, *, trigger: str) -> Signed:
    view = {"type": "home", "id": "VHOME", "hash": "h0", "blocks": []}
    return press_in_modal(user, action_id, value, view=view, trigger=trigger)


def _button(action_id: str, value: str, block_id: str = "b") -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "block_id": block_id, "value": value, "action_ts": "1.0"}


def shortcut(user: str, callback_id: str, *, trigger: str, team: str = TEAM_ID, own_team: str = "") -> Signed:
    return interaction(
        "shortcut", user, team=team, own_team=own_team, trigger=trigger, callback_id=callback_id, action_ts="1.0"
    )


def submission(
    user: str, view: dict[str, Any], values: dict[str, Any], *, team: str = TEAM_ID, own_team: str = ""
) -> Signed:
    sent = {**view, "state": {"values": values}}
    return interaction("view_submission", user, team=team, own_team=own_team, trigger=f"sent{next(NUMBERS)}", view=sent)


def event(user: str, kind: str, *, team: str = TEAM_ID, **more: Any) -> Signed:  # noqa: ANN401
    body = {
        "type": "event_callback",
        "team_id": team,
        "api_app_id": "A0TWIN",
        "event_id": f"Ev{next(NUMBERS)}",
        "event": {"type": kind, "user": user, "channel": f"D{user}", "event_ts": "1.0", **more},
    }
    return sign(json.dumps(body).encode(), "application/json")
