"""What a story tells people: every message there is of it, as it would stand in chat now; and words put everywhere."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Column, bindparam, select, update

from bot import messages
from programme.calendar import following
from programme.notices import Letter
from programme.words import NoticeState
from storage import find, tables
from storage.office import Office
from storage.types import UNKEEPABLE, Line, Prose
from tests.bot.happening import World
from tests.bot.stories import happen
from tests.cast import MONTH, Cast

OURS = {
    *("ref", "key", "kind", "month", "token", "about", "step", "version", "reason", "slack_user_id", "email", "why"),
    *("stamp", "channel", "leased_by", "worker", "mark", "token_hash", "leads_to", "carried_from", "source", "body"),
    *(
        "digest",
        "response_id",
        "respondent",
        "paused",
        "refused_why",
        "left_out",
        "webhook_id",
        "place",
        "question_key",
        "tag",
    ),
    "sent_with",
    *(
        "form_url",
        "item",
        "entry",
        "askers_carried_from",
        "askers_why",
        "askers_reason",
        "takers_why",
        "hand_picked_because",
        "decision",
        "held_because",
    ),
}
"""Columns of text that the programme fills, or that say what state a thing is in."""

PEOPLES = [
    (table, column)
    for table in tables.metadata.sorted_tables
    for column in table.c
    if isinstance(column.type, Line | Prose) and column.name not in OURS and table.name != "form_item"
]
"""Every column that holds what people have written, or that a file of theirs brought."""

PROSE = 3_000

Write = Callable[[str, int], str]
"""What to put in a column, of at most so many characters."""


@dataclass(frozen=True)
class Told:
    kind: str
    reader: str
    settled: bool
    text: str
    blocks: Sequence[dict[str, Any]]


NEVER_EMPTY = {"action"}
"""The record keeps no confirmation that does not say what was done."""


@contextmanager
def story(office: Office, cast: Cast, moves: Sequence[str], write: Write | None = None) -> Iterator[World]:
    """A world in which this has happened; afterwards it has not."""
    with office.record.writing(only_try=True) as session:
        world = World(session, office, cast)
        happen(world, moves)
        if write is not None:
            write_everywhere(world, write)
        yield world


def told(world: World) -> list[Told]:
    """Every message, sent or not, as it is drawn now; of what is not sent any more, what stands in its place."""
    notices = find.notices.in_state(world.session, *NoticeState)
    drawn = [(each, messages.render(world.session, world.office, each)) for each in notices]
    return [
        Told(notice.kind, notice.person.email.partition("@")[0], it is not letter, letter.text, letter.blocks)
        for notice, it in drawn
        if (letter := it if isinstance(it, Letter) else it.instead) is not None
    ]


def write_everywhere(world: World, write: Write) -> None:
    for table, columns in groupby(PEOPLES, key=lambda each: each[0]):
        named = [column for _, column in columns]
        rows = [_row(named, number, write) for number in world.session.scalars(select(table.c.id)).all()]
        if rows:
            world.session.connection().execute(update(table).where(table.c.id == bindparam("number")), rows)
    for check in find.roll_checks.of_month(world.session, following(MONTH)):
        joiner = {"name": write("joiner.name", 100), "email": "wren@example.org"}
        check.joiners = [joiner for _ in check.joiners]
    world.session.flush()
    world.session.expire_all()


def _row(columns: Sequence[Column[Any]], number: int, write: Write) -> dict[str, Any]:
    """What stands in these columns of one row."""
    return {"number": number, **{column.name: _said(column, number, write) for column in columns}}


def _said(column: Column[Any], number: int, write: Write) -> str:
    most = getattr(column.type, "length", None) or PROSE
    said = UNKEEPABLE.sub("", write(str(column), most))
    said = said or ("." if column.table.name in NEVER_EMPTY else "")
    return f"{said[: most - 4]} {number}" if column.unique else said
