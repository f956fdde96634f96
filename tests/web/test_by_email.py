"""Somebody without Slack: the message comes by e-mail, and a browser does the rest."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot import messages
from programme.words import AccountStanding, AllocationState, NoticeState, Way
from scheduler.post.console import Console
from scheduler.post.email import Email, client
from scheduler.post.postman import Postman
from scheduler.post.ways import Ways
from storage import clock, find
from storage.office import Office
from tests.cast import NOW, Cast, here
from tests.forms.filling import returned
from tests.scheduler.later import later
from tests.twins.notify import KEY, TEMPLATE, NotifyTwin
from tests.web.conftest import Browser, pages


@pytest.fixture
def notify() -> Iterator[NotifyTwin]:
    twin = NotifyTwin().start()
    yield twin
    twin.stop()


@pytest.fixture
def link(office: Office, cast: Cast, notify: NotifyTwin) -> str:
    """The way in that the auditor reads in the e-mail which says that the audit is theirs."""
    with office.record.writing() as session:
        here(session, cast.auditor).slack_standing = AccountStanding.NONE
        here(session, cast.auditor).slack_user_id = None
    return link_sent(office, notify, cast.auditor.email)


def link_sent(office: Office, notify: NotifyTwin, to: str) -> str:
    """All that may go now goes; the way in that stands in the one e-mail to this address."""
    chat = Console(lambda session, notice: messages.render(session, office, notice))
    ways = Ways(chat, Email(office, client(KEY, notify.url), TEMPLATE), has_slack=False)
    Postman(office, ways.render, ways.send, "w").deliver_until_empty()
    [said] = notify.sent_to(to)
    return said["body"].partition(f"Answer here: {office.address}")[2].split()[0]


def test_an_audit_is_returned_from_an_email_and_a_browser(
    nobody: FlaskClient, office: Office, cast: Cast, link: str
) -> None:
    assert "Hello, Asha Thornbury" in nobody.get(link).text
    assert nobody.post(link).location == "/"
    assert f"/returns/{cast.allocation.token}" in nobody.get("/").text
    assert returned(nobody, cast).status_code == 303
    with office.record.reading() as session:
        audit = find.allocations.by_ref(session, cast.allocation.ref)
        [receipt] = find.notices.of_kind(session, "return_recorded")
    assert audit.state is AllocationState.RETURNED_IN_TIME
    assert (receipt.person.email, receipt.state) == (cast.auditor.email, NoticeState.WAITING)


def test_scanners_that_open_a_link_burn_nothing_and_it_works_once(nobody: FlaskClient, link: str) -> None:
    looks = [(nobody.get(link).status_code, nobody.head(link).status_code) for _ in range(20)]
    assert set(looks) == {(200, 200)}
    assert [nobody.post(link).status_code, nobody.post(link).status_code] == [303, 410]


@pytest.mark.parametrize(("after", "status"), [(timedelta(days=2, hours=23), 303), (timedelta(days=3, hours=1), 410)])
def test_it_works_for_three_days(office: Office, link: str, after: timedelta, status: int) -> None:
    by_then: Flask = pages(later(office, seconds=after.total_seconds()))
    assert by_then.test_client().post(link).status_code == status


def without_token(page: str) -> str:
    """A form's secret bears the second in which it was made."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)


class TestAskingForALink:
    @pytest.fixture
    def app(self, office: Office, cast: Cast) -> Flask:  # noqa: ARG002 - the cast is on record before anybody looks
        return pages(replace(office, has_email=True))

    def asked(self, office: Office) -> list[tuple[str, Way]]:
        with office.record.reading() as session:
            return [(each.person.email, each.way) for each in find.notices.of_kind(session, "link_asked")]

    def test_who_is_on_the_list_is_sent_one_however_often_they_ask(
        self, nobody: FlaskClient, office: Office, cast: Cast
    ) -> None:
        assert "Send me a link" in nobody.get("/sign-in").text
        for _ in range(3):
            nobody.post("/sign-in", data={"email": f" {cast.auditor.email.upper()} "})
        assert self.asked(office) == [(cast.auditor.email, Way.EMAIL)]
        with office.record.writing() as session:
            clock.set_to(session, NOW + timedelta(minutes=11))
        nobody.post("/sign-in", data={"email": cast.auditor.email})
        assert len(self.asked(office)) == 2

    def test_while_messages_are_paused_it_comes_and_leads_in(
        self, nobody: FlaskClient, office: Office, cast: Cast, notify: NotifyTwin
    ) -> None:
        """So after a restore, which ends every visit."""
        with office.record.writing() as session:
            find.notices.set_paused(session, paused=True)
        nobody.post("/sign-in", data={"email": cast.administrator.email})
        assert nobody.post(link_sent(office, notify, cast.administrator.email)).status_code == 303
        assert "Let messages go again" in nobody.get("/outbox").text

    @pytest.mark.parametrize("email", ["stranger@example.org", "", "\0", "x" * 5000])
    def test_nobody_learns_who_is_on_the_list(
        self, nobody: FlaskClient, office: Office, cast: Cast, email: str
    ) -> None:
        known = nobody.post("/sign-in", data={"email": cast.auditor.email})
        answer = nobody.post("/sign-in", data={"email": email})
        assert (answer.status_code, without_token(answer.text)) == (200, without_token(known.text))
        assert len(self.asked(office)) == 1

    def test_who_has_moved_on_is_sent_none(self, nobody: FlaskClient, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            here(session, cast.auditor).ends = office.today(session) - timedelta(days=1)
        nobody.post("/sign-in", data={"email": cast.auditor.email})
        assert self.asked(office) == []


def test_without_email_nobody_is_offered_a_link_by_it(nobody: FlaskClient, office: Office, cast: Cast) -> None:
    assert "Send me a link" not in nobody.get("/sign-in").text
    nobody.post("/sign-in", data={"email": cast.auditor.email})
    with office.record.reading() as session:
        assert find.notices.of_kind(session, "link_asked") == []


class TestWhatSomebodyLikesBetter:
    @pytest.fixture
    def app(self, office: Office, cast: Cast) -> Flask:  # noqa: ARG002 - the cast is on record before anybody looks
        return pages(replace(office, has_email=True))

    def test_it_is_chosen_about_oneself(self, browser: Browser, office: Office, cast: Cast) -> None:
        me = browser(cast.auditor)
        assert "How messages reach you" in me.get("/me").text
        for way, likes in (("email", True), ("chat", False)):
            assert me.post("/me", data={"way": way}).location == "/me"
            with office.record.reading() as session:
                assert here(session, cast.auditor).prefers_email is likes


def test_without_email_there_is_nothing_to_choose(browser: Browser, cast: Cast) -> None:
    assert "How messages reach you" not in browser(cast.auditor).get("/me").text
