"""What Slack refuses of a message or a view: the published limits of Block Kit, checked as Slack does."""

from typing import Any

Block = dict[str, Any]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_TEXT = 12_000


def wrong_with_message(said: dict[str, Any]) -> str:
    """The error Slack would answer with, or nothing."""
    blocks = said.get("blocks") or []
    if not said.get("text") and not blocks:
        return "no_text"
    if len(str(said.get("text", ""))) > MESSAGE_TEXT:
        return "msg_too_long"
    if len(blocks) > MESSAGE_BLOCKS or any(wrong_with_block(block) for block in blocks):
        return "invalid_blocks"
    return ""


def wrong_with_view(view: dict[str, Any]) -> str:
    titles = [view.get(name, {}).get("text", "") for name in ("title", "submit", "close")]
    too_long = any(len(title) > 24 for title in titles) or len(view.get("private_metadata", "")) > 3000
    blocks = view.get("blocks", [])
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if too_long or len(blocks) > VIEW_BLOCKS or len(ids) != len(set(ids)):
        return "invalid_arguments"
    if view.get("type") == "modal" and not view.get("title"):
        return "invalid_arguments"
    has_input = any(block["type"] == "input" for block in blocks)
    if view.get("type") == "modal" and has_input and "submit" not in view:
        return "invalid_arguments"
    return "invalid_arguments" if any(wrong_with_block(block) for block in blocks) else ""


def wrong_with_block(block: Block) -> bool:  # noqa: PLR0911 - one answer a kind of block
    if len(block.get("block_id", "")) > 255:
        return True
    match block["type"]:
        case "section":
            fields = block.get("fields", [])
            return (
                _text_is_wrong(block.get("text"), 3000, optional=bool(fields))
                or len(fields) > 10
                or any(_text_is_wrong(each, 2000) for each in fields)
                or ("accessory" in block and _element_is_wrong(block["accessory"]))
            )
        case "header":
            return _text_is_wrong(block.get("text"), 150) or block["text"]["type"] != "plain_text"
        case "context":
            elements = block.get("elements", [])
            return not 1 <= len(elements) <= 10 or any(_text_is_wrong(each, 3000) for each in elements)
        case "actions":
            elements = block.get("elements", [])
            ids = [each.get("action_id") for each in elements]
            wrong = any(_element_is_wrong(each) for each in elements)
            return not 1 <= len(elements) <= 25 or len(set(ids)) != len(ids) or wrong
        case "input":
            return _text_is_wrong(block.get("label"), 2000) or _element_is_wrong(block["element"])
        case "divider":
            return False
    return True


def _text_is_wrong(text: Any, longest: int, *, optional: bool = False) -> bool:  # noqa: ANN401 - whatever was sent
    if text is None:
        return not optional
    return not 1 <= len(text.get("text", "")) <= longest


def _element_is_wrong(element: Block) -> bool:
    if not 1 <= len(element.get("action_id", "")) <= 255:
        return True
    match element["type"]:
        case "button":
            confirm = element.get("confirm")
            return (
                _text_is_wrong(element.get("text"), 75)
                or len(element.get("value", "")) > 2000
                or len(element.get("url", "")) > 3000
                or (confirm is not None and _confirm_is_wrong(confirm))
            )
        case "static_select" | "multi_static_select" | "radio_buttons" | "checkboxes":
            options = element.get("options", [])
            most = 100 if element["type"].endswith("static_select") else 10
            return not 1 <= len(options) <= most or any(_option_is_wrong(each) for each in options)
        case "plain_text_input":
            return int(element.get("max_length", 3000)) > 3000
        case "datepicker":
            return False
    return True


def _option_is_wrong(option: Block) -> bool:
    why = option.get("description")
    return (
        _text_is_wrong(option.get("text"), 75)
        or (why is not None and _text_is_wrong(why, 75))
        or not 1 <= len(option.get("value", "")) <= 150
    )


def _confirm_is_wrong(confirm: Block) -> bool:
    return (
        _text_is_wrong(confirm.get("title"), 100)
        or _text_is_wrong(confirm.get("text"), 300)
        or _text_is_wrong(confirm.get("confirm"), 30)
        or _text_is_wrong(confirm.get("deny"), 30)
    )
