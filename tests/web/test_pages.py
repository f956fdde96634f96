"""What every page carries, and what no page takes."""

from dataclasses import replace

import pytest

from programme.policy import About
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.cast import Cast
from tests.web.conftest import Browser, pages
from web.look import HEADERS

pytestmark = ON_ONE_DATABASE

TITLES = {
    "/": "What needs you",
    "/me": "About you",
    "/rounds": "Months",
    "/rounds/2017-10": "October 2017",
    "/rounds/2017-10/allocate": "Allocate October 2017",
    "/rounds/2017-10/give-out": "Give out October 2017",
    "/audits/AUD-2017-10-01/answer": "AUD-2017-10-01: answer",
    "/history": "History",
    "/outbox": "What will be sent",
    "/outbox/past": "What was sent",
    "/help": "Help",
    "/privacy": "Privacy",
    "/accessibility": "Accessibility",
    "/sign-in": "Sign in",
    "/sign-in/x": "This link does not work any more",
    "/demo": "Choose who you are",
    "/nowhere": "We cannot find that page",
}


@pytest.mark.parametrize("address", TITLES)
def test_every_page_has_a_title_one_heading_and_safe_headers(browser: Browser, cast: Cast, address: str) -> None:
    answer = browser(cast.administrator).get(address)
    assert f"<title>{TITLES[address]} \N{EN DASH} Auditloop</title>" in answer.text
    assert [answer.text.count(part) for part in ("<h1", "<main", "<script")] == [1, 1, 0]
    assert {name: answer.headers[name] for name in HEADERS} == dict(HEADERS)
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_foot_says_whom_to_ask(office: Office, cast: Cast) -> None:  # noqa: ARG001 - the cast is on record
    about = About(
        contact_name="Leocadia Marsh", contact_email="leocadia@example.org", framework_url="https://example.org/"
    )
    named = replace(office, rules=replace(office.rules, policy=replace(office.rules.policy, programme=about)))
    foot = pages(named).test_client().get("/nowhere").text.partition("<footer")[2]
    shown = ("Questions: Leocadia Marsh", 'href="mailto:leocadia@example.org"', 'href="https://example.org/"')
    assert [words in foot for words in shown] == [True] * 3


def test_what_another_site_sends_is_refused(browser: Browser, cast: Cast) -> None:
    client = browser(cast.administrator)
    sites = ("cross-site", "same-site", "same-origin", "none")
    answers = [client.post("/demo/next-day", headers={"Sec-Fetch-Site": site}).status_code for site in sites]
    assert answers == [400, 400, 303, 303]


@pytest.mark.parametrize("address", ["/rounds/%00", "/sign-in/%00", "/returns/%00", "/%00"])
def test_an_address_no_database_could_look_up(browser: Browser, cast: Cast, address: str) -> None:
    assert browser(cast.administrator).get(address).status_code == 404
