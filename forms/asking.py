"""The line to Google: a question has a time limit, is asked again a few times, and its answer is sorted.

What comes back is a JSON object, or `SheetAway`: until the next poll, or until a person has done something about it.
google-auth's own session is not used. It waits and asks again by its own clock, and it looks up in a thread of its own,
at another address, where the key may be used. Here every word to Google goes through `Line._send`.
"""

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any, Protocol, TypeVar

GOOGLE = "https://sheets.googleapis.com"
LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}
LONGEST_PAUSE_SECONDS = 8.0
SHORTEST_LIMIT_SECONDS = 0.1

NO_ANSWER = "Google does not answer just now. Nothing is lost: the response sheet is read at the next poll."
TOO_MUCH = "Google asks us to wait. Nothing is lost: the response sheet is read at the next poll."
NOT_GOOGLE = "What answered was not Google Sheets. If this goes on, look at the proxy between this machine and Google."
NOT_KNOWN = "Google did not take our pass. Nothing is lost: the response sheet is read at the next poll."
NOT_UNDERSTOOD = "Google did not understand what we asked. If this goes on, somebody must look at the log."

KEY_REFUSED = (
    "Google no longer takes our key. Make a new key for the service account, put its file where "
    "GOOGLE_SERVICE_ACCOUNT_FILE says, and see that this machine's clock is right."
)
SWITCHED_OFF = "The Google Sheets API is switched off for our Google project. Switch it on in the Google Cloud console."
NO_ACCESS = "We may not read the response sheet. Share it, to view only, with {}."
GONE = "There is no response sheet under this key. Look at GOOGLE_SHEET_KEY, and into the bin of Google Drive."
NOT_A_SHEET = "The response sheet is an Excel file. Open it in Google Drive and save it as a Google Sheet."

Limits = tuple[float, float]
"""Seconds to connect, and seconds to wait for an answer."""

Said = TypeVar("Said")


class SheetAway(Exception):
    """The sheet could not be read. `lost`: it stays so until a person acts; otherwise the next poll tries again."""

    def __init__(self, sentence: str, *, lost: bool) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.lost = lost


class Again(Exception):
    """One try went wrong in a way that the next may not; the sentence is for when none is left."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Response(Protocol):
    """What the library for requests brings."""

    status_code: int

    def json(self) -> Any: ...  # noqa: ANN401 - whatever was sent


@dataclass(frozen=True)
class Answer:
    """One answer of Google, taken apart once: a long sheet would not be so cheap to take apart again."""

    status: int
    said: dict[str, Any]

    def json(self) -> dict[str, Any]:
        """By the name that gspread calls it."""
        return self.said


class Key(Protocol):
    """The service account's key, which is changed for a pass that holds an hour."""

    token: str | None
    service_account_email: str

    @property
    def valid(self) -> bool: ...
    def refresh(self, request: Callable[..., object]) -> None: ...
    def apply(self, headers: dict[str, str]) -> None: ...


@dataclass(frozen=True)
class Patience:
    """How long one read may take, and how often it asks. Waiting, clock and chance are handed in by tests."""

    wait: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random
    connect_seconds: float = 5
    answer_seconds: float = 30
    whole_seconds: float = 35
    tries: int = 6

    def begin(self) -> "Tries":
        return Tries(self, until=self.now() + self.whole_seconds, left=self.tries)


@dataclass
class Tries:
    """What is left of the patience of one read, over all its questions."""

    patience: Patience
    until: float
    left: int

    def ask(self, question: Callable[[Limits], Said]) -> Said:
        """Put the question until it is answered. Raises `SheetAway` when patience ends."""
        while True:
            try:
                return question(self._limits())
            except Again as fault:
                self._pause(fault)

    def _pause(self, fault: Again) -> None:
        """Full jitter: anything from nothing to twice as long as the last time, so that many do not come at once."""
        self.left -= 1
        longest = min(2.0 ** (self.patience.tries - self.left - 1), LONGEST_PAUSE_SECONDS)
        seconds = self.patience.chance() * longest
        if not self.left or self.patience.now() + seconds >= self.until:
            raise SheetAway(fault.sentence, lost=False) from None
        self.patience.wait(seconds)

    def _limits(self) -> Limits:
        left = max(self.until - self.patience.now(), SHORTEST_LIMIT_SECONDS)
        return min(self.patience.connect_seconds, left), min(self.patience.answer_seconds, left)


@dataclass(frozen=True)
class Pass:
    """The answer to the key, in the shape that the key's library reads."""

    status: int
    data: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Line:
    """Reads from Google with our key, at the address we were given. It can do nothing but read."""

    send: Callable[..., Response]
    """Keeps its connection open between two questions."""
    key: Key
    api_url: str
    tries: Tries

    def get(self, endpoint: str, params: Mapping[str, object]) -> Answer:
        address = self.api_url.rstrip("/") + endpoint.removeprefix(GOOGLE)
        return self.tries.ask(lambda limits: self._get_once(address, params, limits))

    def _get_once(self, address: str, params: Mapping[str, object], limits: Limits) -> Answer:
        if not self.key.valid:
            self.key.refresh(partial(self._ask_for_pass, limits))
        headers: dict[str, str] = {}
        self.key.apply(headers)
        answer = self._send("GET", address, limits, params=params, headers=headers)
        if answer.status == HTTPStatus.UNAUTHORIZED:
            self.key.token = None  # the next try asks for a new pass
            raise Again(NOT_KNOWN)
        if answer.status != HTTPStatus.OK:
            raise self._what_is_wrong(answer)
        return answer

    def _ask_for_pass(self, limits: Limits, url: str, **asked: Any) -> Pass:  # noqa: ANN401 - the key's library asks
        data, headers = asked["body"], asked["headers"]
        answer = self._send(asked["method"], url, limits, data=data, headers=headers)
        if answer.status != HTTPStatus.OK:
            raise SheetAway(KEY_REFUSED, lost=True)
        if "access_token" not in answer.said:
            raise Again(NOT_GOOGLE)
        return Pass(answer.status, json.dumps(answer.said))

    def _send(self, method: str, url: str, limits: Limits, **said: Any) -> Answer:  # noqa: ANN401 - passed on
        try:
            response = self.send(method, url, timeout=limits, allow_redirects=False, **said)
        except OSError:  # which every fault of the library for requests is
            raise Again(NO_ANSWER) from None
        if response.status_code in LATER:
            raise Again(TOO_MUCH)
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Again(NO_ANSWER)
        return Answer(response.status_code, _object_in(response))

    def _what_is_wrong(self, answer: Answer) -> SheetAway:
        match answer.status:
            case HTTPStatus.FORBIDDEN:
                shared_with = NO_ACCESS.format(self.key.service_account_email)
                return SheetAway(SWITCHED_OFF if "SERVICE_DISABLED" in str(answer.said) else shared_with, lost=True)
            case HTTPStatus.NOT_FOUND:
                return SheetAway(GONE, lost=True)
            case HTTPStatus.BAD_REQUEST if "FAILED_PRECONDITION" in str(answer.said):
                return SheetAway(NOT_A_SHEET, lost=True)
        return SheetAway(NOT_UNDERSTOOD, lost=False)


def _object_in(response: Response) -> dict[str, Any]:
    try:
        said = response.json()
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise Again(NOT_GOOGLE)
    return said
