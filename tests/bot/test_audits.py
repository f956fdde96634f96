"""What an auditor can do in chat with what is theirs, and what nobody else can."""

import pytest

from bot import names
from programme.words import AllocationState
from storage import find
from storage.office import Office
from tests.bot.conftest import Door, slack_id, words_of
from tests.cast import Cast, here
from tests.twins import signing


def test_audit_shows_my_audits_and_only_mine(door: Door, cast: Cast) -> None:
    answer = door.command(cast.auditor).get_json()
    assert answer["response_type"] == "ephemeral"
    assert words_of(answer["blocks"]).split("\n") == [
        f"*{cast.allocation.case.ref}*  Fathers",
        "Due on Friday 13 October  (AUD-2017-10-01)",
        "Open the form",
        "I can't do this one",
        "Sign in to the pages",
    ]


def test_an_outsider_has_none(door: Door, cast: Cast) -> None:
    words = words_of(door.command(cast.outsider).get_json()["blocks"])
    assert words == "You have no audit at the moment. When one is yours, a message comes here.\nSign in to the pages"


def test_a_stranger_is_told_whom_to_ask(door: Door) -> None:
    answer = door.send(signing.command("USTRANGER")).get_json()
    assert answer["text"] == (
        "We do not know this Slack account yet. Ask the administrator to look at your address on the people list."
    )


def test_the_form_opens_by_a_link_that_works_once(door: Door, cast: Cast, office: Office) -> None:
    assert door.press(cast.auditor, names.OPEN_FORM, "AUD-2017-10-01").status_code == 200
    [link] = [
        element["url"] for block in door.modal["blocks"] if block["type"] == "actions" for element in block["elements"]
    ]
    secret = link.removeprefix("http://127.0.0.1:5000/sign-in/")
    with office.record.reading() as session:
        made = find.visits.link(session, secret)
        assert made is not None
        assert (made.person.email, made.leads_to) == (cast.auditor.email, f"/returns/{cast.allocation.token}")


@pytest.mark.parametrize("action", [names.OPEN_FORM, names.CANNOT_DO])
def test_somebody_elses_button_does_nothing(door: Door, cast: Cast, action: str) -> None:
    for stranger in (cast.peer, cast.head_of_service, cast.administrator, cast.outsider):
        assert door.press(stranger, action, "AUD-2017-10-01").status_code == 200
        assert door.modal_words == "This child's record is with somebody else. Type /audit to see what is yours."


def test_a_reason_is_kept_and_the_administrator_told(door: Door, cast: Cast, office: Office) -> None:
    door.press(cast.auditor, names.CANNOT_DO, "AUD-2017-10-01")
    values = {
        "reason": {"reason": {"selected_option": {"value": "capacity"}}},
        "words": {"words": {"value": "Two court weeks."}},
    }
    answer = door.send(signing.submission(slack_id(cast.auditor), door.modal, values)).get_json()
    assert answer["response_action"] == "update"
    with office.record.reading() as session:
        allocation = find.allocations.by_ref(session, "AUD-2017-10-01")
        assert (allocation.state, allocation.reason) == (AllocationState.OUT, "capacity")
        told = find.notices.of_kind(session, "reason_given")
        assert [notice.person.email for notice in told] == [cast.administrator.email]


def test_another_reason_needs_words_under_its_field(door: Door, cast: Cast) -> None:
    door.press(cast.auditor, names.CANNOT_DO, "AUD-2017-10-01")
    values = {"reason": {"reason": {"selected_option": {"value": "other"}}}, "words": {"words": {"value": None}}}
    answer = door.send(signing.submission(slack_id(cast.auditor), door.modal, values)).get_json()
    assert answer == {"response_action": "errors", "errors": {"words": "Say in a few words what stops you."}}


def test_a_sent_modal_is_judged_again(door: Door, cast: Cast, office: Office) -> None:
    """Opened while it was theirs, sent when it was not any more."""
    door.press(cast.auditor, names.CANNOT_DO, "AUD-2017-10-01")
    with office.record.writing() as session:
        find.allocations.by_ref(session, "AUD-2017-10-01").holder = here(session, cast.peer)
    values = {"reason": {"reason": {"selected_option": {"value": "capacity"}}}, "words": {"words": {"value": "x"}}}
    answer = door.send(signing.submission(slack_id(cast.auditor), door.modal, values)).get_json()
    said = words_of(answer["view"]["blocks"])
    assert said == "This child's record is with somebody else. Type /audit to see what is yours."


def test_home_is_drawn_for_the_person(door: Door, cast: Cast) -> None:
    door.send(signing.event(slack_id(cast.auditor), "app_home_opened", tab="home"))
    words = words_of(door.twin.homes[slack_id(cast.auditor)]["blocks"]).split("\n")
    assert words[0] == f"Hello, {cast.auditor.name}"
    assert f"*{cast.allocation.case.ref}*  Fathers" in words
    assert f"*{cast.peers_allocation.case.ref}*  Fathers" not in words


@pytest.mark.parametrize(
    "word", ["", "help", "status", "return", "round", "swap", "away", "actions", "chase", "report"]
)
def test_every_word_is_answered_for_everybody(door: Door, cast: Cast, word: str) -> None:
    for person in cast.everyone:
        answer = door.command(person, word)
        assert (answer.status_code, answer.get_json()["response_type"]) == (200, "ephemeral")
        assert "this code" not in answer.get_json()["text"]


def test_an_unknown_word_is_met_with_the_nearest(door: Door, cast: Cast) -> None:
    said = door.command(cast.auditor, "staus").get_json()["text"]
    assert said == "`/audit` does not know that word. Did you mean `/audit status`? `/audit help` lists what it knows."
