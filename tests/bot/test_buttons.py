"""Who may press what: each button by its holder, a peer, those who lead and run, an outsider and a stranger."""

from itertools import product

import pytest

from bot import names
from programme.words import AllocationState
from storage import find
from storage.office import Office
from tests.bot.conftest import Door, history_of, reason, slack_id
from tests.cast import MONTH, NOW, Cast, here
from tests.twins import signing

REF = "AUD-2017-10-01"
ELSEWHERE = "This child's record is with somebody else. Type /audit to see what is yours."
NOT_THEIRS = "The administrator and the Head of Quality run the month. Type /audit to see what is yours."
UNKNOWN = "We do not know this Slack account yet. Ask the administrator to look at your address on the people list."
NOT_IN_POST = "Our people list does not have you in post today. If it should, the administrator can put that right."
FORM = "The form for AUD-2017-10-01 is ready."
REASON = "AUD-2017-10-01, due on Friday 13 October."
PAGES = "The pages show what is yours."
NOTHING_LEFT = "There is nothing to give out for October 2017. Allocate first."
NONE_WAIT = "Nothing more can be placed as it is."

OTHERS = ("peer", "head_of_service", "team_manager", "social_worker", "outsider")
RUN_IT = ("administrator", "head_of_quality")

EXPECTED = {
    **dict.fromkeys(product([names.OPEN_FORM, names.CANNOT_DO], [*OTHERS, *RUN_IT]), ELSEWHERE),
    **dict.fromkeys(product([names.ALLOCATE, names.GIVE_OUT], ["auditor", *OTHERS]), NOT_THEIRS),
    **dict.fromkeys(product([names.SIGN_IN], ["auditor", *OTHERS, *RUN_IT]), PAGES),
    **dict.fromkeys(product([names.ALLOCATE], RUN_IT), NONE_WAIT),
    **dict.fromkeys(product([names.GIVE_OUT], RUN_IT), NOTHING_LEFT),
    (names.OPEN_FORM, "auditor"): FORM,
    (names.CANNOT_DO, "auditor"): REASON,
}
VALUES = {names.ALLOCATE: MONTH, names.GIVE_OUT: MONTH, names.SIGN_IN: "/"}
PRESSABLE = [name for name in names.ACTIONS if name != names.FOLLOW_LINK]


@pytest.mark.parametrize(("action", "who"), EXPECTED)
def test_each_button_by_each_person(door: Door, cast: Cast, action: str, who: str) -> None:
    assert door.press(getattr(cast, who), action, VALUES.get(action, REF)).status_code == 200
    assert door.modal_words.split("\n")[0] == EXPECTED[action, who]


@pytest.mark.parametrize("action", PRESSABLE)
def test_each_button_by_a_stranger(door: Door, action: str) -> None:
    door.send(signing.press("USTRANGER", action, VALUES.get(action, REF), trigger=door.twin.trigger()))
    assert door.modal_words == UNKNOWN


@pytest.mark.parametrize("action", PRESSABLE)
def test_each_button_by_who_has_moved_on(door: Door, cast: Cast, office: Office, action: str) -> None:
    with office.record.writing() as session:
        here(session, cast.auditor).ends = NOW.date().replace(day=1)
    door.press(cast.auditor, action, VALUES.get(action, REF))
    assert door.modal_words == NOT_IN_POST


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


def test_a_reason_by_somebody_else_is_not_kept(door: Door, cast: Cast, office: Office) -> None:
    door.press(cast.auditor, names.CANNOT_DO, REF)
    for person in (cast.peer, cast.head_of_service, cast.administrator, cast.outsider):
        assert door.submit(person, reason("capacity")).get_json()["response_action"] == "update"
    with office.record.reading() as session:
        assert find.allocations.by_ref(session, REF).reason is None


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
