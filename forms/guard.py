"""What is asked of a webhook's body before a word of it is believed: its size, its type, its shape."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from storage.types import UNKEEPABLE

LARGEST = 256 * 1024
DEEPEST = 20
STRING = re.compile(rb'"(?:[^"\\\\]|\\\\.)*"', re.DOTALL)
INSTANT = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")

Text = Annotated[str, Field(strict=True, max_length=20_000)]


class Malformed(Exception):
    """What came cannot be read as a response: the sentence says why, and never repeats what was in it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class AnswerSent(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    item: Annotated[str, Field(max_length=40)]
    title: Annotated[str, Field(max_length=1_000)]
    value: Text | Annotated[list[Text], Field(max_length=100)]


class ResponseSent(BaseModel):
    """The body of the webhook (CONTRACT)."""

    model_config = ConfigDict(extra="forbid", strict=True)

    response_id: Annotated[str, Field(min_length=1, max_length=200)]
    submitted_at: Annotated[str, Field(max_length=40)]
    respondent: Annotated[str, Field(max_length=254)]
    answers: Annotated[list[AnswerSent], Field(max_length=500)]

    @property
    def sent_at(self) -> datetime:
        """Raises `Malformed` for what is no instant with its zone, in this century."""
        if not INSTANT.fullmatch(self.submitted_at):
            raise Malformed("submitted_at must be like 2017-08-14T09:30:00Z.")
        try:
            return datetime.fromisoformat(self.submitted_at)
        except ValueError:
            raise Malformed("submitted_at is no day and hour that exists.") from None


SENT = TypeAdapter(ResponseSent)


def response_in(body: bytes) -> ResponseSent:
    """The response in a signed body, or `Malformed`."""
    if _depth(body) > DEEPEST:
        raise Malformed(f"The body is nested more than {DEEPEST} deep.")
    try:
        parsed = json.loads(body.decode("utf-8"), object_pairs_hook=_once_each, parse_constant=_no_number)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Malformed("The body is not JSON in UTF-8.") from None
    try:
        sent = SENT.validate_python(parsed)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise Malformed(f"The body is not a response: look at '{where[:60] or 'the whole of it'}'.") from None
    if any(UNKEEPABLE.search(text) for text in _texts(sent)):
        raise Malformed("The body has a character in it that cannot be kept.")
    return sent


def _texts(sent: ResponseSent) -> Iterator[str]:
    yield from (sent.response_id, sent.respondent)
    for answer in sent.answers:
        yield from (answer.item, answer.title)
        yield from [answer.value] if isinstance(answer.value, str) else answer.value


def _depth(body: bytes) -> int:
    """How deep brackets are nested, outside of texts: told before a parser could be made to fall over it."""
    deepest = depth = 0
    for each in STRING.sub(b"", body):
        if each in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif each in b"]}":
            depth -= 1
    return deepest


def _once_each(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are all different: of two alike nobody could say which is meant."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("A name stands twice in one object of the body.")
    return found


def _no_number(name: str) -> None:
    raise Malformed(f"{name} is no number in JSON.")
