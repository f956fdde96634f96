"""A page as a browser would send it, and the faults it names."""

import re
from html import unescape

Fields = dict[str, str | list[str]]


def fields_of(page: str) -> Fields:
    """What a browser would send of the page: every field with what stands in it, and the boxes that are ticked."""
    sent: Fields = {}
    for tag, attributes, inside in re.findall(r"<(input|textarea)\b([^>]*)>(?:([^<]*)</textarea>)?", page):
        said = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
        if said.get("type") == "checkbox" and " checked" not in attributes:
            continue
        value = unescape(inside.removeprefix("\n") if tag == "textarea" else said.get("value", ""))
        name = unescape(said["name"])
        ticked = sent.get(name, [])
        sent[name] = [*ticked, value] if said.get("type") == "checkbox" and isinstance(ticked, list) else value
    return {name: value for name, value in sent.items() if name not in {"csrf_token", "next"}}


def errors_in(page: str) -> dict[str, str]:
    return {field: unescape(said) for field, said in re.findall(r'<li>\s*<a href="#([^"]+)">([^<]+)</a>', page)}
