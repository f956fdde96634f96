"""The checker itself: each limit is taken one below and at the limit, and refused one above."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.twins.limits import ALL_WORDS, VIEW_BYTES, faults_of_message, faults_of_view, wrong_with_message

Drawn = dict[str, Any]


def plain(words: str) -> Drawn:
    return {"type": "plain_text", "text": words}


def mrkdwn(words: str) -> Drawn:
    return {"type": "mrkdwn", "text": words}


def x(many: int) -> str:
    return "x" * many


SECTION = {"type": "section", "text": mrkdwn("x")}
OPTION = {"text": plain("x"), "value": "v"}


def message(*blocks: Drawn) -> list[str]:
    return faults_of_message({"text": "t", "blocks": list(blocks)})


def view(**changed: object) -> list[str]:
    whole = {"type": "modal", "title": plain("x"), "submit": plain("x"), "blocks": [SECTION]}
    return faults_of_view({**whole, **changed})


def section(words: str) -> Drawn:
    return {"type": "section", "text": mrkdwn(words)}


def context(*texts: Drawn) -> list[str]:
    return message({"type": "context", "elements": list(texts)})


def actions(*elements: Drawn, **more: object) -> list[str]:
    return message({"type": "actions", "elements": list(elements), **more})


def button(**changed: object) -> Drawn:
    return {"type": "button", "text": plain("x"), "action_id": "a", **changed}


def asked(**changed: object) -> list[str]:
    words = {"title": plain("x"), "text": plain("x"), "confirm": plain("x"), "deny": plain("x")}
    return actions(button(confirm={**words, **changed}))


def element(kind: str, **changed: object) -> list[str]:
    return put({"element": {"type": kind, "action_id": "a", **changed}})


def put(changed: Drawn) -> list[str]:
    whole = {"type": "input", "label": plain("x"), "element": {"type": "datepicker", "action_id": "a"}}
    return view(blocks=[{**whole, **changed}])


def options(many: int) -> list[Drawn]:
    return [{**OPTION, "value": f"v{n}"} for n in range(many)]


def option(**changed: object) -> list[str]:
    return element("static_select", options=[{**OPTION, **changed}])


def sized(many: int) -> list[str]:
    """A view of so many bytes."""
    whole = {"type": "home", "blocks": [section("x") for _ in range(100)]}
    left = many - len(str(whole).replace("'", '"'))
    for block in whole["blocks"]:
        assert isinstance(block, dict)
        taken = min(left, 2999)
        block["text"]["text"] += x(taken)
        left -= taken
    return faults_of_view(whole)


LIMITS: dict[str, tuple[int, Callable[[int], list[str]]]] = {
    "blocks in a message": (50, lambda n: message(*[SECTION] * n)),
    "blocks in a view": (100, lambda n: view(blocks=[SECTION] * n)),
    "bytes of a view": (VIEW_BYTES, sized),
    "all words of a message": (ALL_WORDS, lambda n: message(*[section(x(n // 5))] * 4, section(x(n - n // 5 * 4)))),
    "a message's text": (12_000, lambda n: faults_of_message({"text": x(n)})),
    "section": (3000, lambda n: message(section(x(n)))),
    "fields": (10, lambda n: message({"type": "section", "fields": [mrkdwn("x")] * n})),
    "field": (2000, lambda n: message({"type": "section", "fields": [mrkdwn(x(n))]})),
    "header": (150, lambda n: message({"type": "header", "text": plain(x(n))})),
    "context elements": (10, lambda n: context(*[mrkdwn("x")] * n)),
    "context": (3000, lambda n: context(mrkdwn(x(n)))),
    "actions": (25, lambda n: actions(*[button(action_id=f"a{each}") for each in range(n)])),
    "button": (75, lambda n: actions(button(text=plain(x(n))))),
    "button's value": (2000, lambda n: actions(button(value=x(n)))),
    "button's url": (3000, lambda n: actions(button(url=x(n)))),
    "block_id": (255, lambda n: actions(button(), block_id=x(n))),
    "action_id": (255, lambda n: actions(button(action_id=x(n)))),
    "confirm's title": (100, lambda n: asked(title=plain(x(n)))),
    "confirm's text": (300, lambda n: asked(text=plain(x(n)))),
    "confirm's yes": (30, lambda n: asked(confirm=plain(x(n)))),
    "confirm's no": (30, lambda n: asked(deny=plain(x(n)))),
    "modal's title": (24, lambda n: view(title=plain(x(n)))),
    "modal's submit": (24, lambda n: view(submit=plain(x(n)))),
    "modal's close": (24, lambda n: view(close=plain(x(n)))),
    "private_metadata": (3000, lambda n: view(private_metadata=x(n))),
    "callback_id": (255, lambda n: view(callback_id=x(n))),
    "label": (2000, lambda n: put({"label": plain(x(n))})),
    "hint": (2000, lambda n: put({"hint": plain(x(n))})),
    "placeholder": (150, lambda n: element("plain_text_input", placeholder=plain(x(n)))),
    "max_length": (3000, lambda n: element("plain_text_input", max_length=n)),
    "initial_value": (9, lambda n: element("plain_text_input", max_length=9, initial_value=x(n))),
    "options": (100, lambda n: element("static_select", options=options(n))),
    "options of several": (100, lambda n: element("multi_static_select", options=options(n))),
    "checkboxes": (10, lambda n: element("checkboxes", options=options(n))),
    "radio buttons": (10, lambda n: element("radio_buttons", options=options(n))),
    "option": (75, lambda n: option(text=plain(x(n)))),
    "option's description": (75, lambda n: option(description=plain(x(n)))),
    "option's value": (150, lambda n: option(value=x(n))),
}


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_is_kept_below_and_at_it_and_passed_above(name: str) -> None:
    limit, drawn = LIMITS[name]
    assert [len(drawn(limit + beside)) for beside in (-1, 0, 1)] == [0, 0, 1]


REFUSED: dict[str, list[str]] = {
    "the message has no text for a lock screen": faults_of_message({"text": " ", "blocks": [SECTION]}),
    "section is empty": message(section(" ")),
    "section has no text": message({"type": "section"}),
    "header is mrkdwn": message({"type": "header", "text": mrkdwn("x")}),
    "button is mrkdwn": actions(button(text=mrkdwn("x"))),
    "option is mrkdwn": option(text=mrkdwn("x")),
    "label is mrkdwn": put({"label": mrkdwn("x")}),
    "title is mrkdwn": view(title=mrkdwn("x")),
    "title has no text": view(title=None),
    "confirm's confirm is mrkdwn": asked(confirm=mrkdwn("x")),
    "section has what only the other kind of text takes": message(
        {"type": "section", "text": mrkdwn("x") | {"emoji": True}}
    ),
    "a modal with inputs has no submit": faults_of_view(
        {
            "type": "modal",
            "title": plain("x"),
            "blocks": [{"type": "input", "label": plain("x"), "element": {"type": "datepicker", "action_id": "a"}}],
        }
    ),
    "an input in a message": message(
        {"type": "input", "label": plain("x"), "element": {"type": "datepicker", "action_id": "a"}}
    ),
    "0 elements in actions, of 25": actions(),
    "0 elements in a context, of 10": context(),
    "0 options, of 100": element("static_select", options=[]),
    "two options of one value": element("static_select", options=[OPTION, OPTION]),
    "what is chosen first is no option": element(
        "static_select", options=[OPTION], initial_option=OPTION | {"value": "w"}
    ),
    "an option has no value": option(value=""),
    "action_id a is there 2 times": actions(button(), button()),
    "block_id b is there 2 times": message(SECTION | {"block_id": "b"}, SECTION | {"block_id": "b"}),
    "a block_id is empty": message(SECTION | {"block_id": ""}),
    "an element has no action_id": actions(button(action_id="")),
    "plain_text_input in actions": actions({"type": "plain_text_input", "action_id": "a"}),
    "button in an input": element("button", text=plain("x")),
    "no such block: image": message({"type": "image"}),
    "no such element: overflow": message(SECTION | {"accessory": {"type": "overflow", "action_id": "a"}}),
    "no date: 3 October": element("datepicker", initial_date="3 October"),
    "a button's style is primary or danger": actions(button(style="loud")),
    "nothing may be chosen": element("multi_static_select", options=[OPTION], max_selected_items=0),
    "a view is a modal or a home": faults_of_view({"type": "page", "blocks": [SECTION]}),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_what_is_refused_whatever_its_length(fault: str) -> None:
    assert REFUSED[fault] == [fault]


CODES: dict[str, Drawn] = {
    "no_text": {"text": "", "blocks": []},
    "msg_too_long": {"text": x(12_001)},
    "msg_blocks_too_long": {"text": "t", "blocks": [section(x(2500))] * 5},
    "invalid_blocks": {"text": "t", "blocks": [section("")]},
    "": {"text": "t", "blocks": [SECTION]},
}


@pytest.mark.parametrize("code", CODES)
def test_the_twin_answers_with_slacks_code(code: str) -> None:
    assert wrong_with_message(CODES[code]) == code
