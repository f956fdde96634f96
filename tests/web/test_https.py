"""At an https address: the cookie is bound to it, and forms work although our pages tell no one where one was."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr

import app as front_hall
from programme.sign_in import SignInLink
from settings import Settings
from storage.office import Office
from tests.cast import Cast, here
from tests.storage.test_races import url_of

BEHIND_A_PROXY = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "audits.example.org"}


@pytest.fixture
def browser(office: Office, cast: Cast) -> Iterator[FlaskClient]:  # noqa: ARG001 - on record before the app opens it
    built = front_hall.build(
        Settings(
            _env_file=None,
            database_url=url_of(office.record),
            secret_key=SecretStr("for tests only, and long enough for it"),
            public_url="https://audits.example.org",
        )
    )
    client = built.test_client()
    client.environ_base.update({f"HTTP_{name.upper().replace('-', '_')}": it for name, it in BEHIND_A_PROXY.items()})
    yield client
    built.extensions["auditloop"].office.record.close()


@pytest.fixture
def link(office: Office, cast: Cast) -> str:
    with office.record.writing() as session:
        made, secret = SignInLink.make(here(session, cast.auditor), leads_to="/me", at=office.real_now())
        session.add(made)
    return f"/sign-in/{secret}"


def come_in(browser: FlaskClient, link: str) -> list[str]:
    """Press the button as a browser does that sends no Referer; the cookies that came back."""
    page = browser.get(link).text
    secret = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert secret is not None
    answer = browser.post(link, data={"csrf_token": secret[1]}, headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer.location) == (303, "/me")
    return answer.headers.getlist("Set-Cookie")


def test_a_form_is_taken_without_a_referer(browser: FlaskClient, link: str, cast: Cast) -> None:
    come_in(browser, link)
    assert cast.auditor.name in browser.get("/me").text


def test_the_cookie_is_bound_to_our_address_and_shut_to_scripts(browser: FlaskClient, link: str) -> None:
    cookies = come_in(browser, link)
    assert len(cookies) == 1
    name, _, rest = cookies[0].partition("=")
    attributes = {part.strip() for part in rest.split(";")[1:]}
    assert (name, attributes) == ("__Host-auditloop", {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"})


def test_the_cookie_holds_no_name(browser: FlaskClient, link: str, cast: Cast) -> None:
    come_in(browser, link)
    with browser.session_transaction(base_url="https://audits.example.org") as cookie:
        assert set(cookie) <= {"visit", "seen", "csrf_token"}
        assert cast.auditor.email not in str(dict(cookie))


def test_browsers_are_told_to_stay_with_https(browser: FlaskClient) -> None:
    year = timedelta(days=365).total_seconds()
    said = browser.get("/help").headers["Strict-Transport-Security"]
    assert said == f"max-age={year:.0f}; includeSubDomains"
