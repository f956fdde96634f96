"""A strict twin of Slack's Web API on this machine: as picky as the real one, and failing on demand.

It checks the token, lets a trigger be used once and within three seconds of its own clock, compares view hashes, keeps
message metadata and holds every limit of Block Kit, and of how often one may call where it is given any. `fail_next`
makes the next call of a method go wrong, and while it is `down` every call does.
"""

import json
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.twins.allowance import Limits
from tests.twins.limits import wrong_with_message, wrong_with_view
from tests.twins.listening import Listening

Body = dict[str, Any]

BOT_TOKEN = "xoxb-twin"
TEAM_ID = "T0TWIN"
BOT_ID = "B0TWIN"
BOT_USER_ID = "U0TWIN"
TRIGGER_LIVES_SECONDS = 3.0


@dataclass(frozen=True)
class Fault:
    """How the next call goes wrong. `acts`: whether Slack did the thing before it went wrong.

    `hangs`: no answer until the twin is released; `halves`: the answer breaks off in the middle.
    """

    status: int = 200
    error: str = ""
    raw: bytes | None = None
    drop: bool = False
    acts: bool = False
    hangs: bool = False
    halves: bool = False
    retry_after: str = ""


@dataclass
class SlackTwin(Listening):
    users: dict[str, str] = field(default_factory=dict)
    """E-mail → user id."""
    marks: dict[str, Body] = field(default_factory=dict)
    """User id → what else Slack says of the account: deleted, is_restricted, team_id, profile …"""
    now: float = 0.0
    calls: list[tuple[str, Body]] = field(default_factory=list)
    times: list[tuple[str, float]] = field(default_factory=list)
    """Method → when it was called, for each call, by the twin's own clock."""
    messages: dict[str, list[Body]] = field(default_factory=lambda: defaultdict(list))
    """Channel → messages, oldest first. A user's direct-message channel is D + their id."""
    views: list[Body] = field(default_factory=list)
    homes: dict[str, Body] = field(default_factory=dict)
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    down: Fault | None = None
    """How every call goes wrong, for as long as it is set."""
    limits: Limits | None = None
    """How often each method may be called, by the twin's own clock; unlimited where there are none."""
    triggers: dict[str, float] = field(default_factory=dict)
    slow_seconds: float = 0.0
    """How long it thinks before it answers what it has done."""
    released: threading.Event = field(default_factory=threading.Event)
    _numbers: Any = field(default_factory=lambda: count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        return _Handler

    @property
    def url(self) -> str:
        return f"{self.origin}/api/"

    def trigger(self) -> str:
        """A fresh trigger, as a press or a command brings it."""
        trigger = f"trigger.{next(self._numbers)}"
        self.triggers[trigger] = self.now + TRIGGER_LIVES_SECONDS
        return trigger

    def fail_next(self, method: str, *faults: Fault) -> None:
        self.faults[method].extend(faults)

    def sent_to(self, user_id: str) -> list[Body]:
        return self.messages[f"D{user_id}"]

    def called(self, method: str) -> list[Body]:
        return [body for name, body in self.calls if name == method]

    def answer(self, method: str, token: str, said: Body) -> tuple[Fault | None, Body]:
        with self._lock:
            self.calls.append((method, said))
            self.times.append((method, self.now))
            fault = self.faults[method].popleft() if self.faults[method] else self.down
            if self.limits is not None and (seconds := self.limits.too_soon(method, said, self.now)):
                return Fault(status=429, error="ratelimited", retry_after=str(seconds)), {}
            if fault is not None and not fault.acts:
                return fault, {}
            if token != BOT_TOKEN:
                return fault, {"ok": False, "error": "invalid_auth" if token else "not_authed"}
            act: Callable[[Body], Body] | None = getattr(self, "_" + method.replace(".", "_"), None)
            if act is None:
                return fault, {"ok": False, "error": "unknown_method"}
            done = act(said)
            return fault, done if "error" in done else {"ok": True, **done}

    def _auth_test(self, _said: Body) -> Body:
        return {"team_id": TEAM_ID, "user_id": BOT_USER_ID, "bot_id": BOT_ID, "team": "Twin", "user": "auditloop"}

    def _users_lookupByEmail(self, said: Body) -> Body:  # noqa: N802 - Slack's own name
        found = self.users.get(str(said.get("email")))
        return self._user(found) if found else _no("users_not_found")

    def _users_info(self, said: Body) -> Body:
        known = said.get("user") in {*self.users.values(), *self.marks}
        return self._user(said["user"]) if known else _no("user_not_found")

    def _user(self, account: str) -> Body:
        return {"user": {"id": account, "deleted": False, **self.marks.get(account, {})}}

    def _conversations_open(self, said: Body) -> Body:
        user = str(said.get("users"))
        return {"channel": {"id": f"D{user}"}} if user in self.users.values() else _no("user_not_found")

    def _chat_postMessage(self, said: Body) -> Body:  # noqa: N802
        wrong = wrong_with_message(said)
        if wrong:
            return _no(wrong)
        channel = str(said.get("channel", ""))
        if not self._is_channel(channel):
            return _no("channel_not_found")
        kept = {**said, "ts": f"{next(self._numbers)}.000100"}
        self.messages[channel].append(kept)
        return {"channel": channel, "ts": kept["ts"], "message": kept}

    def _is_channel(self, channel: str) -> bool:
        return channel.startswith("C") or channel.removeprefix("D") in self.users.values()

    def _chat_postEphemeral(self, said: Body) -> Body:  # noqa: N802
        return _no(wrong) if (wrong := wrong_with_message(said)) else {"message_ts": f"{next(self._numbers)}.000200"}

    def _chat_update(self, said: Body) -> Body:
        found = next((each for each in self.messages[said["channel"]] if each["ts"] == said["ts"]), None)
        if found is None:
            return _no("message_not_found")
        if wrong := wrong_with_message(said):
            return _no(wrong)
        found.update(said)
        return {"channel": said["channel"], "ts": said["ts"]}

    def _conversations_history(self, said: Body) -> Body:
        if not self._is_channel(str(said.get("channel", ""))):
            return _no("channel_not_found")
        with_metadata = str(said.get("include_all_metadata", "")).lower() in {"true", "1"}
        kept = list(reversed(self.messages[str(said["channel"])]))[: int(said.get("limit", 100))]
        hidden = set() if with_metadata else {"metadata"}
        return {"messages": [{key: value for key, value in each.items() if key not in hidden} for each in kept]}

    def _views_open(self, said: Body) -> Body:
        expires = self.triggers.pop(str(said.get("trigger_id")), None)
        if expires is None:
            return _no("exchanged_trigger_id")
        if self.now > expires:
            return _no("expired_trigger_id")
        return self._keep_view(said["view"])

    def _views_update(self, said: Body) -> Body:
        old = next((view for view in self.views if view["id"] == said.get("view_id")), None)
        if old is None:
            return _no("not_found")
        if said.get("hash") and said["hash"] != old["hash"]:
            return _no("hash_conflict")
        return self._keep_view(said["view"], old)

    def _views_publish(self, said: Body) -> Body:
        old = self.homes.get(said["user_id"])
        if said.get("hash") and old and said["hash"] != old["hash"]:
            return _no("hash_conflict")
        kept = self._keep_view(said["view"])
        if "view" in kept:
            self.homes[said["user_id"]] = kept["view"]
        return kept

    def _keep_view(self, view: Body, old: Body | None = None) -> Body:
        if wrong := wrong_with_view(view):
            return _no(wrong)
        kept = {**view, "id": old["id"] if old else f"V{next(self._numbers)}", "hash": f"h{next(self._numbers)}"}
        self.views = [*(each for each in self.views if each is not old), kept]
        return {"view": kept}


def _no(error: str) -> Body:
    return {"ok": False, "error": error}


class _Handler(BaseHTTPRequestHandler):
    twin: SlackTwin
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        method = urlsplit(self.path).path.rpartition("/")[2]
        fault, done = self.twin.answer(method, token, _read(self.headers.get("Content-Type", ""), raw))
        with suppress(BrokenPipeError, ConnectionResetError):
            self._reply(fault or Fault(), done)

    do_GET = do_POST  # noqa: N815

    def _reply(self, fault: Fault, done: Body) -> None:
        if fault.hangs:
            self.twin.released.wait()
        if self.twin.slow_seconds:
            self.twin.released.wait(self.twin.slow_seconds)
        self.close_connection = fault.drop or fault.halves
        if fault.drop:
            return
        body = json.dumps(_no(fault.error) if fault.error else done).encode() if fault.raw is None else fault.raw
        self.send_response(fault.status)
        if fault.retry_after:
            self.send_header("Retry-After", fault.retry_after)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if fault.halves else body)

    def log_message(self, *_words: object) -> None:
        """Say nothing: the twin keeps its calls."""


def _read(content_type: str, raw: bytes) -> Body:
    if "json" in content_type:
        read: Body = json.loads(raw or b"{}")
        return read
    said: Body = {name: values[0] for name, values in parse_qs(raw.decode(), keep_blank_values=True).items()}
    for name in ("blocks", "view", "metadata"):
        if isinstance(said.get(name), str):
            said[name] = json.loads(said[name])
    return said
