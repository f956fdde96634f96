"""The pages of messages: what will be sent and was, as each may see it, and the steps of those who run the month."""

import re
from html import unescape

import pytest
from flask import Flask
from playwright.sync_api import Page

from programme.facts import ChildUnsafe, MessagesPaused
from programme.notices import Answer, Notice, Reply
from programme.people import Person
from programme.words import NoticeState
from storage import find, journal, outbox
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.cast import NOW, Cast, here
from tests.storage.test_outbox import moved_to
from tests.web.conftest import Browser
from tests.web.sent import errors_in, fields_of
from tests.web.served import faults_of, page_of
from tests.web.test_opening import words

pytestmark = ON_ONE_DATABASE

PAGE, PAST = "/outbox", "/outbox/past"
REASON = "Wait until the list is right."


def main(page: str) -> str:
    return unescape(words(page.partition("<main")[2].partition("</main>")[0]))


def numbers(office: Office, *states: NoticeState) -> list[int]:
    with office.record.reading() as session:
        return [each.id or 0 for each in find.notices.in_state(session, *states)]


def notice(office: Office, number: int) -> Notice:
    with office.record.reading() as session:
        return find.outbox.by_number(session, number)


@pytest.fixture
def first(office: Office, cast: Cast) -> int:  # noqa: ARG001 - the cast's two messages wait
    """The message that gives Asha her audit."""
    return numbers(office, NoticeState.WAITING)[0]


def answered(office: Office, number: int, answer: Answer, code: str) -> None:
    with office.record.writing() as session:
        told = find.outbox.by_number(session, number)
        told.lease("w", real_now=office.real_now())
        told.record(Reply(answer, code, "D1", "1.1", wait=600), at=NOW, real_now=office.real_now())


def told(office: Office, fact: type[ChildUnsafe] | type[MessagesPaused], who: Person, **said: object) -> int:
    with office.record.writing() as session:
        journal.write(session, [fact(about="SAFE-1", tell=(here(session, who),), **said)], by=None, at=NOW)  # type: ignore[arg-type]
    return numbers(office, NoticeState.WAITING)[-1]


class TestWhatWillBeSent:
    def test_it_says_to_whom_why_what_and_what_holds_it_up(
        self, browser: Browser, office: Office, cast: Cast, first: int
    ) -> None:
        answered(office, first, Answer.RETRY, "not_reached")
        shown = main(browser(cast.administrator).get(PAGE).text)
        for said in (
            "Asha Thornbury AUD-2017-10-01 An audit was given to them. “October 2017: an audit is ready for you”",
            "Slack cannot be reached. Tried again at ",
            "Kofi Lindqvist AUD-2017-10-02",
            "Goes in the next minute.",
        ):
            assert said in shown

    def test_each_reads_their_own_and_heads_their_services(self, browser: Browser, office: Office, cast: Cast) -> None:
        moved_to(office, 13)
        shown = {who.name: main(browser(who).get(PAGE).text) for who in cast.everyone}
        sees = {
            name: [ref for ref in ("AUD-2017-10-01", "AUD-2017-10-02") if ref in said] for name, said in shown.items()
        }
        both, all_of_it = (
            ["AUD-2017-10-01", "AUD-2017-10-02"],
            {"Maren Castellane", "Bronwen Achterberg", "Leocadia Marsh"},
        )
        assert sees == {
            who.name: both
            if who.name in all_of_it
            else {"Asha Thornbury": both[:1], "Kofi Lindqvist": both[1:]}.get(who.name, [])
            for who in cast.everyone
        }
        assert "You AUD-2017-10-01" in shown["Asha Thornbury"]
        assert (
            "9:05am on Friday 13 October 2017 You, AUD-2017-10-01: the day before it is due" in shown["Asha Thornbury"]
        )
        assert "9am on Monday 16 October" not in shown["Yusuf Pemberley"]
        assert "Nothing waits." in shown["Yusuf Pemberley"]
        assert ["Pause all messages" in said for said in shown.values()].count(True) == 2

    def test_it_is_found_by_person_or_reference(self, browser: Browser, cast: Cast) -> None:
        client = browser(cast.administrator)
        for said in ("kofi", "AUD-2017-10-02"):
            shown = main(client.get(PAGE, query_string={"about": said}).text)
            assert ("Kofi Lindqvist" in shown, "Asha Thornbury" in shown, "Show all" in shown) == (True, False, True)

    def test_there_are_pages_of_fifty(self, browser: Browser, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            facts = [
                MessagesPaused(about=f"x {n}", paused=True, tell=(here(session, cast.auditor),)) for n in range(60)
            ]
            journal.write(session, facts, by=None, at=NOW)
        client = browser(cast.auditor)
        first, second = client.get(PAGE).text, client.get(f"{PAGE}?page=2&about=x").text
        assert ("Page 1 of 2" in main(first), first.count(">Look<")) == (True, 50)
        assert (f'href="{PAGE}?page=1&amp;about=x"' in second, second.count(">Look<")) == (True, 11)
        for odd in ("0", "-1", "x", "9" * 40, "\N{SUPERSCRIPT TWO}"):
            assert client.get(PAGE, query_string={"page": odd}).status_code == 200

    def test_what_cannot_be_drawn_does_not_break_the_page(self, browser: Browser, office: Office, cast: Cast) -> None:
        told(office, MessagesPaused, cast.auditor, paused=True)
        shown = browser(cast.auditor).get(PAGE)
        assert (shown.status_code, "It cannot be drawn." in main(shown.text)) == (200, True)


class TestOneMessage:
    def test_it_is_shown_as_it_would_be_drawn_now(self, browser: Browser, cast: Cast, first: int) -> None:
        shown = main(browser(cast.auditor).get(f"{PAGE}/{first}").text)
        for said in ("To Asha Thornbury An audit was given to them", "October 2017: an audit is ready for you"):
            assert said in shown
        assert ("[Open the form]" in shown, "*" in shown, "Hold" in shown) == (True, False, False)

    def test_nobody_else_sees_it(self, browser: Browser, cast: Cast, first: int) -> None:
        may = {cast.auditor.name, cast.head_of_service.name, cast.administrator.name, cast.head_of_quality.name}
        statuses = {who.name: browser(who).get(f"{PAGE}/{first}").status_code for who in cast.everyone}
        assert statuses == {who.name: 200 if who.name in may else 404 for who in cast.everyone}
        assert browser(cast.administrator).get(f"{PAGE}/99999").status_code == 404

    def test_what_would_not_be_sent_now_says_why(
        self, browser: Browser, office: Office, cast: Cast, first: int
    ) -> None:
        with office.record.writing() as session:
            find.allocations.by_ref(session, "AUD-2017-10-01").hand_over_to(here(session, cast.peer))
        shown = main(browser(cast.administrator).get(f"{PAGE}/{first}").text)
        assert "As things are now it would not be sent: not theirs to do any more. In its place stands:" in shown

    def test_it_is_held_with_a_reason_and_released(
        self, browser: Browser, office: Office, cast: Cast, first: int
    ) -> None:
        client, at = browser(cast.administrator), f"{PAGE}/{first}"
        wrong = client.post(at, data={"step": "hold", "hold_reason": " "})
        assert (wrong.status_code, errors_in(wrong.text)) == (422, {"hold_reason": "Say why."})
        assert client.post(at, data={"step": "hold", "hold_reason": REASON}).location == at
        held = f"Held by Bronwen Achterberg, because: {REASON}"
        assert (notice(office, first).state, held in main(client.get(PAGE).text)) == (NoticeState.HELD, True)
        assert client.post(at, data={"step": "release"}).location == at
        assert notice(office, first).state is NoticeState.WAITING

    def test_it_is_dropped_once_it_is_asked(self, browser: Browser, office: Office, cast: Cast, first: int) -> None:
        client, at = browser(cast.administrator), f"{PAGE}/{first}"
        asked = client.post(at, data={"step": "drop", "drop_reason": REASON})
        assert (asked.status_code, "Drop this message to Asha Thornbury?" in main(asked.text)) == (200, True)
        assert notice(office, first).state is NoticeState.WAITING
        assert client.post(at, data=fields_of(asked.text)).location == at
        assert notice(office, first).state is NoticeState.DROPPED
        again = client.post(at, data=fields_of(asked.text))
        assert (again.status_code, "This message is dropped by now." in main(again.text)) == (422, True)
        assert f"Dropped by Bronwen Achterberg, because: {REASON}" in main(client.get(PAST).text)

    def test_what_failed_is_shown_and_sent_again(
        self, browser: Browser, office: Office, cast: Cast, first: int
    ) -> None:
        answered(office, first, Answer.PERSON, "user_disabled")
        client, at = browser(cast.administrator), f"{PAGE}/{first}"
        said = "AUD-2017-10-01: a message did not reach Asha Thornbury. Their Slack account is closed: see Messages."
        assert said in main(client.get("/").text)
        assert "Did not go out. Their Slack account is closed" in main(client.get(PAST).text)
        assert client.post(at, data={"step": "again"}).location == at
        assert (notice(office, first).state, said in main(client.get("/").text)) == (NoticeState.WAITING, False)

    def test_an_alert_can_be_neither_held_nor_dropped(self, browser: Browser, office: Office, cast: Cast) -> None:
        number = told(office, ChildUnsafe, cast.team_manager)
        client, at = browser(cast.administrator), f"{PAGE}/{number}"
        shown = client.get(at).text
        assert ("hold_reason" in shown, "drop_reason" in shown) == (False, False)
        for step in ("hold", "drop"):
            assert client.post(at, data={"step": step, f"{step}_reason": REASON, "sure": "yes"}).status_code == 422
        assert notice(office, number).state is NoticeState.WAITING

    def test_only_those_who_run_the_month_change_anything(
        self, browser: Browser, office: Office, cast: Cast, first: int
    ) -> None:
        for who in (cast.auditor, cast.head_of_service, cast.outsider):
            for step in ("hold", "release", "drop", "again"):
                said = {"step": step, f"{step}_reason": REASON, "sure": "yes"}
                assert browser(who).post(f"{PAGE}/{first}", data=said).status_code == 404
            assert browser(who).post(PAGE, data={"step": "pause", "sure": "yes"}).status_code == 404
        assert browser(cast.administrator).post(f"{PAGE}/{first}", data={"step": "anything"}).status_code == 404
        assert notice(office, first).state is NoticeState.WAITING


class TestAllMessages:
    def test_they_are_paused_and_let_go_once_it_is_asked(self, browser: Browser, office: Office, cast: Cast) -> None:
        client, paused = browser(cast.administrator), "All messages are paused, but for alerts"
        for step, question, then in (
            ("pause", "Pause all messages?", True),
            ("resume", "Let messages go again?", False),
        ):
            asked = client.post(PAGE, data={"step": step})
            with office.record.reading() as session:
                assert (question in main(asked.text), find.notices.paused(session)) == (True, not then)
            assert client.post(PAGE, data=fields_of(asked.text)).location == PAGE
            assert [paused in main(client.get(at).text) for at in (PAGE, "/")] == [then, then]
            assert paused not in main(browser(cast.head_of_service).get("/").text)
        assert client.post(PAGE, data={"step": "anything"}).status_code == 404

    def test_while_slack_refuses_the_app_it_says_since_when_and_why(
        self, browser: Browser, office: Office, cast: Cast
    ) -> None:
        with office.record.writing() as session:
            find.notices.switch(session, to_change=True).refuse("token_revoked", real_now=NOW)
        client = browser(cast.administrator)
        said = (
            "Slack has refused the app since 09:05 on Monday 2 October, so nothing goes out there; what goes by e-mail"
            " does. Our token was revoked"
        )
        assert [said in main(client.get(at).text) for at in (PAGE, "/")] == [True, True]
        assert "Slack refuses the app. Our token was revoked in Slack." in main(client.get(PAGE).text)


def test_the_pages_are_clean_on_a_phone_and_work_by_keyboard(
    app: Flask, office: Office, browser: Browser, cast: Cast, first: int
) -> None:
    answered(office, numbers(office, NoticeState.WAITING)[1], Answer.PERSON, "user_disabled")
    found: dict[str, list[str]] = {}
    with page_of(app, browser(cast.administrator), width=320) as page:
        page.goto(PAGE)
        found["to go"] = faults_of(page)
        page.get_by_role("link", name=re.compile("Look at the message to Asha")).focus()
        enter(page)
        found["one"] = faults_of(page)
        press(page, "Hold", opened="Hold it back")
        found["no reason"] = faults_of(page)
        assert page.locator(":focus").inner_text().startswith("There is a problem")
        page.locator("[name=hold_reason]").focus()
        page.keyboard.type(REASON)
        press(page, "Hold")
        found["held"] = faults_of(page)
        press(page, "Release")
        page.locator("[name=drop_reason]").evaluate("it => it.closest('details').open = true")
        page.locator("[name=drop_reason]").focus()
        page.keyboard.type(REASON)
        press(page, "Drop")
        found["asked"] = faults_of(page)
        press(page, "Yes, drop it")
        page.goto(PAST)
        found["past"] = faults_of(page)
        page.goto(PAGE)
        press(page, "Pause all messages")
        press(page, "Pause all messages")
        found["paused"] = faults_of(page)
    with page_of(app, browser(cast.outsider), width=320) as page:
        page.goto(PAGE)
        found["empty"] = faults_of(page)
    assert {at: faults for at, faults in found.items() if faults} == {}
    assert notice(office, first).state is NoticeState.DROPPED
    with office.record.reading() as session:
        assert find.notices.paused(session)
        assert outbox.steps_of(session, []) == {}


def press(page: Page, name: str, *, opened: str = "") -> None:
    if opened:
        page.locator("summary", has_text=opened).focus()
        page.keyboard.press("Enter")
    page.get_by_role("button", name=name, exact=True).first.focus()
    enter(page)


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")
