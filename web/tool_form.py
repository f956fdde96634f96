"""The questions of an audit tool as a page's fields: typed, moved, added and taken out until a version is saved.

Nothing is kept between two pages but what the page itself sends back. A field of the second question is
`questions.2.area`; those that were taken out stand last, so that they can be put back as they were.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from programme.refusals import Fault
from programme.rows import DAY
from programme.tool import AuditTool, GradeOnScale, Question, proposed_key

KINDS = ("core", "theme")
TEXTS = ("text", "standard", "definition", "area")
FIELD = re.compile(r"questions\.([1-9][0-9]{0,3})\.([a-z_]+(?:\.[0-9.]+)?)")
BETWEEN_PLANS = ";"
ON_A_PAGE = {"date": "Write the date as 2017-10-31.", "questions": "Keep at least one question."}
"""What a page says otherwise than a file."""

Asked = dict[str, str]
"""One question as it is typed, by the last part of its fields' names."""


@dataclass
class Typed:
    version: str
    dated: str
    asked: list[Asked]

    @property
    def kept(self) -> list[Asked]:
        return [each for each in self.asked if not each.get("out")]

    @property
    def taken_out(self) -> list[Asked]:
        return [each for each in self.asked if each.get("out")]

    def fields(self) -> dict[str, str]:
        """Every field of the page and what stands in it."""
        named = ((n, name, said) for n, each in enumerate(self.asked, start=1) for name, said in each.items())
        return {"version": self.version, "date": self.dated} | {
            f"questions.{n}.{name}": said for n, name, said in named
        }

    def place_of_new(self, kind: str) -> int:
        """After the last of its kind; the first core question stands first."""
        of_its_kind = [place for place, each in enumerate(self.kept, start=1) if each.get("kind") == kind]
        return of_its_kind[-1] if of_its_kind else len(self.kept) * (kind != "core")


def of_tool(tool: AuditTool, today: date) -> Typed:
    """A new version as it begins: the questions of another, no name yet, and today's date."""
    return Typed("", today.isoformat(), [_of_question(question) for question in tool.questions])


def of_form(form: MultiDict[str, str]) -> Typed:
    """What a browser sent, and nothing else of it."""
    asked: dict[int, Asked] = {}
    for field in form:
        if part := FIELD.fullmatch(field):
            said = BETWEEN_PLANS.join(form.getlist(field))
            asked.setdefault(int(part[1]), {})[part[2]] = said.replace("\r\n", "\n").strip()
    in_order = [asked[n] for n in sorted(asked)]
    typed = Typed(form.get("version", "").strip(), form.get("date", "").strip(), in_order)
    return Typed(typed.version, typed.dated, [*typed.kept, *typed.taken_out])


def after(typed: Typed, wish: str) -> Typed:
    """The page as a button wants it, which says what and where: 'up 3', 'add core'. Any other leaves it as it is."""
    verb, _, said = wish.partition(" ")
    place = int(said) - 1 if re.fullmatch("[1-9][0-9]{0,3}", said) else -1
    kept, out = typed.kept, typed.taken_out
    if verb == "add" and said in KINDS:
        kept.insert(typed.place_of_new(said), {"kind": said})
    elif verb == "up" and 0 < place < len(kept):
        kept[place - 1 : place + 1] = reversed(kept[place - 1 : place + 1])
    elif verb == "down" and 0 <= place < len(kept) - 1:
        kept[place : place + 2] = reversed(kept[place : place + 2])
    elif verb == "out" and 0 <= place < len(kept):
        out.append(kept.pop(place) | {"out": "yes"})
    elif verb == "back" and 0 <= place - len(kept) < len(out):
        back = out.pop(place - len(kept)) | {"out": ""}
        kept.insert(typed.place_of_new(back.get("kind", "")), back)
    return Typed(typed.version, typed.dated, [*kept, *(each for each in out if any(map(each.get, TEXTS)))])


def as_file(typed: Typed, scale: Sequence[GradeOnScale], keys: Collection[str]) -> dict[str, Any]:
    """What is typed as an audit tool's file holds it. `keys` are those that questions have had: new ones get others."""
    return {
        "version": typed.version,
        "date": date.fromisoformat(typed.dated) if _is_a_day(typed.dated) else typed.dated,
        "scale": [{"score": s.grade.value, "label": s.label, "counts_within": s.counts_within} for s in scale],
        "questions": list(_tables(typed, set(keys))),
    }


def errors_of(faults: Sequence[Fault]) -> dict[str, str]:
    """The first fault of each field, in the page's words and its order."""
    errors: dict[str, str] = {}
    for fault in sorted(faults, key=_place_of):
        errors.setdefault(fault.field or "questions", ON_A_PAGE.get(fault.field) or _on_a_page(fault))
    return errors


def _of_question(question: Question) -> Asked:
    return {
        "key": question.key,
        "kind": "theme" if question.is_theme else "core",
        **{name: str(getattr(question, name)) for name in TEXTS},
        "applies_to": BETWEEN_PLANS.join(question.applies_to),
        **{f"descriptors.{grade}": said for grade, said in question.descriptors.items()},
    }


def _tables(typed: Typed, keys: set[str]) -> Iterator[dict[str, Any]]:
    for each in typed.kept:
        key = each.get("key") or proposed_key(each.get("kind", "core"), each.get("text", ""), keys)
        keys.add(key)
        yield {
            "key": key,
            **{name: each.get(name, "") for name in TEXTS},
            "applies_to": [plan for plan in each.get("applies_to", "").split(BETWEEN_PLANS) if plan],
            "descriptors": dict(_described(each)),
        }


def _described(each: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The grades that have a descriptor."""
    for name, said in each.items():
        if name.startswith("descriptors.") and said:
            yield name.removeprefix("descriptors."), said


def _on_a_page(fault: Fault) -> str:
    _, _, place = fault.field.partition("questions.")
    where = f"Question {place.partition('.')[0]}" if place else fault.where[:1].upper() + fault.where[1:]
    return f"{where}: {fault.sentence}"


def _place_of(fault: Fault) -> int:
    part = FIELD.fullmatch(fault.field)
    return int(part[1]) if part else 0


def _is_a_day(said: str) -> bool:
    try:
        return DAY.fullmatch(said) is not None and date.fromisoformat(said) is not None
    except ValueError:
        return False
