"""What an auditor can do in chat with what is theirs, and what nobody else can."""

from dataclasses import replace

import pytest

from bot import names
from programme.policy import About, Policy
from programme.rulebook import Rulebook
from programme.words import AllocationState
from storage import find
from storage.office import Office
from tests.bot.conftest import Door, open_door, slack_id, words_of
from tests.cast import Cast, here
from tests.twins import signing
from tests.twins.slack import SlackTwin


def test_audit_shows_my_audits_and_only_mine(door: Door, cast: Cast) -> None:
    answer = door.command(cast.auditor).get_json()
    assert answer["response_type"] == "ephemeral"
    assert words_of(answer["blocks"]).split("\n") == [
        f"*{cast.allocation.case.ref}*  Fathers",
        "Due on Friday 13 October  (AUD-2017-10-01)",
        "Open the form",
        "Swap",
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
    for stranger in (cast.peer, cast.team_manager, cast.outsider):
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
    words = door.home_of(cast.auditor).split("\n")
    assert words[0] == f"Hello, {cast.auditor.name}"
    assert f"*{cast.allocation.case.ref}*  Fathers" in words
    assert f"*{cast.peers_allocation.case.ref}*  Fathers" not in words


def test_home_of_a_stranger_says_whom_to_ask(door: Door) -> None:
    door.send(signing.event("USTRANGER", "app_home_opened", tab="home"))
    assert door.at_home("USTRANGER") == (
        "We do not know this Slack account yet. Ask the administrator to look at your address on the people list."
    )


def test_only_the_home_tab_is_drawn(door: Door, cast: Cast) -> None:
    door.send(signing.event(slack_id(cast.auditor), "app_home_opened", tab="messages"))
    assert door.twin.homes == {}


def test_the_policys_contact_is_the_one_to_ask(office: Office, cast: Cast, twin: SlackTwin) -> None:
    about = About("Practice & audits", contact_name="Odette <PLT>", contact_email="plt@example.org")
    door = open_door(replace(office, rules=Rulebook.of(Policy(programme=about))), twin)
    whom = "Odette &lt;PLT&gt; (plt@example.org)"
    assert door.send(signing.command("USTRANGER")).get_json()["text"] == (
        f"We do not know this Slack account yet. Ask {whom} to look at your address on the people list."
    )
    assert door.home_of(cast.outsider).split("\n")[-1] == f"Practice &amp; audits. Questions? Ask {whom}."


@pytest.mark.parametrize(
    "word", ["", "help", "status", "return", "round", "swap", "away", "actions", "chase", "report"]
)
def test_every_word_is_answered_for_everybody(door: Door, cast: Cast, word: str) -> None:
    for person in cast.everyone:
        answer = door.command(person, word)
        assert (answer.status_code, answer.get_json()["response_type"]) == (200, "ephemeral")
        assert "this code" not in answer.get_json()["text"]


def test_the_report_in_three_lines_is_for_who_may_read_it(door: Door, cast: Cast) -> None:
    assert door.said(cast.administrator, "report").split("\n") == [
        "*October 2017 at a glance* (not drafted)",
        "Returned 0 of 2, 0% (small numbers); 0 of them late.",
        "Moderated 0 of 0 returned in time.",
        "Not yet good 0 of 0.",
        "Sign in to the pages",
    ]
    refused = "The report for October 2017 is not issued yet. Type /audit to see what is yours."
    assert [door.said(who, "report") for who in (cast.auditor, cast.outsider)] == [refused] * 2
