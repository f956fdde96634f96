"""Nothing we say in chat is read by Slack for names and addresses, and no link of ours is fetched to be shown."""

import ast
from pathlib import Path

import pytest

AS_IT_STANDS = {"parse": "none", "link_names": False}
SAYING = {
    "chat_postMessage": AS_IT_STANDS | {"unfurl_links": False, "unfurl_media": False},
    "chat_update": AS_IT_STANDS,
    "chat_postEphemeral": AS_IT_STANDS,
}
"""Slack's ways to say something, and what each is told beside the words. What is changed unfurls as it did at first."""


def calls() -> list[tuple[str, str, dict[str, object]]]:
    """Every call of one of them in bot/: where, which, and the constants it is made with."""
    return [
        (f"{path.name}:{node.lineno}", node.func.attr, _constants(node))
        for path in sorted(Path("bot").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr.startswith("chat_")
    ]


def _constants(call: ast.Call) -> dict[str, object]:
    return {str(each.arg): each.value.value for each in call.keywords if isinstance(each.value, ast.Constant)}


def test_every_way_of_saying_something_is_known_here() -> None:
    assert {way for _, way, _ in calls()} == set(SAYING)


@pytest.mark.parametrize(("where", "way", "given"), calls(), ids=lambda each: each if isinstance(each, str) else "")
def test_words_stand_as_they_are_written(where: str, way: str, given: dict[str, object]) -> None:
    assert (where, {name: given.get(name) for name in SAYING[way]}) == (where, SAYING[way])
