"""Somebody without Slack: the message comes by e-mail, and a browser does the rest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot import messages
from programme.words import AccountStanding, AllocationState, NoticeState
from scheduler.post.console import Console
from scheduler.post.email import Email, client
from scheduler.post.postman import Postman
from scheduler.post.ways import Ways
from storage import find
from storage.office import Office
from tests.cast import Cast, here
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
    chat = Console(lambda session, notice: messages.render(session, office, notice))
    ways = Ways(chat, Email(office, client(KEY, notify.url), TEMPLATE), has_slack=False)
    Postman(office, ways.render, ways.send, "w").deliver_until_empty()
    [said] = notify.sent_to(cast.auditor.email)
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
