"""Coming in: a link works once, looking at it never spends it, and a visit can be ended."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from programme.people import Person
from programme.sign_in import SignInLink
from storage.office import Office
from tests.cast import Cast, here
from tests.storage.crowd import at_once
from tests.web.conftest import Browser
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


def test_an_idle_visit_is_over(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    with client.session_transaction() as cookie:
        cookie["seen"] = int(office.real_now().timestamp()) - 31 * 60
    assert client.get("/").location == "/sign-in?next=/"


@pytest.mark.parametrize(
    "asked",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "evil", "", "/ok\\..", "/a\nb", "javascript:x"],
)
def test_the_way_on_is_ours_or_home(asked: str) -> None:
    assert own_path(asked) == "/"


def test_our_own_path_is_kept() -> None:
    assert own_path("/returns/abc") == "/returns/abc"
