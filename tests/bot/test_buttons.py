"""Buttons that carry nothing we know or have outlived what they are about, and what a reason is taken as.

Who may press which is asked of every listener in `test_who_may.py`.
"""

import pytest

from bot import names
from programme.words import AllocationState
from storage import find
from storage.office import Office
from tests.bot.conftest import Door, history_of, reason, slack_id
from tests.cast import NOW, Cast
from tests.twins import signing

REF = "AUD-2017-10-01"
NOT_IN_POST = "Our people list does not have you in post today. If it should, the administrator can put that right."
UNKNOWN = "We do not know this Slack account yet. Ask the administrator to look at your address on the people list."


@pytest.mark.parametrize("value", ["AUD-2017-10-99", "", "x" * 2000, "../..", "AUD-2017-10-01 "])
def test_a_reference_that_is_none(door: Door, cast: Cast, value: str) -> None:
    door.press(cast.auditor, names.OPEN_FORM, value)
    assert door.modal_words == "We cannot find that audit. Type /audit to see what is yours."


@pytest.mark.parametrize("action", [names.OPEN_FORM, names.CANNOT_DO])
def test_a_button_that_has_outlived_its_audit(door: Door, cast: Cast, office: Office, action: str) -> None:
    with office.record.writing() as session:
        allocation = find.allocations.by_ref(session, REF)
        allocation.state, allocation.returned_at = AllocationState.RETURNED_IN_TIME, NOW
    door.press(cast.auditor, action, REF)
    assert door.modal_words == "This audit is in already. Thank you; there is nothing more to do."
    with office.record.writing() as session:
        allocation = find.allocations.by_ref(session, REF)
        allocation.state, allocation.returned_at, allocation.reason = AllocationState.WITHDRAWN, None, "part_in_case"
    door.press(cast.auditor, action, REF)
    assert door.modal_words == "This audit is not open any more. Type /audit to see what is yours."


def test_the_link_button_changes_nothing(door: Door, cast: Cast) -> None:
    assert door.press(cast.auditor, names.FOLLOW_LINK, "").status_code == 200
    assert door.twin.calls == []


def test_a_reason_sent_again_and_again_is_told_once(door: Door, cast: Cast, office: Office) -> None:
    door.press(cast.auditor, names.CANNOT_DO, REF)
    sent = signing.submission(slack_id(cast.auditor), door.modal, reason("capacity", "Two court weeks."))
    assert [door.send(sent).status_code for _ in range(20)] == [200, *[401] * 19]
    assert history_of(office, "reason_given") == 1


@pytest.mark.parametrize("chosen", ["", "bored", "CAPACITY"])
def test_a_reason_must_be_one_of_the_list(door: Door, cast: Cast, chosen: str) -> None:
    door.press(cast.auditor, names.CANNOT_DO, REF)
    answer = door.submit(cast.auditor, reason(chosen)).get_json()
    assert answer == {"response_action": "errors", "errors": {names.REASON_FIELD: "Choose what stops you."}}


def test_words_that_no_database_keeps_are_kept_without_what_is_odd(door: Door, cast: Cast, office: Office) -> None:
    door.press(cast.auditor, names.CANNOT_DO, REF)
    door.submit(cast.auditor, reason("other", " Two\x00 court\ud800 weeks 😀 "))
    with office.record.reading() as session:
        assert find.allocations.by_ref(session, REF).reason_words == "Two court weeks 😀"


def test_the_shortcut_shows_my_audits(door: Door, cast: Cast) -> None:
    door.send(signing.shortcut(slack_id(cast.auditor), names.SHORTCUT, trigger=door.twin.trigger()))
    assert door.modal_words.split("\n")[0] == "*MDW-0417*  Fathers"
    door.send(signing.shortcut("USTRANGER", names.SHORTCUT, trigger=door.twin.trigger()))
    assert door.modal_words == UNKNOWN
