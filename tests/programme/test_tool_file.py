"""The audit tool, and its file: what it must hold, every fault named."""

from pathlib import Path
from tomllib import loads

import pytest

from programme import tool_file
from programme.refusals import Faulty
from programme.tool import AuditTool
from programme.words import Grade
from tests.cast import audit_tool

BOROUGH = Path(__file__).resolve().parents[2] / "demo" / "borough"

GOOD = """
version = "2017-10"
date = 2017-09-20

[[scale]]
score = 1
label = "not yet good"
[[scale]]
score = 1.5
label = "nearly good"
counts_within = "not yet good"
[[scale]]
score = 2
label = "good"

[[questions]]
key = "core.plan"
text = "Is there a plan?"
standard = "There is one."
definition = "Look for it."
area = "Planning"
[questions.descriptors]
1 = "None."
"1.5" = "Half of one."

[[questions]]
key = "theme.father"
text = "Is the father known?"
standard = "He is."
definition = "Look for him."
area = "Fathers"
applies_to = ["Child in Need", "Looked After"]
"""


def read(text: str) -> AuditTool:
    return tool_file.read(loads(text))[0]


def faults_of(text: str) -> list[str]:
    with pytest.raises(Faulty) as refused:
        tool_file.read(loads(text))
    return [str(fault) for fault in refused.value.faults]


def test_a_tool_is_read_in_the_order_of_its_file() -> None:
    tool, facts = tool_file.read(loads(GOOD))
    assert (tool.version, str(tool.dated)) == ("2017-10", "2017-09-20")
    assert [(s.grade, s.label, s.counts_within, s.position) for s in tool.scale] == [
        (Grade.NOT_YET_GOOD, "not yet good", "", 0),
        (Grade.NEARLY_GOOD, "nearly good", "not yet good", 1),
        (Grade.GOOD, "good", "", 2),
    ]
    assert [(q.key, q.applies_to, q.descriptors, q.is_theme, q.position) for q in tool.questions] == [
        ("core.plan", [], {"1": "None.", "1.5": "Half of one."}, False, 0),
        ("theme.father", ["Child in Need", "Looked After"], {}, True, 1),
    ]
    assert [(fact.about, fact.details()) for fact in facts] == [("tool 2017-10", {"questions": "2"})]


def test_the_fictional_boroughs_tool_can_be_read() -> None:
    tool = read((BOROUGH / "tool-2017-10.toml").read_text())
    assert (len(tool.questions), [step.label for step in tool.scale], tool.warnings()) == (
        10,
        ["not yet good", "nearly good", "good", "outstanding"],
        [],
    )


def test_a_question_is_asked_of_the_plans_it_applies_to() -> None:
    asked = {plan: [q.key for q in read(GOOD).questions_for(plan)] for plan in ("Child in Need", "Care leaver")}
    assert asked == {"Child in Need": ["core.plan", "theme.father"], "Care leaver": ["core.plan"]}


def test_a_grade_is_called_as_the_scale_calls_it() -> None:
    assert [read(GOOD).label(each) for each in (Grade.NEARLY_GOOD, Grade.NOT_APPLICABLE)] == [
        "nearly good",
        "Not applicable",
    ]


def test_more_questions_than_can_be_answered_well_are_warned_of() -> None:
    tool = audit_tool()
    tool.questions = tool.questions * 5
    assert tool.warnings() == ["15 core questions; at most 8 are advised."]


FAULTS = {
    'version = "2017-10"': ("", 'version: is missing. Give this tool a version, like "2017-10".'),
    "date = 2017-09-20": ("date = 2017", "date: is missing or not a date. Write date = 2017-10-01."),
    "score = 2": ("score = 5", "scale 3: score '5' is not one of 1, 1.5, 2, 3, 4."),
    "score = 2\nlabel": ("score = 1\nlabel", "scale: score '1' stands on it twice."),
    'label = "good"': ('label = ""', "scale 3: has no label."),
    'counts_within = "not yet good"': (
        'counts_within = "poor"',
        "scale: 'nearly good' counts within 'poor', which is not on it.",
    ),
    'key = "core.plan"': ('key = "plan"', "plan: is no key: write core. or theme. and small letters, digits and _."),
    'key = "theme.father"': ('key = "core.plan"', "core.plan: is the key of 2 questions; each needs its own."),
    'area = "Planning"': ("", "question 1 (core.plan): has no area."),
    'area = "Fathers"': ('area = " "', "question 2 (theme.father): has no area."),
    '"1.5" = "Half of one."': (
        '"3" = "All of it."',
        "core.plan: has a descriptor for '3', which is not on the scale (1, 1.5, 2).",
    ),
    'applies_to = ["Child in Need", "Looked After"]': (
        'applies_to = ["Child in need"]',
        (
            "question 2 (theme.father): applies to 'Child in need', which is not a plan type. Use one of:"
            " In assessment, Early Help, Child in Need, Child Protection, Looked After, Care leaver."
        ),
    ),
    'standard = "There is one."': (
        'standard = "There is one."\napplies_to = "Looked After"',
        "question 1 (core.plan): its applies_to is not a list.",
    ),
    'definition = "Look for him."': (
        'definition = "Look for him."\ndescriptors = "none"',
        "question 2 (theme.father): its descriptors is not a table.",
    ),
}


@pytest.mark.parametrize("part", FAULTS)
def test_a_fault_is_named_where_it_stands(part: str) -> None:
    wrong, sentence = FAULTS[part]
    assert faults_of(GOOD.replace(part, wrong, 1)) == [sentence]


def test_what_is_longer_than_can_be_kept_is_named() -> None:
    long = GOOD.replace("Planning", "x" * 101).replace('"2017-10"', f'"{"x" * 41}"')
    assert faults_of(long) == [
        "question 1 (core.plan): its area has 101 characters; at most 100 are kept.",
        "version: its version has 41 characters; at most 40 are kept.",
    ]


def test_one_fault_does_not_hide_another() -> None:
    assert faults_of("scale = 3\nquestions = []") == [
        "scale: needs at least one [[scale]] table.",
        "questions: needs at least one [[questions]] table.",
        'version: is missing. Give this tool a version, like "2017-10".',
        "date: is missing or not a date. Write date = 2017-10-01.",
    ]
