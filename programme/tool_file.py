"""An audit tool as a file (TOML, parsed): its scale and its questions, every fault named."""

from collections.abc import Mapping, Sequence
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
ON_A_SCALE = frozenset(Grade) - {Grade.NOT_APPLICABLE}


def read(file: Mapping[str, Any]) -> tuple[AuditTool, list[Fact]]:
    """The tool in a parsed file, or a refusal that names everything wrong with it."""
    faults: list[Fault] = []
    steps = [_grade(number, given, faults) for number, given in enumerate(_tables(file, "scale", faults))]
    scale = [step for step in steps if step is not None]
    questions = [_question(number, given, faults) for number, given in enumerate(_tables(file, "questions", faults))]
    version, dated = file.get("version"), file.get("date")
    if not isinstance(version, str) or not version.strip():
        faults.append(Fault("version", 'is missing. Give this tool a version, like "2017-10".'))
    if type(dated) is not date:
        faults.append(Fault("date", "is missing or not a date. Write date = 2017-10-01."))
    faults += _too_long("version", {"version": str(version)})
    faults += _doubled(scale) + _within_nothing(scale)
    refuse(faults + faults_in(questions, scale))
    tool = AuditTool(str(version).strip(), dated or date.min, scale, questions)
    return tool, [ToolImported(about=f"tool {tool.version}"[:40], questions=len(questions))]


def _tables(file: Mapping[str, Any], name: str, faults: list[Fault]) -> Sequence[Mapping[str, Any]]:
    given = file.get(name)
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) for each in given):
        faults.append(Fault(name, f"needs at least one [[{name}]] table."))
        return []
    return given


def _grade(position: int, given: Mapping[str, Any], faults: list[Fault]) -> GradeOnScale | None:
    score, label = str(given.get("score", "")), str(given.get("label", "")).strip()
    if score not in ON_A_SCALE:
        faults.append(Fault(f"scale {position + 1}", f"score '{score}' is not one of {', '.join(sorted(ON_A_SCALE))}."))
    if not label:
        faults.append(Fault(f"scale {position + 1}", "has no label."))
    within = str(given.get("counts_within", ""))
    faults += _too_long(f"scale {position + 1}", {"label": label, "counts_within": within})
    return GradeOnScale(Grade(score), label, within, position) if score in ON_A_SCALE else None


def _question(position: int, given: Mapping[str, Any], faults: list[Fault]) -> Question:
    where = f"question {position + 1} ({given.get('key', 'no key')})"
    texts = {name: str(given.get(name, "")).strip() for name in TEXTS}
    faults += [Fault(where, f"has no {name}.") for name, said in texts.items() if not said]
    faults += _too_long(where, texts)
    applies_to = _of_kind(where, "applies_to", given.get("applies_to", []), list, faults)
    faults += [
        Fault(where, f"applies to '{plan}', which is not a plan type. Use one of: {', '.join(PLAN_TYPES)}.")
        for plan in applies_to
        if plan not in PLAN_TYPES
    ]
    descriptors = _of_kind(where, "descriptors", given.get("descriptors", {}), dict, faults)
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


def _of_kind(where: str, name: str, given: object, kind: type[Kind], faults: list[Fault]) -> Kind:
    """What is given if it is of the kind TOML should bring; else an empty one, and a fault."""
    if isinstance(given, kind):
        return given
    faults.append(Fault(where, f"its {name} is not a {CALLED[kind.__name__]}."))
    return kind()


def _too_long(where: str, texts: Mapping[str, str]) -> list[Fault]:
    bounded = [(name, len(said), LONGEST[name]) for name, said in texts.items() if name in LONGEST]
    return [
        Fault(where, f"its {name} has {n} characters; at most {most} are kept.")
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
