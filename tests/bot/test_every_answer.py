"""Every word of /audit, whatever stands in the record: the answer is within Slack's limits, and nothing in it alive."""

import random
from typing import Any

import pytest

from bot.slash import LISTENERS
from programme.people import Person
from storage.office import Office
from tests.bot.awkward import HARMLESS, PAYLOADS, skeleton, words
from tests.bot.conftest import ON_ONE_DATABASE, Door
from tests.bot.happening import World, beforehand
from tests.bot.stories import happen
from tests.bot.telling import Write, write_everywhere
from tests.cast import Cast
from tests.twins.limits import faults_of_message

pytestmark = ON_ONE_DATABASE

SOME = 2


@pytest.fixture
def busy(office: Office, cast: Cast, door: Door) -> Door:
    """Somebody asks to swap, somebody is away, an action is late."""
    beforehand(office, cast)
    with office.record.writing() as session:
        happen(World(session, office, cast), ["returns a worry", "is noted away", "asks for the roll", "warns"])
    return door


def written(office: Office, cast: Cast, write: Write) -> None:
    with office.record.writing() as session:
        write_everywhere(World(session, office, cast), write)


def answers(door: Door, people: tuple[Person, ...]) -> dict[str, dict[str, Any]]:
    return {f"{who.email} {word}": door.command(who, word).get_json() for who in people for word in LISTENERS}


def readers(cast: Cast) -> tuple[Person, ...]:
    return (cast.auditor, cast.administrator, cast.head_of_service, cast.team_manager)


def test_an_answer_is_within_every_limit(busy: Door, office: Office, cast: Cast) -> None:
    for seed in range(SOME):
        chance = random.Random(seed)
        written(office, cast, lambda _column, most, chance=chance: words(chance, most))  # type: ignore[misc]
        said = answers(busy, readers(cast))
        assert {name: found for name, each in said.items() if (found := faults_of_message(each))} == {}


def test_what_people_wrote_changes_nothing_but_words_in_an_answer(busy: Door, office: Office, cast: Cast) -> None:
    written(office, cast, lambda _column, most: HARMLESS[:most])
    without = {name: skeleton(each.get("blocks", [])) for name, each in answers(busy, readers(cast)).items()}
    for payload in PAYLOADS[::110]:
        written(office, cast, lambda _column, most, said=payload: said[:most])  # type: ignore[misc]
        said = {name: skeleton(each.get("blocks", [])) for name, each in answers(busy, readers(cast)).items()}
        assert (payload, said) == (payload, without)
