"""The audit tool, and its file: what it must hold, every fault named."""

from datetime import date
from pathlib import Path
from tomllib import loads

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme import tool_file
from programme.cases import PLAN_TYPES
from programme.refusals import Faulty
from programme.tool import AuditTool, Question
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


def test_two_questions_in_the_same_words_are_refused() -> None:
    """They would be two questions of a form with one title, and its answers are known by their titles."""
    twice = GOOD.replace("Is the father known?", "Is  There a PLAN?")
    assert faults_of(twice) == ["question 2 (theme.father): asks the same as core.plan, in the same words."]


@pytest.mark.parametrize("version", ["a/b", "2017?", "9.toml", "x.", "-x", "\u0661"])
def test_a_version_is_fit_to_be_part_of_an_address(version: str) -> None:
    assert faults_of(GOOD.replace('"2017-10"', f'"{version}"')) == [
        "version: may have letters, digits, spaces, dots, - and _ only."
    ]


def test_what_no_database_keeps_as_text_is_named() -> None:
    assert faults_of(GOOD.replace("There is one.", "There\\u0000is.").replace("Half of", "\\u0000")) == [
        "question 1 (core.plan): its standard has a character that is no text.",
        "question 1 (core.plan): its descriptors.1.5 has a character that is no text.",
    ]


def test_a_fault_says_which_field_of_a_page_it_belongs_to() -> None:
    with pytest.raises(Faulty) as refused:
        tool_file.read(loads(GOOD.replace("Is the father known?", "").replace("Planning", "x" * 101)))
    assert [fault.field for fault in refused.value.faults] == ["questions.1.area", "questions.2.text"]


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


def as_it_is(tool: AuditTool) -> tuple[object, ...]:
    parts = ("key", "text", "standard", "definition", "area", "applies_to", "descriptors", "position")
    scale = [(step.grade, step.label, step.counts_within, step.position) for step in tool.scale]
    questions = [tuple(getattr(question, part) for part in parts) for question in tool.questions]
    return tool.version, tool.dated, scale, questions


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40).filter(
    lambda text: text == text.strip() and text != ""
)
questions = st.builds(
    Question,
    key=st.from_regex(r"\A(core|theme)\.[a-z0-9_]{1,8}\Z"),
    text=words,
    standard=words,
    definition=words,
    area=words,
    applies_to=st.lists(st.sampled_from(PLAN_TYPES), unique=True),
    descriptors=st.dictionaries(st.sampled_from(["1", "1.5", "2", "3"]), words),
)


@given(
    st.lists(questions, min_size=1, max_size=4, unique_by=(lambda q: q.key, lambda q: " ".join(q.text.lower().split())))
)
def test_a_tool_that_is_written_is_read_as_it_was_and_written_the_same_again(asked: list[Question]) -> None:
    for place, question in enumerate(asked):
        question.position = place
    tool = AuditTool("2017-11", date(2017, 11, 1), audit_tool().scale, asked)
    written = tool_file.write(tool)
    again = read(written)
    assert (as_it_is(again), tool_file.write(again)) == (as_it_is(tool), written)


def test_a_tools_file_reads_like_one_that_was_typed() -> None:
    tool = read(GOOD)
    tool.questions = tool.questions[:1]
    tool.scale = tool.scale[:2]
    assert tool_file.write(tool) == (
        'version = "2017-10"\ndate = 2017-09-20\n\n[[scale]]\nscore = 1\nlabel = "not yet good"\n\n'
        '[[scale]]\nscore = 1.5\nlabel = "nearly good"\ncounts_within = "not yet good"\n\n'
        '[[questions]]\nkey = "core.plan"\ntext = "Is there a plan?"\nstandard = "There is one."\n'
        'definition = "Look for it."\narea = "Planning"\napplies_to = []\n\n'
        '[questions.descriptors]\n"1" = "None."\n"1.5" = "Half of one."\n'
    )
