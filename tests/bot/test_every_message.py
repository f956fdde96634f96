"""Every message in every state: within Slack's limits, safe on a lock screen, nothing of people's words alive in it.

The messages are those of bot/messages; what leads to them are the stories of `stories.py`, and random moves beside.
"""

import os
import random
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.messages import MESSAGES
from storage import tables
from storage.office import Office
from tests.bot.awkward import HARMLESS, PAYLOADS, skeleton, words
from tests.bot.conftest import ON_ONE_DATABASE
from tests.bot.happening import beforehand
from tests.bot.stories import MOVES, STORIES, happen
from tests.bot.telling import PEOPLES, Told, Write, story, told, write_everywhere
from tests.cast import Cast
from tests.twins.limits import faults_of_message, words_in

pytestmark = ON_ONE_DATABASE

SOME, VERY_MANY = 24, 5_000
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


def test_every_kind_of_message_has_a_story(month: tuple[Office, Cast]) -> None:
    drawn = {each.kind for _, each in every_told(month) if not each.settled}
    assert MESSAGES.keys() - drawn == set(), (
        "No story comes to these messages. Put a move that makes them into tests/bot/happening.py"
        " and a story that comes to it into tests/bot/stories.py."
    )


def test_every_message_in_every_state_reads_as_it_is_written_down(month: tuple[Office, Cast]) -> None:
    """Read the page as a person would: it is what chat says. Run with WRITE_THE_PAGE=1 to write it anew."""
    page = as_a_page(every_told(month))
    if os.environ.get("WRITE_THE_PAGE") == "1":
        PAGE.write_text(page, encoding="utf-8")
    assert page == PAGE.read_text(encoding="utf-8")


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


def test_every_message_of_every_story_is_within_every_limit(month: tuple[Office, Cast]) -> None:
    chance = random.Random(7)
    said = every_told(month, lambda _column, most: words(chance, most))
    assert [(moves, each.kind, found) for moves, each in said if (found := faults(each))] == []


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


def alive(month: tuple[Office, Cast], moves: list[str], payloads: list[str]) -> dict[str, list[str]]:
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
    """Each story with a few of all payloads, and each payload in some story."""
    many = len(STORIES)
    tried = {number: alive(month, list(moves), PAYLOADS[number::many]) for number, moves in enumerate(STORIES)}
    assert {", ".join(STORIES[number]): found for number, found in tried.items() if found} == {}


@pytest.mark.soak
def test_none_of_all_payloads_is_alive_in_any_message(month: tuple[Office, Cast]) -> None:
    tried = {number: alive(month, list(moves), PAYLOADS) for number, moves in enumerate(STORIES)}
    assert {", ".join(STORIES[number]): found for number, found in tried.items() if found} == {}


def canary(column: str, most: int) -> str:
    return f"Canary {column.replace('_', ' ')}."[:most]


CANARIES = {f"{table.name}.{column.name}" for table, column in PEOPLES} | {"joiner.name"}


def test_no_lock_screen_shows_a_reference_a_child_or_what_anybody_wrote(month: tuple[Office, Cast]) -> None:
    """`text` is what a locked telephone shows to whoever stands beside it."""
    forbidden = ["Canary", "MDW", "AUD-", "ACT-", "SW-", "SUB-", "child", "Child", "grade", "good", "unsafe", "@"]
    shown = {(each.kind, each.text) for _, each in every_told(month, canary)}
    assert {kind: text for kind, text in shown if any(word in text for word in forbidden)} == {}


def test_a_message_says_nothing_about_a_child_but_what_it_may(month: tuple[Office, Cast]) -> None:
    leaked: dict[str, set[str]] = {}
    for _, each in every_told(month, canary):
        words_there = " ".join(words_in(list(each.blocks)))
        shown = {column for column in CANARIES if canary(column, 100).rstrip(".") in words_there}
        more = shown - NAMES - BESIDES.get(each.kind, set())
        leaked.setdefault(each.kind, set()).update(more)
    assert {kind: columns for kind, columns in leaked.items() if columns} == {}


def test_who_is_asked_to_swap_reads_no_reference(month: tuple[Office, Cast]) -> None:
    asked = [each for _, each in every_told(month) if each.kind == "swap_asked"]
    assert asked
    assert [each for each in asked if "MDW" in str(each.blocks) or "AUD-" in str(each.blocks)] == []


def test_facts_and_messages_that_wait_hold_references_only(month: tuple[Office, Cast]) -> None:
    """What is kept of a story's facts and messages, where everybody has written something, quotes none of it."""
    held: list[str] = []
    for moves in STORIES:
        with story(*month, [], canary) as world:
            happen(world, moves)
            for table in (tables.history, tables.notice):
                held += [f"{moves}: {row}" for row in world.session.execute(select(table)) if "Canary" in str(row)]
    assert held == []
