"""A message as it is drawn for chat, in plain lines for a page: its words, and each button in brackets."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from programme.notices import Letter

MARKS = re.compile(r"[*`]")
"""What makes bold or code in chat. In people's words these stand as other characters."""


def lines_of(letter: Letter) -> list[str]:
    return [line for block in letter.blocks for line in _lines_of(block)]


def _lines_of(block: Mapping[str, Any]) -> Iterator[str]:
    if block["type"] == "actions":
        yield " ".join(f"[{_plain(each['text']['text'])}]" for each in block["elements"] if "text" in each)
        return
    for said in _texts(block):
        yield from filter(None, _plain(said).split("\n"))


def _texts(block: Mapping[str, Any]) -> Sequence[str]:
    parts = [block.get("text"), *block.get("fields", []), *block.get("elements", [])]
    return [part["text"] for part in parts if part]


def _plain(said: str) -> str:
    return unescape(MARKS.sub("", said))
