"""An audit tool as a file (TOML): its scale and its questions, every fault named; and the file of a tool on record."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from programme.cases import PLAN_TYPES
from programme.facts import Fact, ToolImported
from programme.refusals import Fault
from programme.rows import refuse
from programme.tool import AuditTool, GradeOnScale, Question, faults_in
from programme.words import Grade

TEXTS = ("key", "text", "standard", "definition", "area")
LONGEST = {"version": 40, "key": 100, "area": 100, "label": 60, "counts_within": 60}
CALLED = {"list": "list", "dict": "table"}
Kind = TypeVar("Kind", list[Any], dict[str, Any])
VERSION = re.compile(r"(?!.*\.toml\Z)[A-Za-z0-9](?:[A-Za-z0-9 ._-]*[A-Za-z0-9_-])?", re.ASCII)
NO_TEXT = re.compile("[\0\ud800-\udfff]")
"""What no database keeps as text."""
ON_A_SCALE = frozenset(Grade) - {Grade.NOT_APPLICABLE}


def read(file: Mapping[str, Any]) -> tuple[AuditTool, list[Fact]]:
    """The tool in a parsed file, or a refusal that names everything wrong with it."""
    faults: list[Fault] = []
    steps = [_grade(number, given, faults) for number, given in enumerate(_tables(file, "scale", faults))]
    scale = [step for step in steps if step is not None]
    questions = [_question(number, given, faults) for number, given in enumerate(_tables(file, "questions", faults))]
    version, dated = file.get("version"), file.get("date")
    faults += _version_faults(version)
    if type(dated) is not date:
        faults.append(Fault("date", "is missing or not a date. Write date = 2017-10-01.", "date"))
    faults += _doubled(scale) + _within_nothing(scale)
    refuse(faults + faults_in(questions, scale))
    tool = AuditTool(str(version).strip(), dated or date.min, scale, questions)
    return tool, [ToolImported(about=tool.reference, questions=len(questions))]


def _version_faults(version: object) -> list[Fault]:
    """A version is part of an address, and what ends in .toml is the address of its file."""
    said = version.strip() if isinstance(version, str) else ""
    if not said:
        return [Fault("version", 'is missing. Give this tool a version, like "2017-10".', "version")]
    if not VERSION.fullmatch(said):
        return [Fault("version", "may have letters, digits, spaces, dots, - and _ only.", "version")]
    return _too_long("version", {"version": said}, "")


def _tables(file: Mapping[str, Any], name: str, faults: list[Fault]) -> Sequence[Mapping[str, Any]]:
    given = file.get(name)
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) for each in given):
        faults.append(Fault(name, f"needs at least one [[{name}]] table.", name))
        return []
    return given


def _grade(position: int, given: Mapping[str, Any], faults: list[Fault]) -> GradeOnScale | None:
    score, label = str(given.get("score", "")), str(given.get("label", "")).strip()
    if score not in ON_A_SCALE:
        faults.append(Fault(f"scale {position + 1}", f"score '{score}' is not one of {', '.join(sorted(ON_A_SCALE))}."))
    if not label:
        faults.append(Fault(f"scale {position + 1}", "has no label."))
    within = str(given.get("counts_within", ""))
    faults += _too_long(f"scale {position + 1}", {"label": label, "counts_within": within}, f"scale.{position + 1}.")
    return GradeOnScale(Grade(score), label, within, position) if score in ON_A_SCALE else None


def _question(position: int, given: Mapping[str, Any], faults: list[Fault]) -> Question:
    where, fields = f"question {position + 1} ({given.get('key', 'no key')})", f"questions.{position + 1}."
    texts = {name: str(given.get(name, "")).strip() for name in TEXTS}
    faults += [Fault(where, f"has no {name}.", f"{fields}{name}") for name, said in texts.items() if not said]
    faults += _too_long(where, texts, fields)
    applies_to = _of_kind(where, "applies_to", given.get("applies_to", []), list, faults)
    faults += [
        Fault(where, f"applies to '{plan}', which is not a plan type. Use one of: {', '.join(PLAN_TYPES)}.")
        for plan in applies_to
        if plan not in PLAN_TYPES
    ]
    descriptors = _of_kind(where, "descriptors", given.get("descriptors", {}), dict, faults)
    faults += _not_text(
        where, {**texts, **{f"descriptors.{grade}": str(said) for grade, said in descriptors.items()}}, fields
    )
    return Question(
        key=texts["key"],
        text=texts["text"],
        standard=texts["standard"],
        definition=texts["definition"],
        area=texts["area"],
        applies_to=[str(plan) for plan in applies_to],
        descriptors={str(grade): str(said) for grade, said in descriptors.items()},
        position=position,
    )


def _not_text(where: str, texts: Mapping[str, str], fields: str) -> list[Fault]:
    strange = [name for name, said in texts.items() if NO_TEXT.search(said)]
    return [Fault(where, f"its {name} has a character that is no text.", f"{fields}{name}") for name in strange]


def _of_kind(where: str, name: str, given: object, kind: type[Kind], faults: list[Fault]) -> Kind:
    """What is given if it is of the kind TOML should bring; else an empty one, and a fault."""
    if isinstance(given, kind):
        return given
    faults.append(Fault(where, f"its {name} is not a {CALLED[kind.__name__]}."))
    return kind()


def _too_long(where: str, texts: Mapping[str, str], fields: str) -> list[Fault]:
    bounded = [(name, len(said), LONGEST[name]) for name, said in texts.items() if name in LONGEST]
    return [
        Fault(where, f"its {name} has {n} characters; at most {most} are kept.", f"{fields}{name}")
        for name, n, most in bounded
        if n > most
    ]


def _within_nothing(scale: Sequence[GradeOnScale]) -> list[Fault]:
    labels = {step.label for step in scale}
    lost = [step for step in scale if step.counts_within and step.counts_within not in labels - {step.label}]
    return [Fault("scale", f"'{s.label}' counts within '{s.counts_within}', which is not on it.") for s in lost]


def _doubled(scale: Sequence[GradeOnScale]) -> list[Fault]:
    scores = [step.grade for step in scale]
    return [
        Fault("scale", f"score '{each}' stands on it twice.") for each in sorted(set(scores)) if scores.count(each) > 1
    ]


def write(tool: AuditTool) -> str:
    """The tool as a file that is read back as it was, and that is written the same each time.

    A file has four kinds of value only, so writing it takes no library.
    """
    lines = [f"version = {_quoted(tool.version)}", f"date = {tool.dated.isoformat()}"]
    for step in tool.scale:
        within = [f"counts_within = {_quoted(step.counts_within)}"] if step.counts_within else []
        lines += ["", "[[scale]]", f"score = {step.grade.value}", f"label = {_quoted(step.label)}", *within]
    return "\n".join([*lines, *(line for question in tool.questions for line in _question_lines(question)), ""])


def _question_lines(question: Question) -> Iterator[str]:
    yield from ("", "[[questions]]")
    yield from (f"{name} = {_quoted(getattr(question, name))}" for name in TEXTS)
    yield f"applies_to = [{', '.join(map(_quoted, question.applies_to))}]"
    if question.descriptors:
        yield from ("", "[questions.descriptors]")
        yield from (f"{_quoted(grade)} = {_quoted(said)}" for grade, said in sorted(question.descriptors.items()))


def _quoted(text: str) -> str:
    """TOML's quoted texts are JSON's, but that it wants the delete character written out too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
