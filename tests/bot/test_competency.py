"""Competency in chat: from the message to the modal, and what it comes to."""

from typing import Any

import pytest

from bot import names
from programme.words import Competency
from storage import find
from storage.office import Office
from tests.bot.conftest import Door
from tests.cast import Cast, here
from tests.competing import COM, WORDS, both_evaluate, decides, develops, moderated, put_forward
from tests.moderated import REF


def evaluates(recommends: str = "yes", *audits: str) -> dict[str, Any]:
    """An evaluation as Slack sends it."""
    ticked = [{"value": ref} for ref in audits or (REF,)]
    return {
        names.RESTS_ON_FIELD: {names.RESTS_ON_FIELD: {"selected_options": ticked}},
        names.EVIDENCE_FIELD: {names.EVIDENCE_FIELD: {"value": "The audit."}},
        names.WORDS_FIELD: {names.WORDS_FIELD: {"value": "Clear and kind."}},
        names.RECOMMENDS_FIELD: {names.RECOMMENDS_FIELD: {"selected_option": {"value": recommends}}},
    }


def signs_off(agrees: str = "yes", words: str = "") -> dict[str, Any]:
    return {
        names.AGREES_FIELD: {names.AGREES_FIELD: {"selected_option": {"value": agrees}}},
        names.WORDS_FIELD: {names.WORDS_FIELD: {"value": words}},
    }


@pytest.fixture
def ref(office: Office, cast: Cast) -> str:
    moderated(office, cast)
    develops(office, cast)
    return put_forward(office, cast)


def test_both_evaluate_and_leadership_signs_off(office: Office, cast: Cast, door: Door, ref: str) -> None:
    assert ref == COM.format(cast.auditor.id)
    for head in (cast.head_of_service, cast.childs_head_of_service):
        door.press(head, names.EVALUATE, ref)
        door.submit(head, evaluates())
    with office.record.reading() as session:
        leader = find.people.by_email(session, "dora@example.org")
    assert leader is not None
    door.press(leader, names.SIGN_OFF, ref)
    assert "Clear and kind." in door.modal_words
    door.submit(leader, signs_off())
    door.press(cast.head_of_quality, names.JOIN_CORE, ref)
    with office.record.reading() as session:
        assert here(session, cast.auditor).competency is Competency.CORE


def test_leadership_reads_the_evaluations_and_not_what_is_counted(
    office: Office, cast: Cast, door: Door, ref: str
) -> None:
    both_evaluate(office, cast, ref)
    with office.record.reading() as session:
        leader = find.people.by_email(session, "dora@example.org")
    assert leader is not None
    door.press(leader, names.SIGN_OFF, ref)
    shown = door.modal_words
    assert (WORDS in shown, "Agreed with moderation" in shown, "Reasoncanary" in shown) == (True, False, False)


def test_not_yet_without_words_is_asked_for_under_its_field(office: Office, cast: Cast, door: Door, ref: str) -> None:
    both_evaluate(office, cast, ref)
    with office.record.reading() as session:
        leader = find.people.by_email(session, "dora@example.org")
    assert leader is not None
    door.press(leader, names.SIGN_OFF, ref)
    answer = door.submit(leader, signs_off("no"))
    assert answer.get_json()["errors"] == {
        names.WORDS_FIELD: "Say what would help, so that the auditor can learn from it."
    }


def test_a_second_press_on_the_core_group_says_what_is_true(office: Office, cast: Cast, door: Door, ref: str) -> None:
    both_evaluate(office, cast, ref)
    decides(office, ref)
    for _ in range(2):
        door.press(cast.head_of_quality, names.JOIN_CORE, ref)
    assert "is not competent yet, or not any more" in door.modal_words
