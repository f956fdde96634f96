"""A message as plain words, for an e-mail: the same letter that Slack draws in blocks."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from programme.notices import Letter

MARKS = re.compile(r"[*~`]|(?<!\w)_|_(?!\w)")
"""What makes bold, struck out, code and slanted in Slack. Free text has none of them left: it was escaped."""

HOW_THE_LINK_WORKS = "The link is yours alone. It opens a page with one button, works once, and for three days."


def in_words(letter: Letter) -> str:
    """What stands in its blocks, one under the other; nothing of its buttons."""
    return "\n\n".join(words for block in letter.blocks for words in _words(block) if words)


def with_the_way_in(letter: Letter, link: str) -> str:
    """The whole e-mail: a page has what the buttons would have done, and more room to say it."""
    return "\n\n".join(part for part in (in_words(letter), f"Answer here: {link}", HOW_THE_LINK_WORKS) if part)


def _words(block: Mapping[str, Any]) -> Iterator[str]:
    yield from map(_unmarked, [block["text"]] if "text" in block else [])
    yield from map(_unmarked, block.get("fields", []))
    if block["type"] == "context":
        yield from map(_unmarked, block["elements"])


def _unmarked(said: Mapping[str, str]) -> str:
    if said["type"] != "mrkdwn":
        return said["text"]
    # What somebody wrote may look like a link of GOV.UK Notify's own kind, [words](address): it must not become one.
    return unescape(MARKS.sub("", said["text"])).replace("](", "] (")
