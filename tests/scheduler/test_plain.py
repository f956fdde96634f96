"""An e-mail's words: those of the message, without what only Slack would understand."""

from typing import Any

import pytest

from bot.views.parts import button, buttons, escaped, header, quiet, section
from programme.notices import Letter
from scheduler.post.plain import HOW_THE_LINK_WORKS, in_words, with_the_way_in

LINES = [
    ("*Bold* and _slanted_, ~gone~ and `code`", "Bold and slanted, gone and code"),
    ("practice_learning@example.org", "practice_learning@example.org"),
    ("Smith &amp; Sons &lt;here&gt;", "Smith & Sons <here>"),
    ("&amp;lt;", "&lt;"),
    ("[press](https://example.org)", "[press] (https://example.org)"),
    ("one\ntwo", "one\ntwo"),
]


@pytest.mark.parametrize(("marked", "plain"), LINES)
def test_marks_go_and_words_stay(marked: str, plain: str) -> None:
    assert in_words(Letter("", [section(marked)])) == plain


@pytest.mark.parametrize("typed", ["Zoë & Šárka", "5 < 6 > 4", "MDW_04_17", "it's <b>bold</b>"])
def test_what_somebody_wrote_comes_out_as_it_was(typed: str) -> None:
    assert in_words(Letter("", [section(f"*{escaped(typed)}*")])) == typed


def test_each_block_is_a_paragraph_and_buttons_are_left_out() -> None:
    fields: dict[str, Any] = {"type": "section", "fields": [{"type": "mrkdwn", "text": "*Due*"}]}
    pressable = buttons("b", [button("Open the form", "open", "AUD-1")])
    letter = Letter(
        "Ready", [header("A *title*"), section("Words"), fields, {"type": "divider"}, pressable, quiet("small")]
    )
    assert in_words(letter) == "A *title*\n\nWords\n\nDue\n\nsmall"
    assert with_the_way_in(letter, "http://x/y") == (
        f"A *title*\n\nWords\n\nDue\n\nsmall\n\nAnswer here: http://x/y\n\n{HOW_THE_LINK_WORKS}"
    )


def test_a_letter_of_one_line_has_its_link_all_the_same() -> None:
    assert with_the_way_in(Letter("Ready"), "http://x/y").startswith("Answer here: http://x/y")
