"""A message as it is drawn for chat, in plain words: for an e-mail, or to be read on a page."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

MARKS = re.compile(r"[*~`]|(?<!\w)_|_(?!\w)")
"""What makes bold, struck out, code and slanted in chat. In people's words these stand as other characters."""


def words_of(block: Mapping[str, Any]) -> Iterator[str]:
    """What stands in a block, and nothing of its buttons."""
    elements = block["elements"] if block["type"] == "context" else []
    for said in [block.get("text"), *block.get("fields", []), *elements]:
        if said:
            yield unmarked(said["text"]) if said["type"] == "mrkdwn" else said["text"]


def unmarked(words: str) -> str:
    return unescape(MARKS.sub("", words))
