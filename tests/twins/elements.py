"""The limits of what stands in a block: texts, buttons, menus, fields, and the question before a press."""

import re
from typing import Any

Element = dict[str, Any]

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MENUS = {"static_select": 100, "multi_static_select": 100, "radio_buttons": 10, "checkboxes": 10}
"""How many options each may list."""

MARKED_OPTIONS = {"radio_buttons", "checkboxes"}
"""Only in these may an option be mrkdwn."""


def too_long(what: str, words: object, at_most: int) -> list[str]:
    many = len(str(words))
    return [] if many <= at_most else [f"{what} has {many} characters, of {at_most}"]


def faults_of_text(what: str, text: Any, at_most: int, *, plain: bool = False) -> list[str]:  # noqa: ANN401 - whatever was sent
    if not isinstance(text, dict):
        return [f"{what} has no text"]
    words, kind = str(text.get("text", "")), text.get("type")
    faults = [] if words.strip() else [f"{what} is empty"]
    if kind not in {"plain_text", "mrkdwn"} or (plain and kind != "plain_text"):
        faults.append(f"{what} is {kind}")
    if ("verbatim" in text and kind != "mrkdwn") or ("emoji" in text and kind != "plain_text"):
        faults.append(f"{what} has what only the other kind of text takes")
    return faults + too_long(what, words, at_most)


def faults_of_element(element: Element) -> list[str]:
    kind = element.get("type")
    faults = too_long("action_id", element.get("action_id", ""), 255)
    if not element.get("action_id"):
        faults.append("an element has no action_id")
    if "placeholder" in element:
        faults += faults_of_text("placeholder", element["placeholder"], 150, plain=True)
    if "confirm" in element:
        faults += _confirm(element["confirm"])
    kinds = {"button": _button, "plain_text_input": _field, "datepicker": _day, **dict.fromkeys(MENUS, _menu)}
    return faults + kinds[kind](element) if kind in kinds else [*faults, f"no such element: {kind}"]


def _button(element: Element) -> list[str]:
    faults = faults_of_text("button", element.get("text"), 75, plain=True)
    faults += too_long("a button's value", element.get("value", ""), 2000)
    faults += too_long("a button's url", element.get("url", ""), 3000)
    styled = element.get("style", "primary") in {"primary", "danger"}
    return faults if styled else [*faults, "a button's style is primary or danger"]


def _field(element: Element) -> list[str]:
    least, most = int(element.get("min_length", 0)), int(element.get("max_length", 3000))
    faults = [] if 0 <= least <= most and 1 <= most <= 3000 else [f"a field from {least} to {most} characters, of 3000"]
    return faults + too_long("what stands in a field first", element.get("initial_value", ""), most)


def _day(element: Element) -> list[str]:
    first = element.get("initial_date")
    return [] if first is None or DAY.fullmatch(first) else [f"no date: {first}"]


def _menu(element: Element) -> list[str]:
    options, kind = element.get("options", []), element["type"]
    faults = [] if 1 <= len(options) <= MENUS[kind] else [f"{len(options)} options, of {MENUS[kind]}"]
    faults += [fault for each in options for fault in _option(each, plain=kind not in MARKED_OPTIONS)]
    values = [each.get("value") for each in options]
    if len(set(values)) < len(values):
        faults.append("two options of one value")
    chosen = [
        *element.get("initial_options", []),
        *([element["initial_option"]] if "initial_option" in element else []),
    ]
    faults += ["what is chosen first is no option" for each in chosen if each not in options]
    most = element.get("max_selected_items", 1)
    return faults if most >= 1 else [*faults, "nothing may be chosen"]


def _option(option: Element, *, plain: bool) -> list[str]:
    faults = faults_of_text("option", option.get("text"), 75, plain=plain)
    if "description" in option:
        faults += faults_of_text("an option's description", option["description"], 75, plain=plain)
    if not option.get("value"):
        faults.append("an option has no value")
    return faults + too_long("an option's value", option.get("value", ""), 150)


def _confirm(confirm: Element) -> list[str]:
    limits = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
    said = [(f"confirm's {name}", confirm.get(name), most, name != "text") for name, most in limits.items()]
    return [fault for what, text, most, plain in said for fault in faults_of_text(what, text, most, plain=plain)]
