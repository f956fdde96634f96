"""What Slack never sends: noise that nobody signed, signed nonsense, and real requests with one field spoiled."""

import copy
import json
import random
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode

from tests.twins import signing
from tests.twins.signing import Signed, sign
from tests.twins.slack import TEAM_ID

CANARY = "Thimble Oakenshaw"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

Way = tuple[str | int, ...]
"""The keys and places that lead to a field."""

MISSING = object()


def nested(levels: int) -> dict[str, Any]:
    return {"a": nested(levels - 1)} if levels else {}


ODD: list[object] = [
    *(None, 5, -1, 10**30, 1e300, True, [], {}, [None], {"id": None}, {"id": 5}, {"type": []}, MISSING),
    *("", "x", CANARY, f"{CANARY}\x00", "\x00", "\ud800", f"{CANARY}\ud800", "٣" * 10, "é" * 3000, nested(25)),
]
"""Missing, of the wrong kind, or text that no database keeps."""

KEYS = [
    *("type", "user", "team", "team_id", "user_id", "event", "view", "actions", "callback_id", "command", "text"),
    *("trigger_id", "channel", "container", "enterprise", "authorizations", "is_enterprise_install", "message"),
]
KINDS = ["block_actions", "view_submission", "view_closed", "shortcut", "event_callback", "block_suggestion", "", None]
STAMPS = [
    "1",
    "",
    "-1",
    "٣" * 10,
    "\uff11" * 10,
    "²" * 10,
    "9" * 10,
    "9" * 5000,
    "1e9",
    "nan",
    " 1506933900",
    "1_50693390",
]
SIGNATURES = [
    *("", "v0=", "v0=" + "0" * 64, "v0=" + "g" * 64, "v0=" + "٣" * 64, "v0=" + "é" * 64, "é", "v1=" + "a" * 64),
    *("v0=" + "A" * 64, "v0=" + "0" * 5000, CANARY),
]
TYPES = [JSON, FORM, "text/plain", "application/vnd.x+json", "multipart/form-data; boundary=x", "", CANARY]


def unsigned_junk(chance: random.Random, real: list[Signed]) -> Signed:
    """Noise, JSON deeper than Python goes, or a real request; with headers that nobody signed."""
    headers = {
        "Content-Type": chance.choice(TYPES),
        "X-Slack-Request-Timestamp": chance.choice([str(int(time.time())), *STAMPS]),
        "X-Slack-Signature": chance.choice(SIGNATURES),
    }
    noise = chance.randbytes(chance.randint(1, 200)) + CANARY.encode()
    return Signed(chance.choice([noise, b"[" * 50_000, chance.choice(real).body, b'{"a":' * 30 + b"}" * 30]), headers)


def signed_junk(chance: random.Random) -> Signed:
    """Shapes that only a mistake of Slack's, or a leaked secret, could send: signed, readable and nonsense."""
    odd = [each for each in ODD if each is not MISSING]
    body: dict[str, object] = {key: chance.choice(odd) for key in chance.sample(KEYS, chance.randint(0, 8))}
    body["team_id"] = TEAM_ID
    if chance.random() < 0.8:
        body["type"] = chance.choice(KINDS)
    if chance.random() < 0.5:
        actions: list[object] = [{"type": "button", "action_id": "open_form", "value": chance.choice(odd)}, 5, {}]
        body |= {"actions": [chance.choice(actions)], "user": {"id": "UASHA"}}
    if chance.random() < 0.5:
        fields = {"callback_id": "reason_view", "private_metadata": chance.choice(odd), "state": chance.choice(odd)}
        body |= {"view": fields | {"type": "modal", "blocks": chance.choice(odd)}}
    as_json = json.dumps(body).encode()
    return sign(as_json, JSON) if chance.random() < 0.5 else signing.form({"payload": as_json.decode()})


def spoiled(real: Signed) -> list[Signed]:
    """A real request in every way in which one of its fields can be spoiled, each signed as Slack signs."""
    said = fields_of(real)
    return [signed_as(real, _with(said, way, odd)) for way in ways(said) for odd in ODD]


def fields_of(real: Signed) -> dict[str, Any]:
    if real.headers["Content-Type"] == JSON:
        return dict(json.loads(real.body))
    fields = dict(parse_qsl(real.body.decode(), keep_blank_values=True))
    return dict(json.loads(fields["payload"])) if "payload" in fields else fields


def signed_as(real: Signed, said: dict[str, Any]) -> Signed:
    """In the form in which the real one came: JSON, JSON in a form, or a form."""
    if real.headers["Content-Type"] == JSON:
        return sign(json.dumps(said).encode(), JSON)
    if b"payload=" in real.body:
        return signing.form({"payload": json.dumps(said)})
    return sign(urlencode(said, errors="surrogatepass").encode(), FORM)


def ways(said: object, so_far: Way = ()) -> Iterator[Way]:
    """To every field there is, those that hold others too."""
    inside = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    for key, value in inside:
        yield (*so_far, key)
        yield from ways(value, (*so_far, key))


def _with(said: dict[str, Any], way: Way, odd: object) -> dict[str, Any]:
    changed = copy.deepcopy(said)
    holder: Any = changed
    for step in way[:-1]:
        holder = holder[step]
    if odd is MISSING:
        del holder[way[-1]]
    else:
        holder[way[-1]] = odd
    return changed
