"""A strict twin of Google on this machine, as far as reading a sheet goes: passes for keys, metadata and values.

It checks the signed assertion of the service account and that it asks to read only, holds the quota of reads by its own
clock, and fails on demand. Whatever Google would take and we must never send (a write, another address, values in
another form) is refused and kept in `trespasses`, which every test expects to be empty.
"""

import base64
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.twins.listening import Listening
from tests.twins.spreadsheet import Spreadsheet

Body = dict[str, Any]

ACCOUNT = "reader@auditloop-twin.iam.gserviceaccount.com"
KEY_NUMBER = "twin-key-1"
SCOPE = "https://www.googleapis.com/auth/spreadsheets.readonly"
AUDIENCE = "https://oauth2.googleapis.com/token"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
AS_IT_IS = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}
MOST_READS_A_MINUTE = 60
PASS_LIVES_SECONDS = 3600
SKEW_SECONDS = 300
HTML_502 = b"<!DOCTYPE html><html><title>Error 502 (Server Error)!!1</title></html>"


@dataclass(frozen=True)
class Fault:
    """How the next call goes wrong. `acts`: whether Google did the work before it went wrong.

    `hangs`: no answer until the twin is released; `halves`: the answer breaks off in the middle.
    """

    status: int = 200
    error: str = ""
    raw: bytes | None = None
    drop: bool = False
    acts: bool = False
    hangs: bool = False
    halves: bool = False


@cache
def signing_key() -> rsa.RSAPrivateKey:
    """Made once a run, because it takes a tenth of a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class SheetsTwin(Listening):
    """`calls` names each call: 'token', 'metadata' or 'values'. Faults wait under those names."""

    spreadsheets: dict[str, Spreadsheet] = field(default_factory=dict)
    now: Callable[[], float] = time.monotonic
    shared: bool = True
    api_is_on: bool = True
    key_is_good: bool = True
    calls: list[str] = field(default_factory=list)
    trespasses: list[str] = field(default_factory=list)
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    passes: dict[str, float] = field(default_factory=dict)
    """Pass → when it ends."""
    released: threading.Event = field(default_factory=threading.Event)
    _reads: deque[float] = field(default_factory=deque)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        return _Handler

    @property
    def url(self) -> str:
        return self.origin

    @property
    def reads(self) -> list[str]:
        return [call for call in self.calls if call != "token"]

    def key_file(self, folder: Path) -> Path:
        """A service account's key as Google lets one save it, but for where it is changed for a pass."""
        form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        said = {
            "type": "service_account",
            "project_id": "auditloop-twin",
            "private_key_id": KEY_NUMBER,
            "private_key": signing_key().private_bytes(*form).decode(),
            "client_email": ACCOUNT,
            "client_id": "1",
            "token_uri": f"{self.url}/token",
        }
        file = folder / "google.json"
        file.write_text(json.dumps(said))
        return file

    def fail_next(self, call: str, *faults: Fault) -> None:
        self.faults[call].extend(faults)

    def answer(self, method: str, address: str, bearer: str, said: Body) -> tuple[Fault | None, int, Body]:
        """What to answer: the fault that was wished for, and what would be said without it."""
        with self._lock:
            path = urlsplit(address).path
            call = _name_of(method, path)
            self.calls.append(call)
            waiting = self.faults[call]
            fault = waiting.popleft() if waiting else None
            if fault is not None and not fault.acts:
                return fault, fault.status, _error(fault.status, fault.error or "UNAVAILABLE", "Told to fail.")
            asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
            return fault, *self._work(call, method, path, asked, bearer, said)

    def _work(self, call: str, method: str, path: str, asked: Body, bearer: str, said: Body) -> tuple[int, Body]:
        if call == "token":
            return self._give_pass(said)
        if call == "unknown":
            return self._trespass(f"{method} {path}", 404)
        refused = self._refused(bearer)
        if refused:
            return refused
        key, _, cells = path.removeprefix("/v4/spreadsheets/").partition("/values/")
        found = self.spreadsheets.get(unquote(key))
        if found is None:
            return _no(404, "NOT_FOUND", "Requested entity was not found.")
        if found.is_excel:
            return _no(400, "FAILED_PRECONDITION", "This operation is not supported for this document")
        return self._metadata(found, asked) if call == "metadata" else self._values(found, unquote(cells), asked)

    def _refused(self, bearer: str) -> tuple[int, Body] | None:
        if self.passes.get(bearer, 0.0) <= self.now():
            return _no(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
        while self._reads and self._reads[0] <= self.now() - 60:
            self._reads.popleft()
        if len(self._reads) >= MOST_READS_A_MINUTE:
            return _no(429, "RESOURCE_EXHAUSTED", "Quota exceeded for 'Read requests per minute per user'")
        self._reads.append(self.now())
        if not self.api_is_on:
            reason = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "SERVICE_DISABLED"}
            return _no(403, "PERMISSION_DENIED", "Google Sheets API has not been used before", details=[reason])
        return None if self.shared else _no(403, "PERMISSION_DENIED", "The caller does not have permission")

    def _metadata(self, found: Spreadsheet, asked: Body) -> tuple[int, Body]:
        if set(asked) - {"fields"} and asked != {"includeGridData": "false"}:
            return self._trespass(f"metadata with {asked}", 400)
        tabs = [
            {"properties": {"sheetId": tab.number, "title": tab.title, "index": place, "sheetType": tab.kind}}
            for place, tab in enumerate(found.tabs)
        ]
        about = {"title": "Responses", "locale": found.locale, "timeZone": found.time_zone}
        whole = {"spreadsheetId": "1", "properties": about, "sheets": tabs}
        return 200, _only(whole, asked["fields"]) if "fields" in asked else whole

    def _values(self, found: Spreadsheet, cells: str, asked: Body) -> tuple[int, Body]:
        if asked != AS_IT_IS:
            return self._trespass(f"values with {asked}", 400)
        quoted = cells.startswith("'") and cells.endswith("'") and len(cells) > 1
        tab = found.tab(cells[1:-1].replace("''", "'") if quoted else cells)
        if tab is None:
            return _no(400, "INVALID_ARGUMENT", f"Unable to parse range: {cells}")
        values = tab.values()
        about = {"range": f"{cells}!A1:Z1000", "majorDimension": "ROWS"}
        return 200, {**about, "values": values} if values else about

    def _give_pass(self, said: Body) -> tuple[int, Body]:
        wrong = _wrong_with(str(said.get("assertion", "")))
        if said.get("grant_type") != GRANT or wrong:
            return self._trespass(f"a pass was asked for wrongly: {wrong or 'grant_type'}", 400)
        if not self.key_is_good:
            return 400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
        name = f"ya29.twin-{next(self._numbers)}"
        self.passes[name] = self.now() + PASS_LIVES_SECONDS
        return 200, {"access_token": name, "expires_in": PASS_LIVES_SECONDS - 1, "token_type": "Bearer"}

    def _trespass(self, what: str, status: int) -> tuple[int, Body]:
        self.trespasses.append(what)
        return _no(status, "INVALID_ARGUMENT", what)


def _name_of(method: str, path: str) -> str:
    if (method, path) == ("POST", "/token"):
        return "token"
    parts = path.strip("/").split("/")
    if method == "GET" and parts[:2] == ["v4", "spreadsheets"]:
        if len(parts) == 3 and ":" not in parts[2]:
            return "metadata"
        if len(parts) == 5 and parts[3] == "values":
            return "values"
    return "unknown"


def _wrong_with(assertion: str) -> str:
    """What Google would refuse in an assertion, or nothing."""
    head, said, signature = [*assertion.split("."), "", "", ""][:3]
    try:
        signing_key().public_key().verify(
            _bytes(signature), f"{head}.{said}".encode(), padding.PKCS1v15(), hashes.SHA256()
        )
    except InvalidSignature:
        return "its signature"
    header, claims = json.loads(_bytes(head)), json.loads(_bytes(said))
    expected = {"iss": ACCOUNT, "aud": AUDIENCE, "scope": SCOPE}
    wrong = [name for name, value in expected.items() if claims.get(name) != value]
    if (header["alg"], header["kid"]) != ("RS256", KEY_NUMBER):
        wrong.append("header")
    if abs(claims["iat"] - time.time()) > SKEW_SECONDS or not 0 < claims["exp"] - claims["iat"] <= PASS_LIVES_SECONDS:
        wrong.append("times")
    return ", ".join(wrong)


def _bytes(words: str) -> bytes:
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))


def _only(whole: Any, mask: str) -> Any:  # noqa: ANN401 - JSON
    """The parts of an answer that a mask of fields names: a,b(c,d)."""
    if isinstance(whole, list):
        return [_only(each, mask) for each in whole]
    kept: Body = {}
    for name, inner in _parts(mask):
        kept[name] = _only(whole[name], inner) if inner else whole[name]
    return kept


def _parts(mask: str) -> Iterator[tuple[str, str]]:
    depth, word = 0, ""
    for letter in mask + ",":
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            name, _, inner = word.partition("(")
            yield name, inner.removesuffix(")")
            word = ""
        else:
            word += letter


def _error(status: int, name: str, message: str, **more: object) -> Body:
    return {"error": {"code": status, "message": message, "status": name, **more}}


def _no(status: int, name: str, message: str, **more: object) -> tuple[int, Body]:
    return status, _error(status, name, message, **more)


class _Handler(BaseHTTPRequestHandler):
    twin: SheetsTwin
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer leaves in one piece, or the other side waits for the rest of it

    def _answer(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        said = {name: values[0] for name, values in parse_qs(raw.decode(errors="replace")).items()}
        fault, status, done = self.twin.answer(self.command, self.path, bearer, said)
        with suppress(BrokenPipeError, ConnectionResetError):
            self._reply(fault or Fault(status), done)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815

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
