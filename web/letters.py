"""A message as it is drawn for chat, in plain lines for a page: its words, and each button in brackets."""

from collections.abc import Iterator, Mapping
from typing import Any

from programme.notices import Letter
from programme.plain import words_of


def lines_of(letter: Letter) -> list[str]:
    return [line for block in letter.blocks for line in _lines_of(block)]


def _lines_of(block: Mapping[str, Any]) -> Iterator[str]:
    if block["type"] == "actions":
        yield " ".join(f"[{each['text']['text']}]" for each in block["elements"] if "text" in each)
    for words in words_of(block):
        yield from filter(None, words.split("\n"))
