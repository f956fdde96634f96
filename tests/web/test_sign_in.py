"""Coming in: a link works once, looking at it never spends it, and a visit can be ended."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from programme.people import Person
from programme.sign_in import SignInLink
from storage import find, tables
from storage.office import Office
from tests.cast import Cast, here
from tests.storage.crowd import at_once
from tests.web.conftest import Browser, pages
from web.sign_in import own_path


def link_for(office: Office, person: Person, *, ago: timedelta = timedelta(), leads_to: str = "/me") -> str:
    with office.record.writing() as session:
        link, secret = SignInLink.make(here(session, person), leads_to=leads_to, at=office.real_now() - ago)
        session.add(link)
    return f"/sign-in/{secret}"


def test_looking_spends_nothing_and_pressing_works_once(nobody: FlaskClient, office: Office, cast: Cast) -> None:
    address = link_for(office, cast.auditor)
    seen = {(nobody.get(address).status_code, nobody.head(address).status_code) for _ in range(25)}
    assert seen == {(200, 200)}
    first = nobody.post(address)
    assert (first.status_code, first.location) == (303, "/me")
    assert cast.auditor.name in nobody.get("/me").text
    assert [nobody.post(address).status_code, nobody.get(address).status_code] == [410, 410]


def test_a_link_gets_too_old(nobody: FlaskClient, office: Office, cast: Cast) -> None:
    assert nobody.post(link_for(office, cast.auditor, ago=timedelta(minutes=11))).status_code == 410


@pytest.mark.parametrize("has_email", [True, False])
def test_who_had_a_spent_link_reads_of_another_by_email_where_there_is_any(
    office: Office, cast: Cast, has_email: bool
) -> None:
    address = link_for(office, cast.auditor, ago=timedelta(minutes=11))
    said = pages(replace(office, has_email=has_email)).test_client().get(address).text
    assert "Type /audit in chat" in said
    assert ("The sign-in page sends you one by e-mail, too." in said) is has_email


def test_of_two_who_press_at_once_one_comes_in(app: Flask, office: Office, cast: Cast) -> None:
    address = link_for(office, cast.auditor)
    answers = at_once(8, lambda _: app.test_client().post(address).status_code)
    assert sorted(answers) == [303] + [410] * 7


def test_signing_out_ends_the_visit_itself(browser: Browser, cast: Cast) -> None:
    client = browser(cast.auditor)
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    assert client.get("/").status_code == 200
    client.post("/sign-out")
    with client.session_transaction() as cookie:
        cookie.update(kept)
    assert client.get("/").location == "/sign-in?next=/"


def test_somebody_who_moved_on_is_out_at_once(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    with office.record.writing() as session:
        here(session, cast.auditor).ends = office.today(session) - timedelta(days=1)
    assert client.get("/").location == "/sign-in?next=/"


def test_a_link_of_somebody_who_moved_on_opens_nothing(nobody: FlaskClient, office: Office, cast: Cast) -> None:
    address = link_for(office, cast.auditor)
    with office.record.writing() as session:
        here(session, cast.auditor).ends = office.today(session) - timedelta(days=1)
    assert [nobody.get(address).status_code, nobody.post(address).status_code] == [410, 410]


@pytest.mark.parametrize("address", ["/", "/me", "/returns/{token}"])
def test_no_page_knows_somebody_who_moved_on(browser: Browser, office: Office, cast: Cast, address: str) -> None:
    client, page = browser(cast.auditor), address.format(token=cast.allocation.token)
    assert client.get(page).status_code == 200
    with office.record.writing() as session:
        here(session, cast.auditor).ends = office.today(session) - timedelta(days=1)
    assert client.get(page).location == f"/sign-in?next={page}"
    assert (
        client.post(f"/returns/{cast.allocation.token}").location == f"/sign-in?next=/returns/{cast.allocation.token}"
    )
    assert cast.auditor.name not in client.get("/help").text


def test_a_visit_ends_with_the_day(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    with client.session_transaction() as cookie, office.record.writing() as session:
        visit = find.visits.visit(session, cookie["visit"])
        assert visit is not None
        visit.began_at -= timedelta(hours=10, minutes=1)
    assert client.get("/").location == "/sign-in?next=/"


def test_pressed_again_by_who_is_in_a_link_shows_the_way_on(
    nobody: FlaskClient, browser: Browser, office: Office, cast: Cast
) -> None:
    address = link_for(office, cast.auditor, leads_to="/returns/abc")
    nobody.post(address)
    for answer in (nobody.get(address), nobody.post(address)):
        assert (answer.status_code, 'href="/returns/abc"' in answer.text) == (410, True)
    assert "/returns/abc" not in browser(cast.peer).get(address).text


def test_coming_in_is_in_the_history_and_in_no_cookie_but_as_a_secret(
    nobody: FlaskClient, office: Office, cast: Cast
) -> None:
    nobody.post(link_for(office, cast.auditor))
    with office.record.reading() as session:
        me = here(session, cast.auditor)
        entries = session.execute(select(tables.history).where(tables.history.c.kind == "signed_in")).all()
        assert [(entry.about, entry.by_id, entry.details) for entry in entries] == [
            (me.reference, me.id, {"by_way_of": "link"})
        ]
        with nobody.session_transaction() as cookie:
            assert set(cookie) == {"visit", "seen"}
            visit = find.visits.visit(session, cookie["visit"])
        assert visit is not None
        assert visit.person is me


def test_a_link_that_leads_away_leads_home(nobody: FlaskClient, office: Office, cast: Cast) -> None:
    assert nobody.post(link_for(office, cast.auditor, leads_to="//evil.example")).location == "/"


def test_a_form_opened_in_time_may_be_sent_hours_later(browser: Browser, office: Office, cast: Cast) -> None:
    """Reading a child's record takes longer than a visit may be idle; what was written meanwhile is not lost."""
    client, address = browser(cast.auditor), f"/returns/{cast.allocation.token}/strengths"
    assert client.get(address).status_code == 200
    idle_for(client, office, timedelta(hours=3))
    assert client.get(address).location == f"/sign-in?next={address}"
    answer = client.post(address, data={"part": "strengths", "strengths": "Three hours of work."})
    assert (answer.status_code, "Three hours of work." in client.get(address).text) == (303, True)


def test_what_is_sent_elsewhere_by_an_idle_visit_is_not_done(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.administrator)
    idle_for(client, office, timedelta(minutes=31))
    assert client.post("/rounds/2017-10/give-out").location == "/sign-in?next=/"


def idle_for(client: FlaskClient, office: Office, time: timedelta) -> None:
    with client.session_transaction() as cookie:
        cookie["seen"] = int((office.real_now() - time).timestamp())


def test_an_idle_visit_is_over(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    idle_for(client, office, timedelta(minutes=29))
    assert client.get("/").status_code == 200
    idle_for(client, office, timedelta(minutes=31))
    assert client.get("/").location == "/sign-in?next=/"


def test_a_path_with_odd_letters_comes_back_whole(nobody: FlaskClient) -> None:
    assert nobody.get("/rounds/a&b=c%23d").location == "/sign-in?next=/rounds/a%26b%3Dc%23d"


@pytest.mark.parametrize(
    "asked",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "evil", "", "/ok\\..", "/a\nb", "javascript:x"],
)
def test_the_way_on_is_ours_or_home(asked: str) -> None:
    assert own_path(asked) == "/"


def test_our_own_path_is_kept() -> None:
    assert own_path("/returns/abc") == "/returns/abc"
