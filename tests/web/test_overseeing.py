"""The page of whoever oversees actions: what it counts, how it is narrowed, and what each may see of it."""

import re
from html import unescape

import pytest
from flask import Flask

from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.cast import Cast
from tests.overseen import many
from tests.web.conftest import Browser
from tests.web.sent import errors_in
from tests.web.served import faults_of, page_of
from tests.web.test_opening import words

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
