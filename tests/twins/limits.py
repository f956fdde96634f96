"""What Slack refuses of a message or a view: the published limits of Block Kit, checked as Slack does.

`faults_of_message` and `faults_of_view` say every limit that is passed, in words; the twin answers with Slack's code.
The limits are those of docs.slack.dev/reference/block-kit (blocks, elements, composition objects, views). One is
published nowhere: a message is refused when all its words together come to a little over 13,000 characters.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from tests.twins.elements import faults_of_element, faults_of_text, too_long

Block = dict[str, Any]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
MESSAGE_TEXT = 12_000
ALL_WORDS = 12_000
"""What we allow ourselves of the 13,200 that Slack takes."""

ON_VIEWS_ONLY = {"input"}
TAKES_INPUT = {"plain_text_input", "datepicker", "static_select", "multi_static_select", "checkboxes", "radio_buttons"}
PRESSABLE = TAKES_INPUT - {"plain_text_input"} | {"button"}


def wrong_with_message(said: Block) -> str:
    """The error Slack would answer with, or nothing."""
    if not said.get("text") and not said.get("blocks"):
        return "no_text"
    if len(str(said.get("text", ""))) > MESSAGE_TEXT:
        return "msg_too_long"
    blocks = said.get("blocks") or []
    if sum(map(len, words_in(blocks))) > ALL_WORDS:
        return "msg_blocks_too_long"
    return "invalid_blocks" if faults_of_blocks(blocks, MESSAGE_BLOCKS, on_view=False) else ""


def wrong_with_view(view: Block) -> str:
    return "invalid_arguments" if faults_of_view(view) else ""


def faults_of_message(said: Block) -> list[str]:
    """Every limit a message passes, and what must be there beside."""
    blocks = said.get("blocks") or []
    words = sum(map(len, words_in(blocks)))
    faults = [] if str(said.get("text", "")).strip() else ["the message has no text for a lock screen"]
    faults += too_long("the message's text", said.get("text", ""), MESSAGE_TEXT)
    if words > ALL_WORDS:
        faults.append(f"the message's words come to {words}, of {ALL_WORDS}")
    return faults + faults_of_blocks(blocks, MESSAGE_BLOCKS, on_view=False)


def faults_of_view(view: Block) -> list[str]:
    is_modal = view.get("type") == "modal"
    blocks = view.get("blocks", [])
    size = len(json.dumps(view))
    faults = [] if size <= VIEW_BYTES else [f"the view has {size} bytes, of {VIEW_BYTES}"]
    if view.get("type") not in {"modal", "home"}:
        faults.append("a view is a modal or a home")
    faults += too_long("private_metadata", view.get("private_metadata", ""), 3000)
    faults += too_long("callback_id", view.get("callback_id", ""), 255)
    for name in ("title", "submit", "close"):
        if name in view or (is_modal and name == "title"):
            faults += faults_of_text(name, view.get(name), 24, plain=True)
    if is_modal and "submit" not in view and any(block["type"] == "input" for block in blocks):
        faults.append("a modal with inputs has no submit")
    return faults + faults_of_blocks(blocks, VIEW_BLOCKS, on_view=True)


def faults_of_blocks(blocks: list[Block], at_most: int, *, on_view: bool) -> list[str]:
    faults = [] if len(blocks) <= at_most else [f"{len(blocks)} blocks, of {at_most}"]
    ids = Counter(block["block_id"] for block in blocks if "block_id" in block)
    faults += [f"block_id {name} is there {many} times" for name, many in ids.items() if many > 1]
    for block in blocks:
        if block.get("type") in ON_VIEWS_ONLY and not on_view:
            faults.append("an input in a message")
        faults += faults_of_block(block)
    return faults


def faults_of_block(block: Block) -> list[str]:
    kinds: dict[str, Callable[[Block], list[str]]] = {
        "section": _section,
        "header": lambda it: faults_of_text("header", it.get("text"), 150, plain=True),
        "context": _context,
        "actions": _actions,
        "input": _input,
        "divider": lambda _it: list[str](),
    }
    faults = too_long("block_id", block.get("block_id", ""), 255)
    if "block_id" in block and not block["block_id"]:
        faults.append("a block_id is empty")
    if block.get("type") not in kinds:
        return [*faults, f"no such block: {block.get('type')}"]
    return faults + kinds[block["type"]](block)


def _section(block: Block) -> list[str]:
    fields = block.get("fields", [])
    faults = [] if fields and "text" not in block else faults_of_text("section", block.get("text"), 3000)
    if len(fields) > 10:
        faults.append(f"{len(fields)} fields, of 10")
    faults += [fault for each in fields for fault in faults_of_text("field", each, 2000)]
    return faults + (faults_of_element(block["accessory"]) if "accessory" in block else [])


def _context(block: Block) -> list[str]:
    elements = block.get("elements", [])
    faults = [] if 1 <= len(elements) <= 10 else [f"{len(elements)} elements in a context, of 10"]
    return faults + [fault for each in elements for fault in faults_of_text("context", each, 3000)]


def _actions(block: Block) -> list[str]:
    elements = block.get("elements", [])
    faults = [] if 1 <= len(elements) <= 25 else [f"{len(elements)} elements in actions, of 25"]
    ids = Counter(each.get("action_id") for each in elements)
    faults += [f"action_id {name} is there {many} times" for name, many in ids.items() if many > 1]
    faults += [f"{each['type']} in actions" for each in elements if each.get("type") not in PRESSABLE]
    return faults + [fault for each in elements for fault in faults_of_element(each)]


def _input(block: Block) -> list[str]:
    faults = faults_of_text("label", block.get("label"), 2000, plain=True)
    if "hint" in block:
        faults += faults_of_text("hint", block["hint"], 2000, plain=True)
    element = block.get("element") or {}
    if element.get("type") not in TAKES_INPUT:
        return [*faults, f"{element.get('type')} in an input"]
    return faults + faults_of_element(element)


def words_in(drawn: object) -> Iterator[str]:
    """All that can be read in some blocks."""
    if isinstance(drawn, list):
        for each in drawn:
            yield from words_in(each)
    if isinstance(drawn, dict):
        for key, value in drawn.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from words_in(value)
