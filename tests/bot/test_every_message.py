"""Every message in every state: within Slack's limits, safe on a lock screen, nothing of people's words alive in it.

The messages are those of bot/messages; what leads to them are the stories of `stories.py`, and random moves beside.
"""

import os
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.messages import MESSAGES
from storage import tables
from storage.office import Office
from tests.bot.awkward import HARMLESS, PAYLOADS, skeleton, words
from tests.bot.conftest import ON_ONE_DATABASE
from tests.bot.happening import beforehand
from tests.bot.stories import MOVES, STORIES
from tests.bot.telling import PEOPLES, Told, Write, story, told, write_everywhere
from tests.cast import Cast
from tests.twins.limits import faults_of_message, words_in

pytestmark = ON_ONE_DATABASE

SOME, VERY_MANY = 8, 5_000
PAGE = Path(__file__).parent / "every_message.txt"

NAMES = {"person.name", "service.name", "audit_group.name", "round.theme", "joiner.name"}
"""What a message may say of people and months; of a child's team only what is said to who could swap."""

BESIDES = {
    "swap_asked": {"team.name", "audit_case.plan_type"},
    "roll_check_asked": {"team.name"},
    "roll_check_asked_again": {"team.name"},
}


@pytest.fixture
def month(office: Office, cast: Cast) -> tuple[Office, Cast]:
    beforehand(office, cast)
    return office, cast


def every_told(month: tuple[Office, Cast], write: Write | None = None) -> list[tuple[str, Told]]:
    """Each message of each story, with the story."""
    found = []
    for moves in STORIES:
        with story(*month, moves, write) as world:
            found += [(", ".join(moves) or "the month is given out", each) for each in told(world)]
    return found


def test_every_message_in_every_state_reads_as_it_is_written_down(month: tuple[Office, Cast]) -> None:
    """Read the page as a person would: it is what chat says. Run with WRITE_THE_PAGE=1 to write it anew."""
    said = every_told(month)
    drawn = {each.kind for _, each in said if not each.settled}
    assert sorted(MESSAGES.keys() - drawn) == [], (
        "No story comes to these messages. Put a move that makes them into tests/bot/happening.py"
        " and a story that comes to it into tests/bot/stories.py."
    )
    if os.environ.get("WRITE_THE_PAGE") == "1":
        PAGE.write_text(as_a_page(said), encoding="utf-8")
    assert as_a_page(said) == PAGE.read_text(encoding="utf-8")


def as_a_page(drawn: list[tuple[str, Told]]) -> str:
    """Each message once, under the story that first came to it."""
    seen: dict[str, dict[str, str]] = {kind: {} for kind in sorted(MESSAGES)}
    for moves, each in drawn:
        lines = [f"  [{each.text}]", *(f"  {line}" for line in lines_of(each.blocks))]
        seen[each.kind].setdefault("\n".join(lines), f"{each.reader}, after: {moves}")
    parts = [f"{kind}\n{'=' * len(kind)}" for kind in seen]
    said = ["\n\n".join(f"- {when}\n{words}" for words, when in of.items()) for of in seen.values()]
    return "\n\n".join(f"{part}\n\n{each}" for part, each in zip(parts, said, strict=True)) + "\n"


def lines_of(blocks: object) -> list[str]:
    """The words of some blocks, a line each; buttons in brackets, with what is asked before one is pressed."""
    lines: list[str] = []
    for block in blocks if isinstance(blocks, list | tuple) else []:
        if block["type"] == "actions":
            lines += [_button(each) for each in block["elements"]]
        else:
            lines += [line for text in words_in(block) for line in text.split("\n")]
    return lines


def _button(button: dict[str, object]) -> str:
    label, *asked = words_in(button)
    return f"( {label} )" + (f"  {' / '.join(asked)}" if asked else "")


def faults(each: Told) -> list[str]:
    return faults_of_message({"text": each.text, "blocks": each.blocks})


def at_random(month: tuple[Office, Cast], seed: int) -> list[tuple[str, list[str]]]:
    """What is wrong with any message after some moves in any order, whatever people have written."""
    chance = random.Random(seed)
    moves = chance.choices(sorted(MOVES), k=chance.randint(1, 9))
    with story(*month, moves, lambda _column, most: words(chance, most)) as world:
        return [(each.kind, found) for each in told(world) if (found := faults(each))]


def test_every_message_after_any_moves_is_within_every_limit(month: tuple[Office, Cast]) -> None:
    assert {seed: found for seed in range(SOME) if (found := at_random(month, seed))} == {}


@pytest.mark.soak
def test_every_message_after_very_many_moves_is_within_every_limit(month: tuple[Office, Cast]) -> None:
    assert {seed: found for seed in range(VERY_MANY) if (found := at_random(month, seed))} == {}


def alive(month: tuple[Office, Cast], moves: Sequence[str], payloads: Sequence[str]) -> dict[str, list[str]]:
    """The payloads of which more than words comes out in the messages of a story, and in which."""
    found: dict[str, list[str]] = {}
    with story(*month, moves) as world:
        write_everywhere(world, lambda _column, most: HARMLESS[:most])
        without = [skeleton(list(each.blocks)) for each in told(world)]
        for payload in payloads:
            write_everywhere(world, lambda _column, most, said=payload: said[:most])  # type: ignore[misc]
            said = told(world)
            kinds = [each.kind for each, dead in zip(said, without, strict=True) if skeleton(list(each.blocks)) != dead]
            if kinds:
                found[payload] = kinds
    return found


def test_what_people_wrote_changes_nothing_but_words_in_any_message(month: tuple[Office, Cast]) -> None:
    """Some of the stories, each with some of the payloads; all of both are in the long count."""
    some = STORIES[::6]
    tried = {number: alive(month, moves, PAYLOADS[number :: len(some)][::3]) for number, moves in enumerate(some)}
    assert {", ".join(some[number]): found for number, found in tried.items() if found} == {}


@pytest.mark.soak
def test_none_of_all_payloads_is_alive_in_any_message(month: tuple[Office, Cast]) -> None:
    tried = {number: alive(month, moves, PAYLOADS) for number, moves in enumerate(STORIES)}
    assert {", ".join(STORIES[number]): found for number, found in tried.items() if found} == {}


CANARIES = [*(f"{table.name}.{column.name}" for table, column in PEOPLES), "joiner.name"]


def canary(column: str, most: int) -> str:
    """Short enough to be whole in every column."""
    return f"Canary{CANARIES.index(column):03}"[:most]


FORBIDDEN = ["Canary", "MDW", "AUD-", "ACT-", "SW-", "SUB-", "child", "Child", "grade", "good", "unsafe", "@"]
"""What a locked telephone does not show to whoever stands beside it."""


def test_no_message_and_nothing_kept_says_more_than_it_may(month: tuple[Office, Cast]) -> None:
    """Everybody has written something everywhere: a lock screen, a message and the rows kept of it show none of it."""
    shown, leaked, kept = [], [], []
    for moves in STORIES:
        with story(*month, moves, canary) as world:
            for each in told(world):
                shown += [f"{each.kind}: {each.text}" for word in FORBIDDEN if word in each.text]
                leaked += [f"{each.kind}: {column}" for column in more_than_allowed(each)]
            for table in (tables.history, tables.notice):
                kept += [str(row) for row in world.session.execute(select(table)) if "Canary" in str(row)]
    assert (shown, leaked, kept) == ([], [], [])


def more_than_allowed(each: Told) -> set[str]:
    said = " ".join(words_in(list(each.blocks)))
    return {column for column in CANARIES if canary(column, 30) in said} - NAMES - BESIDES.get(each.kind, set())


def test_who_is_asked_to_swap_reads_no_reference(month: tuple[Office, Cast]) -> None:
    with story(*month, ["asks one"]) as world:
        [asked] = [each for each in told(world) if each.kind == "swap_asked"]
    assert [word for word in ("MDW", "AUD-") if word in str(asked.blocks)] == []
