"""Who sees which page, and what every page carries."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from programme.words import AllocationState
from storage import find, heartbeat
from storage.office import Office
from tests.cast import Cast, here
from tests.web.conftest import Browser
from web import demo, look
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


def test_the_board_shows_all_to_the_administrator(browser: Browser, cast: Cast) -> None:
    page = browser(cast.administrator).get("/rounds/2017-10").text
    shown = [text in page for text in ("AUD-2017-10-01", "AUD-2017-10-02", cast.auditor.name, cast.peer.name)]
    assert shown == [True] * 4


def test_a_head_of_another_service_sees_no_line(browser: Browser, cast: Cast) -> None:
    page = browser(cast.childs_head_of_service).get("/rounds/2017-10").text
    shown = [text in page for text in ("AUD-2017-10-0", cast.auditor.name, cast.allocation.case.ref)]
    assert shown == [False] * 3


def test_a_head_of_service_sees_the_own_auditors(browser: Browser, cast: Cast) -> None:
    assert cast.auditor.name in browser(cast.head_of_service).get("/rounds/2017-10").text


def test_giving_out_twice_is_met_kindly(browser: Browser, office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        allocation = find.allocations.by_ref(session, "AUD-2017-10-02")
        allocation.state, allocation.given_out_at = AllocationState.PLANNED, None
    client = browser(cast.administrator)
    assert client.post("/rounds/2017-10/give-out").location == "/rounds/2017-10?done=given-out"
    again = client.post("/rounds/2017-10/give-out")
    assert (again.status_code, "There is nothing to give out for October 2017." in again.text) == (409, True)


def test_a_month_that_is_none(browser: Browser, cast: Cast) -> None:
    client = browser(cast.administrator)
    assert [client.get(f"/rounds/{month}").status_code for month in ("2017-13", "x", "2031-01")] == [409, 409, 404]


def test_without_the_demo_its_pages_do_not_exist(office: Office, cast: Cast) -> None:
    app = Flask("real", static_folder=None)
    app.config.update(SECRET_KEY="for tests only", PUBLIC_URL=office.address, PROPAGATE_EXCEPTIONS=False)
    look.dress(app)
    app.register_blueprint(demo.routes(replace(office, demo=False)))
    app.context_processor(lambda: {"csrf_token": str, "programme": office.rules.policy.programme})
    client = app.test_client()
    answers = [
        client.get("/demo"),
        client.post("/demo", data={"email": cast.auditor.email}),
        client.post("/demo/next-day"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_the_demo_lets_anybody_be_anybody_and_time_pass(nobody: FlaskClient, office: Office, cast: Cast) -> None:
    assert nobody.post("/demo", data={"email": cast.peer.email}).location == "/"
    assert cast.peer.name in nobody.get("/me").text
    nobody.post("/demo/next-day")
    with office.record.reading() as session:
        assert office.today(session).isoformat() == "2017-10-03"


def test_the_lights(nobody: FlaskClient, office: Office) -> None:
    assert nobody.get("/healthz").get_json() == {"status": "ok"}
    assert nobody.get("/readyz").get_json()["status"] == "degraded"
    with office.record.writing() as session:
        heartbeat.beat(session, "w1", at=office.real_now())
    assert nobody.get("/readyz").get_json()["status"] == "ok"
    with office.record.writing() as session:
        heartbeat.beat(session, "w1", at=office.real_now() - timedelta(minutes=5))
    assert nobody.get("/readyz").get_json()["status"] == "degraded"


def test_a_form_without_its_secret_is_refused(app: Flask, browser: Browser, cast: Cast) -> None:
    client = browser(cast.administrator)
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post("/rounds/2017-10/give-out")
    assert (answer.status_code, "Please send that again" in answer.text) == (400, True)


def test_me_is_about_me(browser: Browser, cast: Cast, office: Office) -> None:
    with office.record.reading() as session:
        email = here(session, cast.auditor).email
    assert email in browser(cast.auditor).get("/me").text
