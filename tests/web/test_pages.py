"""Who sees which page, and what every page carries."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.web.conftest import Browser
from web.look import HEADERS

PUBLIC = {"/healthz", "/readyz", "/help", "/privacy", "/accessibility", "/sign-in", "/demo"}
NEEDS_SOMEBODY = {"/", "/me", "/rounds", "/rounds/2017-10", "/rounds/2017-10/allocate", "/rounds/2017-10/give-out"}


def addresses(app: Flask) -> set[str]:
    """Every address that can be looked at, with the values of the cast's month."""
    values = {"<month>": "2017-10", "<token>": "x", "<secret>": "x", "<path:filename>": "auditloop.css"}
    found = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    for name, value in values.items():
        found = {address.replace(name, value) for address in found}
    return found


def test_every_address_is_known_here(app: Flask) -> None:
    secrets = {"/returns/x", "/sign-in/x", "/static/auditloop.css"}
    assert addresses(app) == PUBLIC | NEEDS_SOMEBODY | secrets


@pytest.mark.parametrize("address", sorted(NEEDS_SOMEBODY))
def test_nobody_is_sent_to_sign_in(nobody: FlaskClient, address: str) -> None:
    assert nobody.get(address).location == f"/sign-in?next={address}"


@pytest.mark.parametrize("address", sorted(NEEDS_SOMEBODY - {"/", "/me"}))
def test_the_month_does_not_exist_for_an_outsider(browser: Browser, cast: Cast, address: str) -> None:
    client = browser(cast.outsider)
    answer = client.get(address)
    assert (answer.status_code, cast.allocation.case.ref in answer.text) == (404, False)
    assert client.post(address).status_code in {404, 405}


@pytest.mark.parametrize("address", sorted((PUBLIC | NEEDS_SOMEBODY) - {"/healthz", "/readyz"}))
def test_every_page_has_a_title_one_heading_and_safe_headers(browser: Browser, cast: Cast, address: str) -> None:
    answer = browser(cast.administrator).get(address)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert "\N{EN DASH} Auditloop</title>" in answer.text
    assert "<script" not in answer.text
    assert {name: answer.headers[name] for name in HEADERS} == dict(HEADERS)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_form_without_its_secret_is_refused(app: Flask, browser: Browser, cast: Cast) -> None:
    client = browser(cast.administrator)
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post("/rounds/2017-10/give-out")
    assert (answer.status_code, "Please send that again" in answer.text) == (400, True)


def test_what_another_site_sends_is_refused(browser: Browser, cast: Cast) -> None:
    client = browser(cast.administrator)
    sites = ("cross-site", "same-site", "same-origin", "none")
    answers = [client.post("/demo/next-day", headers={"Sec-Fetch-Site": site}).status_code for site in sites]
    assert answers == [400, 400, 303, 303]


@pytest.mark.parametrize("address", ["/rounds/%00", "/sign-in/%00", "/returns/%00", "/%00"])
def test_an_address_no_database_could_look_up(browser: Browser, cast: Cast, address: str) -> None:
    assert browser(cast.administrator).get(address).status_code == 404
