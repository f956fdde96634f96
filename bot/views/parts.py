"""The pieces that messages, modals and App Home are made of, each kept within Slack's limits (Block Kit reference)."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from slack_sdk.models.blocks.basic_components import ConfirmObject, PlainTextObject

from bot import names
from bot.views.fitting import Block, within_view
from programme.policy import About

__all__ = ["Block"]
# What all of them are drawn as; it comes from the room that counts how many fit.

SECTION = 3000
HEADER = 150
BUTTON = 75
OPTION = 75
OPTION_VALUE = 150
CUT = "…"
DIVIDER: Block = {"type": "divider"}
NOTHING = "-"
"""Stands where there are no words at all: Slack takes no empty text."""

MARKS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "*": "\u2217", "~": "\u223c", "`": "\u2019"})
"""Slack has escapes for three characters only; what makes bold, struck out and code gives way to what looks like it."""

QUOTES = re.compile(r"^[>\s]+")
SLANTS = re.compile(r"(?<!\w)_|_(?!\w)")
"""An underscore within a word, as in an address, means nothing to Slack."""

LOW_LINE = "\u02cd"

HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, and those that turn the direction of all that follows."""

ESCAPE_BEGUN = re.compile(r"&\w{0,3}$")


def escaped(words: str) -> str:
    """Free text as dead text in a line of mrkdwn: no mention, link or quote, nothing that runs into what follows."""
    flat = QUOTES.sub("", one_line(words))
    return SLANTS.sub(LOW_LINE, flat).translate(MARKS)


def one_line(words: str) -> str:
    """Without line ends and what cannot be seen but changes how the rest is shown."""
    return " ".join(HIDDEN.sub("", words).split())


def to_ask(about: About) -> str:
    """Whom to turn to, as the policy names them."""
    whom = about.contact_name or "the administrator"
    return f"{whom} ({about.contact_email})" if about.contact_email else whom


def within(words: str, most: int) -> str:
    """The words, cut with a mark where they are longer than Slack takes."""
    return words if len(words) <= most else ESCAPE_BEGUN.sub("", words[: most - len(CUT)]) + CUT


def header(words: str) -> Block:
    return {"type": "header", "text": _plain(words, HEADER)}


def section(*lines: str) -> Block:
    """Lines of mrkdwn. Free text in them must be escaped already."""
    return {"type": "section", "text": _mrkdwn("\n".join(lines))}


def beside(block: Block, pressable: Block) -> Block:
    """A section with one button at its side."""
    return {**block, "accessory": pressable}


def sections(lines: Iterable[str]) -> list[Block]:
    """As few sections as so many lines take, none of them torn unless it alone is too long."""
    packed: list[list[str]] = []
    room = 0
    for line in lines:
        if len(line) + 1 > room or not packed:
            packed.append([])
            room = SECTION
        packed[-1].append(line)
        room -= len(line) + 1
    return [section(*each) for each in packed]


def quiet(words: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [_mrkdwn(words)]}


def buttons(name: str, elements: Sequence[Block]) -> Block:
    return {"type": "actions", "block_id": within(name, 255), "elements": list(elements)}


def button(
    words: str, action: str, value: str, *, primary: bool = False, confirm: ConfirmObject | None = None
) -> Block:
    """A button carries one reference and nothing else."""
    made: Block = {"type": "button", "text": _plain(words, BUTTON), "action_id": action, "value": value}
    if primary:
        made["style"] = "primary"
    if confirm is not None:
        made["confirm"] = confirm.to_dict()
    return made


def link_button(words: str, action: str, address: str) -> Block:
    return {"type": "button", "text": _plain(words, BUTTON), "action_id": action, "url": address, "style": "primary"}


def sure(title: str, words: str, yes: str) -> ConfirmObject:
    """A question before what cannot be undone."""
    return ConfirmObject(
        title=_plain(title, 100)["text"],
        text=PlainTextObject(text=_plain(words, 300)["text"]),
        confirm=_plain(yes, 30)["text"],
        deny="Not yet",
    )


Option = tuple[str, str] | tuple[str, str, str]
"""What stands for it, its words, and in smaller print why it is offered."""


def choice(name: str, label: str, options: Iterable[Option], *, optional: bool = False) -> Block:
    """A list to choose one from."""
    element = {"type": "static_select", "action_id": name, "options": [_option(*each) for each in options]}
    return _input(name, label, element, optional=optional)


def ticks(name: str, label: str, options: Iterable[Option], *, optional: bool = False) -> Block:
    """Boxes to tick, ten at most."""
    element = {"type": "checkboxes", "action_id": name, "options": [_option(*each) for each in options]}
    return _input(name, label, element, optional=optional)


def can_be_an_option(value: str) -> bool:
    """Whether a menu can send it back: an address may be longer than Slack keeps with an option."""
    return len(value) <= OPTION_VALUE


def tick(name: str, label: str, words: str) -> Block:
    """One box to tick."""
    return ticks(name, label, [("yes", words)], optional=True)


def words_field(name: str, label: str, *, optional: bool = False, shown_first: str = "", at_most: int = 500) -> Block:
    element = {"type": "plain_text_input", "action_id": name, "multiline": True, "max_length": at_most}
    if shown_first:
        element["initial_value"] = within(shown_first, at_most)
    return {"type": "input", "block_id": name, "label": _plain(label, 2000), "optional": optional, "element": element}


def line_field(name: str, label: str, *, optional: bool = False, shown_first: str = "") -> Block:
    element = {"type": "plain_text_input", "action_id": name, "max_length": 254}
    if shown_first:
        element["initial_value"] = within(shown_first, 254)
    return {"type": "input", "block_id": name, "label": _plain(label, 2000), "optional": optional, "element": element}


def date_field(name: str, label: str, shown_first: date | None, *, optional: bool = False) -> Block:
    element = {"type": "datepicker", "action_id": name}
    if shown_first is not None:
        element["initial_date"] = shown_first.isoformat()
    return {"type": "input", "block_id": name, "label": _plain(label, 2000), "optional": optional, "element": element}


def modal(
    title: str, blocks: Sequence[Block], *, view: str = names.TOLD_VIEW, send: str = "", about: str = ""
) -> Block:
    """A modal; with `send` it can be submitted, and `about` comes back with it."""
    made: Block = {
        "type": "modal",
        "callback_id": view,
        "title": _plain(title, 24),
        "close": _plain("Close", 24),
        "blocks": within_view(blocks),
        "private_metadata": about,
    }
    if send:
        made["submit"] = _plain(send, 24)
    return made


def _mrkdwn(words: str) -> Block:
    """`verbatim`: an address or a name in it stays plain text."""
    return {"type": "mrkdwn", "text": within(words.strip() or NOTHING, SECTION), "verbatim": True}


def _option(value: str, words: str, why: str = "") -> Block:
    small = {"description": _plain(why, OPTION)} if why else {}
    return {"text": _plain(words, OPTION), "value": value, **small}


def _input(name: str, label: str, element: Block, *, optional: bool) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": _plain(label, 2000),
        "optional": optional,
        "element": element,
    }


def _plain(words: str, most: int) -> Block:
    return {"type": "plain_text", "text": within(one_line(words) or NOTHING, most)}
