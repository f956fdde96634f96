"""The page of Slack accounts: who is not reached and why, who knocked, and steps that ask before they are done."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from flask import Flask

from programme.accounts import Account
from programme.people import Person
from programme.words import AccountStanding
from storage import clock, find, introducing
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.cast import NOW, Cast, here
from tests.web.conftest import Browser
from tests.web.sent import errors_in, fields_of
from tests.web.served import faults_of, page_of
from tests.web.test_opening import words

pytestmark = ON_ONE_DATABASE

PAGE, ACCOUNT = "/people/accounts", "USTRANGER"


@pytest.fixture(autouse=True)
def unsettled(office: Office, cast: Cast) -> None:
    """The auditor and the outsider have no account, the peer's is a guest's now; somebody knocked twice."""
    with office.record.writing() as session:
        asha, yusuf, kofi = (here(session, each) for each in (cast.auditor, cast.outsider, cast.peer))
        asha.slack_user_id, asha.slack_standing = None, AccountStanding.NONE
        yusuf.slack_user_id = None
        kofi.slack_gone_on, kofi.slack_standing = date(2017, 10, 2), AccountStanding.GUEST
    introducing.knock(office, ACCOUNT)
    with office.record.writing() as session:
        clock.set_to(session, NOW + timedelta(hours=1))
    introducing.knock(office, ACCOUNT)
    introducing.knock(office, "UGUEST")
    say(office, ACCOUNT, Account(AccountStanding.OURS, ACCOUNT, "A. <b>Thornbury</b>", "asha.t@example.org"))
    say(office, "UGUEST", Account(AccountStanding.GUEST, "UGUEST", "Gus Guest"))


def say(office: Office, account: str, said: Account) -> None:
    with office.record.writing() as session:
        knock = find.knocks.by_account(session, account)
        assert knock is not None
        knock.note(said, at=NOW)


def account_of(office: Office, person: Person) -> str | None:
    with office.record.reading() as session:
        return here(session, person).slack_user_id


def test_the_unmatched_with_why_and_who_knocked_with_how_often(browser: Browser, cast: Cast) -> None:
    page = browser(cast.administrator).get(PAGE).text
    shown = unescape(words(page))
    for said in (
        "Asha Thornbury asha@example.org Slack has no account with this address.",
        "Kofi Lindqvist kofi@example.org Their Slack account is a guest's now.",
        "Yusuf Pemberley yusuf@example.org Not looked up yet.",
        "One of ours, asha.t@example.org (USTRANGER) 2 times, first on 2 October, last 10:05am on Monday",
        "Gus Guest A guest (UGUEST) Once, 10:05am on Monday 2 October 2017",
    ):
        assert said in shown
    assert "A. &lt;b&gt;Thornbury&lt;/b&gt;" in page


def test_a_match_asks_first_and_is_then_made(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.administrator)
    chosen = {"step": "match", "match_account": ACCOUNT, "match_person": cast.auditor.email}
    asked = client.post(PAGE, data=chosen)
    assert (asked.status_code, "Is this Asha Thornbury's account?" in unescape(words(asked.text))) == (200, True)
    assert account_of(office, cast.auditor) is None
    assert fields_of(asked.text) == {**chosen, "sure": "yes"}
    assert client.post(PAGE, data=fields_of(asked.text)).location == PAGE
    assert account_of(office, cast.auditor) == ACCOUNT
    assert "Asha Thornbury is matched. What waited for them goes out." in words(client.get(PAGE).text)


def test_a_step_that_was_overtaken_says_so(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.administrator)
    chosen = {"step": "match", "match_account": ACCOUNT, "match_person": cast.auditor.email}
    assert client.post(PAGE, data=chosen).status_code == 200
    with office.record.writing() as session:
        introducing.match(session, office, cast.outsider.email, ACCOUNT, here(session, cast.head_of_quality))
    answer = client.post(PAGE, data={**chosen, "sure": "yes"})
    sentence = "This account is Yusuf Pemberley's already. Take that match back first."
    assert (answer.status_code, errors_in(answer.text)) == (422, {"match_account": sentence})
    assert account_of(office, cast.auditor) is None


def test_set_aside_brought_back_and_taken_back_each_ask(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.administrator)
    for step, said, question in (
        ("aside", {"aside_account": "UGUEST"}, "Set UGUEST aside?"),
        ("again", {"again_account": "UGUEST"}, "Look at UGUEST again?"),
        ("back", {"back_person": cast.head_of_service.email}, "Is this not Maren Castellane's account?"),
    ):
        asked = client.post(PAGE, data={"step": step, **said})
        assert question in unescape(words(asked.text))
        assert client.post(PAGE, data=fields_of(asked.text)).status_code == 303
        assert client.post(PAGE, data=fields_of(asked.text)).status_code == 422
    assert account_of(office, cast.head_of_service) is None


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({"step": "match"}, {"match_account": "Choose the account."}),
        ({"step": "match", "match_account": ACCOUNT}, {"match_person": "Choose somebody on the people list."}),
        (
            {"step": "match", "match_account": "UGUEST", "match_person": "asha@example.org"},
            {"match_account": "This account cannot be matched. Slack says: a guest."},
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    browser: Browser, cast: Cast, said: dict[str, str], errors: dict[str, str]
) -> None:
    answer = browser(cast.administrator).post(PAGE, data=said)
    assert (answer.status_code, errors_in(answer.text)) == (422, errors)


def test_it_is_for_those_who_run_the_month(browser: Browser, office: Office, cast: Cast) -> None:
    runs = {cast.administrator.name, cast.head_of_quality.name}
    statuses = {who.name: browser(who).get(PAGE).status_code for who in cast.everyone}
    assert statuses == {who.name: 200 if who.name in runs else 404 for who in cast.everyone}
    chosen = {"step": "match", "match_account": ACCOUNT, "match_person": cast.auditor.email, "sure": "yes"}
    assert browser(cast.head_of_service).post(PAGE, data=chosen).status_code == 404
    assert browser(cast.administrator).post(PAGE, data={"step": "anything"}).status_code == 404
    assert account_of(office, cast.auditor) is None


def test_it_can_be_read_and_pressed_by_everybody(app: Flask, browser: Browser, cast: Cast) -> None:
    client = browser(cast.administrator)
    with page_of(app, client, width=320) as page:
        page.goto(PAGE)
        assert faults_of(page) == []
        page.get_by_role("button", name=re.compile("Set aside Gus Guest")).click()
        assert faults_of(page) == []
        page.get_by_role("button", name="Set it aside").click()
        page.get_by_text("It is set aside.").wait_for()
