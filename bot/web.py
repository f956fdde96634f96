"""Slack's one address. What is not surely Slack's never reaches Bolt, which would parse it first and log it whole.

The same signed request may come again from somebody who kept it, and the same event from Slack itself: what was heard
is remembered for as long as it could come again, and counts once.
"""

import hashlib
import hmac
import json
import logging
import re
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from flask import Blueprint, Response, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from werkzeug.datastructures import Headers

LARGEST = 256 * 1024
FRESH_SECONDS = 300
DEEPEST = 20
OK = 200

STAMP = re.compile(r"[0-9]{10}", re.ASCII)
SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)

SOMEBODY = {"command", "event", "user"}
"""Where one of these stands, a person is behind it."""

IsNew = Callable[[str], bool]
"""Whether a request with this mark was not heard before."""

log = logging.getLogger(__name__)


class Rejected(Exception):
    """Not Slack's, or not readable: the status to answer with, and why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def routes(slack: App, *, secret: str, team_id: str, is_new: IsNew) -> Blueprint:
    blueprint = Blueprint("slack", __name__)
    handler = SlackRequestHandler(slack)

    @blueprint.post("/slack/events")
    def events() -> Response:
        try:
            raw = _body(request.content_length)
            payload = guard(request.headers, raw, secret=secret, team_id=team_id, now=time.time())
            if not is_new(_mark(payload, request.headers)):
                return _again(payload)
        except Rejected as rejected:
            log.warning(
                "rejected at Slack's address", extra={"reason": rejected.reason, "length": request.content_length}
            )
            return Response(status=rejected.status)
        return _handled(handler)

    return blueprint


def _handled(handler: SlackRequestHandler) -> Response:
    """Bolt's answer, or a plain 200 for what is signed but nothing we listen to (404) or nothing Bolt can read (500).

    Errors count against the app, and Slack switches off an app that has many.
    """
    try:
        answered: Response = handler.handle(request)
    except Exception:
        log.exception("Bolt could not read what Slack signed")
        return Response(status=OK)
    if answered.status_code == OK:
        return answered
    log.warning("signed, but nothing we listen to", extra={"status": answered.status_code})
    return Response(status=OK)


def guard(headers: Headers, raw: bytes, *, secret: str, team_id: str, now: float) -> dict[str, Any]:
    """Refuse what is not signed by Slack, fresh, readable, and from our own workspace."""
    stamp = headers.get("X-Slack-Request-Timestamp", "")
    signature = headers.get("X-Slack-Signature", "")
    if not secret or not STAMP.fullmatch(stamp) or not SIGNATURE.fullmatch(signature):
        raise Rejected(401, "no signature")
    if abs(now - int(stamp)) > FRESH_SECONDS:
        raise Rejected(401, "not fresh")
    expected = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), signature.removeprefix("v0=").encode()):
        raise Rejected(401, "wrong signature")
    payload = _payload(headers.get("Content-Type", ""), raw)
    if team_id and not _is_from(team_id, payload):
        raise Rejected(401, "another workspace")
    return payload


def _mark(payload: Mapping[str, Any], headers: Headers) -> str:
    """What tells one request from every other: an event's own id, which every delivery carries, or the signature."""
    said = str(payload.get("event_id") or headers.get("X-Slack-Signature", ""))
    return hashlib.sha256(said.encode(errors="backslashreplace")).hexdigest()


def _again(payload: Mapping[str, Any]) -> Response:
    """Slack itself sends an event again; anything else with the same signature was kept by somebody."""
    if "event_id" in payload:
        return Response(status=OK)
    raise Rejected(401, "heard before")


def _body(length: int | None) -> bytes:
    if length is None or length > LARGEST:
        raise Rejected(413, "too large, or of unknown length")
    return request.get_data(cache=True)


def _payload(content_type: str, raw: bytes) -> dict[str, Any]:
    """The request as Bolt will read it: JSON, a form, or a form with JSON in `payload`."""
    try:
        text = raw.decode()
        if content_type.partition(";")[0].strip() == "application/json" or text.startswith("{"):
            return _mapping(json.loads(text))
        fields = {name: values[-1] for name, values in parse_qs(text, keep_blank_values=True).items()}
        return _mapping(json.loads(fields["payload"])) if "payload" in fields else dict(fields)
    except (ValueError, RecursionError) as error:
        raise Rejected(400, "unreadable") from error


def _mapping(read: object) -> dict[str, Any]:
    if not isinstance(read, dict) or _depth(read) > DEEPEST:
        raise Rejected(400, "unreadable")
    for name in ("user", "team", "view", "event", "channel"):
        if name in read and not isinstance(read[name], dict | str | None):
            raise Rejected(400, "unreadable")
    return read


def _depth(read: object, level: int = 1) -> int:
    if level > DEEPEST or not isinstance(read, dict | list):
        return level
    inside = read.values() if isinstance(read, dict) else read
    return max((_depth(each, level + 1) for each in inside), default=level)


def _is_from(team_id: str, payload: Mapping[str, Any]) -> bool:
    """From our workspace, or from none: then it may only be one of Slack's own checks, with nobody in it."""
    team = payload.get("team")
    named = str(payload.get("team_id") or (team.get("id") if isinstance(team, dict) else "") or "")
    return named == team_id or not (named or payload.keys() & SOMEBODY)
