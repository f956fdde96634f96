"""Versions of the audit tool: who makes one, what it differs in, which may go, and the keys of new questions."""

from datetime import date

import pytest

from programme.refusals import NotAllowed, Refusal
from programme.tool import AuditTool, difference, proposed_key
from programme.words import Role
from tests.cast import audit_tool
from tests.programme.builders import person

HEAD_OF_QUALITY, ADMINISTRATOR = person("Leocadia", Role.HEAD_OF_QUALITY), person("Bronwen", Role.ADMINISTRATOR)


def newer() -> AuditTool:
    tool = audit_tool()
    tool.version, tool.dated = "2017-11", date(2017, 11, 1)
    return tool


def test_a_new_version_says_what_it_was_made_from() -> None:
    facts = newer().made_from(audit_tool(), by=HEAD_OF_QUALITY)
    assert [(fact.kind(), fact.about, fact.details()) for fact in facts] == [
        ("tool_version_made", "tool 2017-11", {"questions": "5", "made_from": "2017-10"})
    ]


def test_only_the_head_of_quality_makes_a_version_or_takes_one_away() -> None:
    with pytest.raises(NotAllowed):
        newer().made_from(audit_tool(), by=ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        newer().remove([], by=ADMINISTRATOR)


def test_what_a_month_uses_stays() -> None:
    with pytest.raises(Refusal) as refused:
        audit_tool().remove(["2017-10", "2017-12"], by=HEAD_OF_QUALITY)
    assert refused.value.sentence == "Version 2017-10 is used by October 2017, December 2017 and stays as it is."
    assert [fact.kind() for fact in newer().remove([], by=HEAD_OF_QUALITY)] == ["tool_version_removed"]


def test_versions_differ_by_the_keys_of_their_questions_and_then_by_their_words() -> None:
    before, after = audit_tool(), newer()
    gone = after.questions.pop()
    after.questions[0].text = "Does the assessment tell of today?"
    after.questions[1].applies_to = ["Looked After"]
    after.questions[2].position = 9
    after.questions[3].key = "theme.father_is_known"
    found = difference(before, after)
    keys = [[each.key for each in part] for part in (found.added, found.changed, found.removed)]
    assert keys == [
        ["theme.father_is_known"],
        ["core.assessment", "core.plan"],
        ["theme.father_known", gone.key],
    ]


@pytest.mark.parametrize(
    ("kind", "text", "key"),
    [
        ("core", "Is the plan clear?", "core.is_the_plan_clear"),
        ("theme", "Is the father known?", "theme.is_the_father_known_3"),
        ("theme", "", "theme.question"),
        ("theme", "¿…?", "theme.question"),
        (
            "core",
            "Do supervision and management decisions move things on?",
            "core.do_supervision_and_management_decisions",
        ),
    ],
)
def test_a_new_question_gets_a_key_that_none_has_had(kind: str, text: str, key: str) -> None:
    taken = {"theme.is_the_father_known", "theme.is_the_father_known_2", "core.question"}
    assert proposed_key(kind, text, taken) == key
