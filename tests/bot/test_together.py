"""Several letters as one message: an order, a heading, one way to the pages, and never more than Slack takes."""

import random
from typing import Any

import pytest

from bot.messages.together import together
from bot.views.audits import to_the_pages
from bot.views.parts import button, buttons, section
from programme.notices import Letter
from tests.bot.test_every_message import lines_of
from tests.twins.limits import faults_of_message


def a_letter(words: str, *, sections: int = 1, length: int = 20, pages: bool = False) -> Letter:
    """So many blocks of so many characters, and a button of one name."""
    pressed = buttons("audit AUD-2017-10-01", [button("Open the form", "open_form", "AUD-2017-10-01")])
    said = [section(f"{words} ".ljust(length, "x")) for _ in range(sections)]
    return Letter(words, [*said, pressed, *([to_the_pages()] if pages else [])])


def shown(letter: Letter) -> list[str]:
    return lines_of(letter.blocks)


def test_one_alone_looks_as_it_does() -> None:
    alone = a_letter("Your audit is due today", pages=True)
    assert together([alone]) is alone


def test_several_stand_under_one_heading_with_one_way_to_the_pages() -> None:
    made = together([a_letter("First", length=0, pages=True), a_letter("Second", length=0, pages=True)])
    assert (made.text, shown(made)) == (
        "2 things for you today: First",
        [
            "2 things for you today",
            *("First", "( Open the form )"),
            *("Second", "( Open the form )"),
            "( Sign in to the pages )",
        ],
    )
    assert [block["type"] for block in made.blocks].count("divider") == 3
    assert faults_of_message({"text": made.text, "blocks": made.blocks}) == []


def test_what_does_not_fit_is_named_with_the_way_to_the_pages() -> None:
    made = together([a_letter("First"), a_letter("Very much", sections=45), a_letter("Third")])
    assert shown(made)[-3:] == ["*Very much*", "*Third*", "( Sign in to the pages )"]
    assert "First" in shown(made)[1]


@pytest.mark.parametrize("seed", range(300))
def test_whatever_comes_together_is_within_every_limit_and_each_is_there(seed: int) -> None:
    chance = random.Random(seed)
    letters = [
        a_letter(
            f"Thing number {number}",
            sections=chance.choice([1, 2, 10, 46]),
            length=chance.choice([10, 300, 2900]),
            pages=chance.random() < 0.5,
        )
        for number in range(chance.randint(2, 60))
    ]
    made = together(letters)
    message: dict[str, Any] = {"text": made.text, "blocks": made.blocks}
    said = "\n".join(shown(made))
    assert faults_of_message(message) == []
    assert [letter.text for letter in letters if letter.text not in said] == []
