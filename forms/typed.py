"""What somebody has typed into the built-in form so far: kept at every move, opened again, and made ready to send.

A day is typed in three parts and kept as it was typed, so that a mistake in it can be seen and mended.
"""

import json
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence

from werkzeug.datastructures import MultiDict

from forms.parts import DUE, Part, is_asked
from forms.reading import numbers_of_actions
from programme.allocations import Allocation
from programme.answers import ACTIONS_AT_MOST
from programme.people import Person
from programme.words import RETURNED, SubmissionState
from storage import find
from storage.session import Session
from storage.types import LONGEST

DAY_PARTS = {"day": re.compile("[0-9]{1,2}"), "month": re.compile("[0-9]{1,2}"), "year": re.compile("[0-9]{4}")}
"""The parts of a day as they are typed."""

ROWS_AT_FIRST = 1

TOO_MUCH = "This is more than one form can keep. Nothing on this page is saved yet: make this answer shorter."


def so_far(session: Session, allocation: Allocation, me: Person) -> dict[str, str] | None:
    """What this person sees in the form; None where it cannot be filled in any more.

    Changes that were begun before moderation can still be sent: they are kept, and somebody decides about them.
    """
    draft = find.drafts.of(session, allocation, me)
    if draft is not None and (allocation.is_open or allocation.state in RETURNED):
        return draft.fields
    return _held(session, allocation, me) if allocation.is_open else None


def _held(session: Session, allocation: Allocation, me: Person) -> dict[str, str]:
    """What this person sent last and what is held, so that they can mend it; else an empty form."""
    arrived = reversed(find.submissions.of_allocation(session, allocation))
    mine = (each for each in arrived if each.is_from(me) and each.state is SubmissionState.HELD)
    held = next(mine, None)
    return opened(held.fields) if held else {}


def opened(fields: Mapping[str, str]) -> dict[str, str]:
    """What was sent, as it stands in the form again. It is sent under a new id: older answers may come back."""
    days = {name: day for name, day in fields.items() if name.endswith(DUE)}
    parts = {each: part for name, day in days.items() for each, part in _in_parts(name, day)}
    return {name: said for name, said in fields.items() if name not in days} | parts | {"response_id": new_id()}


def new_id() -> str:
    return secrets.token_urlsafe(16)


def merged(said: Mapping[str, str], part: Part, posted: MultiDict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What is said once this page's answers stand in place of the former ones, and which is too long to be kept."""
    inputs = [(field, name) for field in part.fields for name in _inputs(field)]
    typed = {name: ";".join(posted.getlist(name)) for _, name in inputs}
    others = {name: words for name, words in said.items() if name not in typed}
    both = {"response_id": new_id()} | others | {name: words for name, words in typed.items() if words}
    if len(json.dumps(both, ensure_ascii=False)) <= LONGEST:
        return both, {}
    longest = max(typed, key=lambda name: len(typed[name]))
    return both, {next(field for field, name in inputs if name == longest): TOO_MUCH}


def to_send(said: Mapping[str, str], parts: Sequence[Part]) -> dict[str, str]:
    """The fields of the return: only what is asked after the other answers."""
    asked = [name for part in parts for name in part.fields if is_asked(name, said)]
    answers = {name: answer(said, name) for name in asked}
    return {name: words for name, words in answers.items() if words.strip()}


def answer(said: Mapping[str, str], name: str) -> str:
    """One answer by the contract's name. A day that is none stays as it was typed, for the reading to refuse."""
    if not name.endswith(DUE):
        return said.get(name, "")
    typed = {part: said.get(f"{name}.{part}", "").strip() for part in DAY_PARTS}
    if all(DAY_PARTS[part].fullmatch(words) for part, words in typed.items()):
        return f"{typed['year']}-{typed['month'].zfill(2)}-{typed['day'].zfill(2)}"
    return " ".join(words for words in typed.values() if words)


def rows(said: Mapping[str, str], *, one_more: bool = False) -> int:
    """How many actions stand on their page: all that are written, one to begin with, and one more when asked."""
    shown = said.get("rows", "")
    asked = int(shown) if shown.isascii() and shown.isdigit() and len(shown) <= 2 else ROWS_AT_FIRST  # noqa: PLR2004
    written = {name.removesuffix(f".{part}"): "x" for name in said for part in DAY_PARTS} | dict(said)
    filled = max(numbers_of_actions(written), default=0)
    return min(max(asked + one_more, filled, ROWS_AT_FIRST), ACTIONS_AT_MOST)


def _inputs(field: str) -> list[str]:
    return [f"{field}.{part}" for part in DAY_PARTS] if field.endswith(DUE) else [field]


def _in_parts(name: str, day: str) -> Iterator[tuple[str, str]]:
    """A day that was sent, as it is typed. One that could not be read stands in the first box as it came."""
    year, _, rest = day.strip().partition("-")
    month, _, of_month = rest.partition("-")
    typed = (of_month, month, year) if all((year, month, of_month)) else (day, "", "")
    return ((f"{name}.{part}", words) for part, words in zip(DAY_PARTS, typed, strict=True) if words)
