"""Every name that Slack sends back has a listener, every listener a name, and everything drawn uses these names."""

import ast
from collections.abc import Iterator
from pathlib import Path

from bot import names
from bot.app import EVENTS, PRESSES, SENT_MODALS

BOT = Path(__file__).resolve().parents[2] / "bot"
DRAWS = {"button": 1, "link_button": 1, "choice": 0, "choices": 0, "tick": 0, "words_field": 0, "buttons": 0}
"""Which argument of each piece is the id that comes back."""


def test_every_button_has_a_listener_and_every_listener_a_button() -> None:
    assert sorted(PRESSES) == sorted(names.ACTIONS)


def test_every_modal_that_can_be_sent_has_a_listener() -> None:
    assert sorted(SENT_MODALS) == sorted(names.VIEWS)


def test_every_event_has_a_listener() -> None:
    assert sorted(EVENTS) == sorted(names.EVENTS)


def test_no_name_stands_for_two_things() -> None:
    ids = [value for name, value in vars(names).items() if name.isupper() and isinstance(value, str)]
    assert sorted(set(ids)) == sorted(ids)


def calls() -> Iterator[tuple[str, str, list[ast.expr]]]:
    """Where each plain function is called, its name, and its arguments."""
    for file in sorted(BOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield f"{file.name}:{node.lineno}", node.func.id, node.args


def is_a_name(node: ast.expr) -> bool:
    """names.X, or text that begins with names.X."""
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.FormattedValue):
        node = node.values[0].value
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "names"


def test_whatever_is_drawn_is_drawn_with_a_name() -> None:
    assert [where for where, piece, args in calls() if piece in DRAWS and not is_a_name(args[DRAWS[piece]])] == []


def test_every_button_is_drawn_somewhere() -> None:
    drawn = [args[1] for _, piece, args in calls() if piece in {"button", "link_button"}]
    shown = {getattr(names, node.attr) for node in drawn if isinstance(node, ast.Attribute)}
    assert sorted(shown) == sorted(names.ACTIONS)


def test_every_listener_is_short() -> None:
    listeners = [
        (f"{file.name} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for file in sorted(BOT.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("on_")
    ]
    assert [each for each in listeners if each[1] > 20] == []
