"""A strict twin of GOV.UK Notify on this machine, as far as e-mail goes: one service with one template.

It checks the signed token and its age, the template, the address and what the template asks for, keeps each e-mail
under its reference and finds it by it, and fails on demand: `fail_next` once, `down` for as long as it is set.
"""

import json
import re
import threading
from collections import defaultdict, deque
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from itertools import count
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

from tests.twins.listening import Listening

Body = dict[str, Any]
Said = tuple[int, Body]

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"auditloop_twin-{SERVICE}-{SECRET}"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
TOKEN_LIVES_SECONDS = 30
SEND, FIND, LOOK = "send", "find", "look"
CALLS = {("POST", "/v2/notifications/email"): SEND, ("GET", "/v2/notifications"): FIND}


@dataclass(frozen=True)
class Fault:
    """How the next call goes wrong. `acts`: whether Notify took the e-mail before it went wrong.

    `hangs`: no answer until the twin is released; `halves`: the answer breaks off in the middle.
    """

    status: int = 200
    error: str = ""
    message: str = ""
    raw: bytes | None = None
    drop: bool = False
    acts: bool = False
    hangs: bool = False
    halves: bool = False


@dataclass
class NotifyTwin(Listening):
    subject: str = "((subject))"
    body: str = "((body))"
    """What the template is made of."""
    emails: list[Body] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    """The name of each: 'send', 'find' or 'look'. Faults wait under those names."""
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    down: Fault | None = None
    released: threading.Event = field(default_factory=threading.Event)
    _numbers: Any = field(default_factory=lambda: count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        return _Handler

    @property
    def url(self) -> str:
        return self.origin

    def fail_next(self, call: str, *faults: Fault) -> None:
        self.faults[call].extend(faults)

    def sent_to(self, address: str) -> list[dict[str, str]]:
        """What the template was filled with, oldest first."""
        return [each["personalisation"] for each in self.emails if each["email_address"] == address]

    def answer(self, method: str, address: str, token: str, said: Body) -> tuple[Fault | None, Said]:
        with self._lock:
            path, query = urlsplit(address).path, parse_qs(urlsplit(address).query)
            call = CALLS.get((method, path), LOOK)
            self.calls.append(call)
            fault = self.faults[call].popleft() if self.faults[call] else self.down
            if fault is not None and not fault.acts:
                return fault, _no(fault.status, fault.error, fault.message)
            wrong = _wrong_with(token)
            if wrong:
                return fault, _no(403, "AuthError", wrong)
            if call == SEND:
                return fault, self._send(said)
            return fault, self._find(query) if call == FIND else self._look(path)

    def _send(self, said: Body) -> Said:
        if said.get("template_id") != TEMPLATE:
            return _no(400, "BadRequestError", "Template not found")
        if not re.fullmatch(r"[^@\s]+@[\w-]+(\.[\w-]+)+", str(said.get("email_address", ""))):
            return _no(400, "ValidationError", "email_address Not a valid email address")
        if set(said.get("personalisation", {})) != {"subject", "body"}:
            return _no(400, "BadRequestError", "Missing personalisation: body")
        number = f"{next(self._numbers):08d}-0000-4000-8000-000000000000"
        self.emails.append({**said, "id": number})
        return 201, {"id": number, "reference": said.get("reference"), "content": said["personalisation"]}

    def _find(self, query: dict[str, list[str]]) -> Said:
        [wanted] = query["reference"]
        found = [{"id": each["id"], "reference": wanted} for each in self.emails if each.get("reference") == wanted]
        return 200, {"notifications": found, "links": {}}

    def _look(self, path: str) -> Said:
        if path != f"/v2/template/{TEMPLATE}":
            return _no(404, "NoResultFound", "No result found")
        return 200, {"id": TEMPLATE, "type": "email", "subject": self.subject, "body": self.body}


def _wrong_with(token: str) -> str:
    try:
        claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
    except jwt.InvalidTokenError:
        return "Invalid token: signature, api token not found"
    if claims.get("iss") != SERVICE:
        return "Invalid token: service not found"
    late = abs(claims["iat"] - time()) > TOKEN_LIVES_SECONDS
    return "Error: Your system clock must be accurate to within 30 seconds" if late else ""


def _no(status: int, error: str, message: str) -> Said:
    return status, {"status_code": status, "errors": [{"error": error, "message": message}]}


class _Handler(BaseHTTPRequestHandler):
    twin: NotifyTwin
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer leaves in one piece, or the other side waits for the rest of it

    def _answer(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        fault, (status, done) = self.twin.answer(self.command, self.path, token, json.loads(raw or b"{}"))
        with suppress(BrokenPipeError, ConnectionResetError):
            self._reply(fault or Fault(status), done)

    do_GET = do_POST = _answer  # noqa: N815

    def _reply(self, fault: Fault, done: Body) -> None:
        if fault.hangs:
            self.twin.released.wait()
        self.close_connection = fault.drop or fault.halves or fault.hangs
        if fault.drop:
            return
        body = json.dumps(done).encode() if fault.raw is None else fault.raw
        self.send_response(fault.status)
        self.send_header("Content-Type", "application/json" if fault.raw is None else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if fault.halves else body)

    def log_message(self, *_words: object) -> None:
        """Say nothing: the twin keeps its calls."""
