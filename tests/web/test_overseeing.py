"""The page of whoever oversees actions: what it counts, how it is narrowed, and what each may see of it."""

import csv
import io
import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from programme.overseeing import COLUMNS
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.cast import Cast
from tests.overseen import many
from tests.web.conftest import Browser
from tests.web.sent import errors_in
from tests.web.served import faults_of, page_of
from tests.web.test_opening import words
from web.as_csv import MARK, as_csv

pytestmark = ON_ONE_DATABASE

PAGE = "/actions"


def listed(page: str) -> list[str]:
    return re.findall(r'href="/actions/(ACT-[\d-]+)"', page)


def main(page: str) -> str:
    return unescape(words(page.partition("<main")[2].partition("</main>")[0]))


@pytest.fixture(autouse=True)
def actions(office: Office, cast: Cast) -> None:
    many(office, cast)


def test_it_counts_what_is_open_overdue_and_pressing(browser: Browser, cast: Cast) -> None:
    shown = main(browser(cast.team_manager).get(PAGE).text)
    assert "16 open, 8 of them immediate or urgent, 11 overdue." in shown
    assert "Open 16" in shown
    assert "Confirmed 8" in shown


def test_every_number_leads_to_so_many(browser: Browser, cast: Cast) -> None:
    client = browser(cast.administrator)
    page = client.get(PAGE).text
    links = re.findall(r'<a class="govuk-link" href="(/actions[^"/]*)">(\d+)<span', page)
    assert len(links) == 7
    assert {href: len(listed(client.get(unescape(href)).text)) for href, _ in links} == {
        href: int(number) for href, number in links
    }


def test_fifty_stand_on_a_page_and_the_filters_go_on_with_it(browser: Browser, cast: Cast) -> None:
    client, asked = browser(cast.administrator), "/actions?state=all&service=Care+and+Permanence"
    pages = [client.get(f"{asked}&page={number}").text for number in range(1, 6)]
    assert [len(listed(page)) for page in pages] == [50, 50, 50, 50, 20]
    assert len({ref for page in pages for ref in listed(page)}) == 220
    assert 'href="/actions?state=all&amp;service=Care+and+Permanence&amp;page=2"' in pages[0]
    assert listed(client.get(f"{asked}&page=999").text) == listed(pages[-1])


def test_nobody_reaches_what_they_may_not_see_by_asking_for_it(browser: Browser, cast: Cast) -> None:
    client = browser(cast.peer)
    for asked in ("?owner=tomasz@example.org", "?state=all&service=Care+and+Permanence&owner=idris@example.org"):
        page = client.get(f"{PAGE}{asked}").text
        assert (listed(page), "No action is like that." in main(page)) == ([], True)
        assert "Tomasz" not in page


@pytest.mark.parametrize("field", ["state", "priority", "open_for", "late_for"])
def test_a_filter_that_is_none_is_said_so(browser: Browser, cast: Cast, field: str) -> None:
    answer = browser(cast.administrator).get(f"{PAGE}?{field}=nonsense")
    assert (answer.status_code, list(errors_in(answer.text))) == (422, [field])


def test_where_there_is_none_it_says_what_will_stand_there(browser: Browser, cast: Cast) -> None:
    assert "Nothing to show here." in main(browser(cast.outsider).get(PAGE).text)


def test_on_a_phone_it_has_no_faults(app: Flask, browser: Browser, cast: Cast) -> None:
    client = browser(cast.administrator)
    with page_of(app, client, width=320) as page:
        for asked in ("", "?owner=tomasz@example.org&state=all", "?team=Harbour"):
            page.goto(f"{PAGE}{asked}")
            assert faults_of(page) == []


def rows_of(client: FlaskClient, asked: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/actions.csv{asked}")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_the_file_holds_what_the_list_holds_on_all_its_pages(browser: Browser, cast: Cast) -> None:
    client, asked = browser(cast.administrator), "?state=all&service=Care+and+Permanence"
    pages = [client.get(f"{PAGE}{asked}&page={number}").text for number in range(1, 6)]
    assert [row["ref"] for row in rows_of(client, asked)] == [ref for page in pages for ref in listed(page)]


@pytest.mark.parametrize("who", ["team_manager", "childs_head_of_service", "head_of_service", "auditor", "outsider"])
def test_the_file_holds_nothing_that_its_reader_may_not_see(browser: Browser, cast: Cast, who: str) -> None:
    """What the pages list to them, no more and no less; whoever sees all, sees more than any of these."""
    client, everything = browser(getattr(cast, who)), rows_of(browser(cast.administrator), "?state=all")
    pages = [client.get(f"{PAGE}?state=all&page={number}").text for number in range(1, len(everything) // 50 + 2)]
    rows = [row["ref"] for row in rows_of(client, "?state=all")]
    assert set(rows) == {ref for page in pages for ref in listed(page)}
    assert len(rows) < len(everything)


def test_the_file_says_nothing_of_what_is_asked_for_a_child(browser: Browser, cast: Cast) -> None:
    [first, *_] = rows = rows_of(browser(cast.administrator), "?state=all")
    assert list(first) == list(COLUMNS)
    assert "canary" not in str(rows).lower()


def test_a_filter_that_is_none_leads_back_to_the_list(browser: Browser, cast: Cast) -> None:
    answer = browser(cast.administrator).get("/actions.csv?state=nonsense")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/actions")


@pytest.mark.parametrize("words", ["=1+1", "+44", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(words: str) -> None:
    [row] = csv.DictReader(io.StringIO(as_csv(["a"], [{"a": words}]).removeprefix(MARK), newline=""))
    assert row == {"a": f"'{words}"}


def test_what_is_not_there_is_an_empty_cell_and_a_negative_number_stays_one() -> None:
    assert as_csv(["a", "b", "c"], [{"a": None, "b": -1}]).removeprefix(MARK) == "a,b,c\r\n,-1,\r\n"
