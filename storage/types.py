"""Column types both databases agree on.

SQLite keeps nearly anything in any column, and PostgreSQL does not; what one of them would refuse is refused here,
before either sees it. No fault repeats the value: it may be about a child.
"""

# ruff: noqa: ARG002 - every type is handed the dialect, few need it

import json
import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Date, DateTime, Dialect, Integer, String, Text
from sqlalchemy.types import TypeDecorator

LARGEST = 2**31 - 1
LONGEST = 2**18
"""No prose is longer than what one request may carry, in characters."""

UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
"""SQLite's length() stops at a NUL and PostgreSQL keeps none; half of a pair is no character at all."""


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant. SQLite forgets time zones and PostgreSQL does not; a naive time is refused on both."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if not isinstance(value, datetime) or value.tzinfo is None:
            msg = "An instant must be a time that says its zone."
            raise ValueError(msg)
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[StrEnum]):
    """One word of a StrEnum, stored by its value. The table adds a CHECK with `one_of`."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__(max(len(word) for word in words))
        self.words = words

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value not in list(self.words):
            msg = f"This is not a word of {self.words.__name__}."
            raise ValueError(msg)
        return str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.words(value)


class Line(TypeDecorator[str]):
    """A short text; its table bounds it with `at_most`."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        return None if value is None else _sound(value)


class Prose(TypeDecorator[str]):
    """What somebody wrote, long or short."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        return None if value is None else _sound(value)


class Number(TypeDecorator[int]):
    """A whole number that PostgreSQL's integer holds."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST:
            msg = f"A number must be whole and at most {LARGEST}."
            raise ValueError(msg)
        return value


class Day(TypeDecorator[date]):
    """A date without an hour."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> date | None:
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            msg = "A day must be a date without an hour."
            raise TypeError(msg)
        return value


class Json(TypeDecorator[Any]):
    """A small list or mapping kept as text, the same on both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        return None if value is None else _sound(json.dumps(value, ensure_ascii=False, sort_keys=True))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401 - a list or a mapping
        return None if value is None else json.loads(value)


def _sound(text: object) -> str:
    if not isinstance(text, str) or len(text) > LONGEST:
        msg = f"A text must be a text of at most {LONGEST} characters."
        raise ValueError(msg)
    if UNKEEPABLE.search(text):
        msg = "A text must be characters that can be kept: no NUL, no half of a pair."
        raise ValueError(msg)
    return text


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """The named CHECK that ties a column to its words."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def at_most(column: str, length: int) -> CheckConstraint:
    """SQLite ignores the length of a string column; PostgreSQL does not. This makes both refuse."""
    return CheckConstraint(f"length({column}) <= {length}", name=f"{column}_length")
