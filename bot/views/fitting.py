"""How much one message or view takes: what does not fit is left out whole, and said to be there."""

import json
from collections.abc import Callable, Sequence
from typing import Any

Block = dict[str, Any]

MESSAGE_BLOCKS = 50
MESSAGE_CHARACTERS = 12_000
"""Slack publishes no limit for the words of a whole message, and refuses one of a little over 13,000 characters."""

VIEW_BLOCKS = 100
VIEW_BYTES = 240_000
"""Slack takes 250 kB, what it adds of its own included."""

MORE = "There is more: sign in to the pages."


def within_message(blocks: Sequence[Block], *, beside: int = 0) -> list[Block]:
    """As many blocks as one message takes; `beside` is how many others, of a few words each, stand with them."""
    return _fitting(blocks, MESSAGE_BLOCKS - beside, MESSAGE_CHARACTERS - 200 * beside, _characters)


def is_within_message(blocks: Sequence[Block]) -> bool:
    """Whether all of them are taken as they are."""
    return len(blocks) <= MESSAGE_BLOCKS and sum(map(_characters, blocks)) <= MESSAGE_CHARACTERS


def within_view(blocks: Sequence[Block]) -> list[Block]:
    """As many blocks as a modal or App Home takes."""
    return _fitting(blocks, VIEW_BLOCKS, VIEW_BYTES, _bytes)


def _fitting(blocks: Sequence[Block], most: int, room: int, size: Callable[[Block], int]) -> list[Block]:
    """All of them; or the first, that there is more, and the buttons at the end."""
    if len(blocks) <= most and sum(map(size, blocks)) <= room:
        return list(blocks)
    more: Block = {"type": "context", "elements": [{"type": "mrkdwn", "text": MORE, "verbatim": True}]}
    end = [more, *_buttons_at_the_end(blocks)]
    room -= sum(map(size, end))
    shown: list[Block] = []
    for block in blocks[: most - len(end)]:
        room -= size(block)
        if room < 0:
            break
        shown.append(block)
    return [*shown, *end]


def _buttons_at_the_end(blocks: Sequence[Block]) -> list[Block]:
    """The last buttons and the small print under them."""
    last = next((place for place in (-1, -2) if blocks[place]["type"] == "actions"), None)
    return [] if last is None else list(blocks[last:])


def _characters(block: Block) -> int:
    """How long all is that can be read in it."""
    return sum(_read_in(key, value) for key, value in block.items())


def _read_in(key: str, value: object) -> int:
    if isinstance(value, dict):
        return _characters(value)
    if isinstance(value, list):
        return sum(map(_characters, value))
    return len(value) if key == "text" and isinstance(value, str) else 0


def _bytes(block: Block) -> int:
    """As Slack counts them: JSON, with everything beyond ASCII written out."""
    return len(json.dumps(block))
