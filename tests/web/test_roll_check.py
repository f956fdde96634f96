"""Roll checks on the pages: who has confirmed, and the answer of whoever is asked."""

import re
from datetime import date, time

import pytest

from programme.absences import Absence
from programme.calendar import at_london
from programme.words import AbsenceKind
from scheduler.sweeps.roll_check import RollChecks
from storage import clock, find
from storage.office import Office
from tests.cast import Cast, here
from tests.web.conftest import Browser

LISTS = "/rounds/2017-11/roll-check"


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())


@pytest.fixture
def mine(office: Office, cast: Cast) -> str:
    """The Head of Service has been asked; where their list stands."""
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, 18), time(9)))
        session.add(
            Absence(here(session, cast.auditor), date(2017, 10, 9), date(2017, 12, 1), kind=AbsenceKind.HANDS_OVER)
        )
    RollChecks(office).sweep()
    with office.record.reading() as session:
        service = here(session, cast.head_of_service).service
        assert service is not None
        return f"{LISTS}/{service.id}"


def test_the_start_page_leads_to_the_list_until_it_is_confirmed(cast: Cast, browser: Browser, mine: str) -> None:
    me = browser(cast.head_of_service)
    assert f'href="{mine}"' in me.get("/").text
    assert me.post(mine, data={"all_correct": "yes"}).location == mine
    assert f'href="{mine}"' not in me.get("/").text
    assert "Confirmed by Maren Castellane on Wednesday 18 October 2017" in words(me.get(mine).text)


def test_the_list_says_who_is_away_and_not_why(cast: Cast, browser: Browser, mine: str) -> None:
    page = words(browser(cast.head_of_service).get(mine).text)
    assert "Asha Thornbury Orchard Rowan Not at work Kofi Lindqvist Harbour Linden At work" in page
    assert ("hand" in page, "until" in page) == (False, False)


def test_those_who_run_the_month_see_who_has_confirmed(cast: Cast, browser: Browser, mine: str) -> None:
    browser(cast.head_of_service).post(mine, data={"all_correct": "yes"})
    page = words(browser(cast.administrator).get(LISTS).text)
    assert "Help and Protection Confirmed Maren Castellane" in page
    assert "Care and Permanence Asked Idris Wolowicz" in page


def test_when_the_month_has_begun_the_list_stands(office: Office, cast: Cast, browser: Browser, mine: str) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 11, 1), time(9)))
    assert "Not confirmed Maren Castellane" in words(browser(cast.administrator).get(LISTS).text)
    answer = browser(cast.head_of_service).post(mine, data={"all_correct": "yes"})
    assert (answer.status_code, "November 2017 has begun, so the list stands." in words(answer.text)) == (422, True)


def test_each_change_and_what_is_wrong_under_its_field(office: Office, cast: Cast, browser: Browser, mine: str) -> None:
    me, moved_on = browser(cast.head_of_service), {"what": "moved_on", "who": cast.peer.email}
    wrong = me.post(mine, data=moved_on | {"last_day.day": "31", "last_day.month": "11", "last_day.year": "2017"})
    assert (wrong.status_code, "Write the day as three numbers" in words(wrong.text)) == (422, True)
    right = moved_on | {"last_day.day": "30", "last_day.month": "11", "last_day.year": "2017"}
    assert me.post(mine, data=right).status_code == 303
    with office.record.reading() as session:
        assert here(session, cast.peer).ends == date(2017, 11, 30)
    joined = {"what": "joined", "name": "Priya Ashworth", "email": "priya@example.org"}
    assert me.post(mine, data=joined).status_code == 303
    assert "Priya Ashworth (priya@example.org)" in words(me.get(mine).text)
    with office.record.reading() as session:
        assert len(find.notices.of_kind(session, "joiner_named")) == 1


@pytest.mark.parametrize("who", ["auditor", "outsider", "childs_head_of_service"])
def test_for_anybody_else_there_is_no_such_list(cast: Cast, browser: Browser, mine: str, who: str) -> None:
    client = browser(getattr(cast, who))
    assert [client.get(mine).status_code, client.post(mine, data={"all_correct": "yes"}).status_code] == [404, 404]


@pytest.mark.parametrize(
    "where", ["/rounds/2017-13/roll-check", "/rounds/x/roll-check/1", "/rounds/2017-11/roll-check/99"]
)
def test_a_list_that_is_none(cast: Cast, browser: Browser, where: str) -> None:
    assert browser(cast.administrator).get(where).status_code == 404
