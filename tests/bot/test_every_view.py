"""Every view, whatever stands in the record: within Slack's limits, and with nothing of people's words alive in it.

The views are taken from the code. One that draws from types which `tests/bot/making.py` makes is tried without a word
about it here.
"""

import importlib
import inspect
import pkgutil
import random
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_type_hints

import pytest

import bot.views
from bot.views.fitting import Block, within_message
from tests.bot.awkward import HARMLESS, PAYLOADS, skeleton, words
from tests.bot.making import Maker, Unknown, Words
from tests.twins.limits import faults_of_message, faults_of_view

PIECES = {"parts", "fitting"}
"""What views are made of; they are tried with what is made of them."""

WORDS_ARE_OURS = {"audits.link_modal", "reminders.listed"}
"""Who calls these gives them lines of mrkdwn, in which people's words are dead already."""

GIVEN_BLOCKS = {"reminders.pressable", "home.page"}
"""These put together what was drawn elsewhere."""

SOME, VERY_MANY = 3, 5_000


def views() -> Mapping[str, Callable[..., Any]]:
    """Every function of bot/views that draws: by the name of its room and its own."""
    rooms = [each.name for each in pkgutil.iter_modules(bot.views.__path__) if each.name not in PIECES]
    modules = {room: importlib.import_module(f"bot.views.{room}") for room in rooms}
    return {
        f"{room}.{name}": made
        for room, module in modules.items()
        for name, made in vars(module).items()
        if inspect.isfunction(made) and made.__module__ == module.__name__ and not name.startswith("_")
        if get_type_hints(made)["return"] in (Block, list[Block]) and f"{room}.{name}" not in GIVEN_BLOCKS
    }


VIEWS = views()


def drawn(name: str, make: Maker) -> Any:  # noqa: ANN401 - a view, blocks or a button
    """One view of something made up; of what must be there by law the rules say so themselves."""
    function = VIEWS[name]
    hints = get_type_hints(function)
    given: dict[str, Any] = {}
    several: list[Any] = []
    for parameter in inspect.signature(function).parameters.values():
        try:
            made = make.made(hints[parameter.name])
        except Unknown as unknown:
            pytest.fail(
                f"bot/views draws {name} from {parameter.name}, which is of a type that nothing makes: {unknown}."
                " Say in MAKERS of tests/bot/making.py how one is made."
            )
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            several = [made]
        else:
            given[parameter.name] = made
    return function(*several, **given)


def faults(it: Any) -> list[str]:  # noqa: ANN401
    """As it is shown: a view as it stands, blocks as a message or a part of App Home, a button among others."""
    if isinstance(it, dict) and it["type"] in {"modal", "home"}:
        return faults_of_view(it)
    if isinstance(it, dict) and "elements" not in it and "text" in it and it["type"] == "button":
        return faults_of_message({"text": "t", "blocks": [{"type": "actions", "elements": [it]}]})
    if isinstance(it, list) and it and it[0]["type"] == "button":
        return faults_of_message({"text": "t", "blocks": [{"type": "actions", "elements": it}]})
    return faults_of_message({"text": "t", "blocks": within_message(it if isinstance(it, list) else [it])})


def of_seed(name: str, seed: int, said: Words = words, **sizes: Any) -> Any:  # noqa: ANN401
    return drawn(name, Maker(random.Random(zlib.crc32(f"{name} {seed}".encode())), said, **sizes))


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_within_every_limit(name: str) -> None:
    assert {seed: found for seed in range(SOME) if (found := faults(of_seed(name, seed)))} == {}


@pytest.mark.soak
@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_within_every_limit_very_many_times(name: str) -> None:
    assert {seed: found for seed in range(VERY_MANY) if (found := faults(of_seed(name, seed)))} == {}


TRIED = sorted(VIEWS.keys() - WORDS_ARE_OURS)


def only(said: str) -> Words:
    return lambda _chance, most: said[:most]


def alive(name: str, payloads: Sequence[str]) -> dict[str, Any]:
    """The payloads of which more comes out than words, and how: laid out as no harmless word would be."""
    found = {}
    for number, payload in enumerate(payloads):
        with_it, without = (
            skeleton(of_seed(name, number, only(said), sizes=[0, 1, 2])) for said in (payload, HARMLESS)
        )
        if with_it != without:
            found[payload] = (with_it, without)
    return found


@pytest.mark.parametrize("name", TRIED)
def test_what_people_wrote_changes_nothing_but_words(name: str) -> None:
    assert alive(name, PAYLOADS[TRIED.index(name) % 9 :: 9]) == {}


@pytest.mark.soak
@pytest.mark.parametrize("name", TRIED)
def test_none_of_all_payloads_changes_anything_but_words(name: str) -> None:
    assert alive(name, PAYLOADS) == {}
