"""Checks of confirmed actions in chat: what who is asked reads and answers."""

from typing import Any

from bot import names
from programme.people import Person
from programme.words import ActionState
from storage.office import Office
from tests.bot.conftest import Door, words_of
from tests.bot.swapping import last_said, post
from tests.bot.test_actions import REF
from tests.cast import Cast
from tests.checked import MISSING, action, asked, learning


def says(answer: str, words: str = "") -> dict[str, Any]:
    chosen = {"selected_option": {"value": answer}} if answer else {}
    return {names.ANSWER_FIELD: {names.ANSWER_FIELD: chosen}, names.WORDS_FIELD: {names.WORDS_FIELD: {"value": words}}}


ASKED = (
    "*You are asked to check one confirmed action.* Look whether the record shows what was done."
    " You are of another service, so that nobody checks their own."
)


def begun(office: Office, door: Door, cast: Cast) -> Person:
    kwame = learning(office)
    door.twin.users[kwame.email] = str(kwame.slack_user_id)
    asked(office, cast)
    return kwame


WAITS = [
    "*ACT-2017-10-01-1*  urgent  (MDW-0417)",
    "Confirmed on Monday 2 October. Due on Monday 9 October",
    "Check",
]


def test_who_is_asked_reads_no_word_of_the_action(office: Office, door: Door, cast: Cast) -> None:
    kwame = begun(office, door, cast)
    post(office, door)
    assert last_said(door, kwame) == [
        ASKED,
        *WAITS,
        "Sign in to the pages",
    ]
    assert "canary" not in str(door.twin.messages)


def test_it_stands_under_audit_actions_and_at_home(office: Office, door: Door, cast: Cast) -> None:
    kwame = begun(office, door, cast)
    listed = door.said(kwame, "actions").split("\n")
    assert listed == ["*To check: does the record show it?*", *WAITS, "Sign in to the pages"]
    assert "\n".join(WAITS) in door.home_of(kwame)
    assert [REF in door.said(who, "actions") for who in (cast.auditor, cast.peer, cast.outsider)] == [False] * 3


def test_the_words_stand_in_the_modal_and_the_answer_is_kept(office: Office, door: Door, cast: Cast) -> None:
    kwame = begun(office, door, cast)
    door.press(kwame, names.CHECK, REF)
    words = ["Stepcanary", "It worked if: Measurecanary", "She sleeps at home again."]
    assert [each in door.modal_words for each in words] == [True] * 3
    answer = door.submit(kwame, says("shown")).get_json()
    assert words_of(answer["view"]["blocks"]) == "Thank you. It is noted that the record shows ACT-2017-10-01-1."
    assert action(office).state is ActionState.CHECKED
    post(office, door)
    assert REF not in door.home_of(kwame)


def test_reopened_its_owner_and_who_leads_them_read_so(office: Office, door: Door, cast: Cast) -> None:
    kwame = begun(office, door, cast)
    door.press(kwame, names.CHECK, REF)
    door.submit(kwame, says("reopened", MISSING))
    post(office, door)
    open_again = "*ACT-2017-10-01-1 is open again.* It was checked, and the record does not show that it was done."
    assert last_said(door, cast.team_manager)[:4] == [
        f"{open_again} What is missing stands on the pages.",
        *("*ACT-2017-10-01-1*  urgent", "Due on Monday 9 October  (MDW-0417)", "Confirm complete"),
    ]
    assert last_said(door, cast.childs_head_of_service)[0] == (
        f"{open_again} It is due on Monday 9 October, and its owner knows."
    )


def test_what_is_missing_is_shown_under_its_field(office: Office, door: Door, cast: Cast) -> None:
    kwame = begun(office, door, cast)
    door.press(kwame, names.CHECK, REF)
    missing = [door.submit(kwame, each).get_json()["errors"] for each in (says(""), says("reopened", "no"))]
    assert missing == [
        {names.ANSWER_FIELD: "Choose what the record shows."},
        {names.WORDS_FIELD: "Say what the record does not show, in a sentence."},
    ]
    assert action(office).state is ActionState.CONFIRMED
