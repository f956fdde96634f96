"""The page of what a month looks at again: due, drawn, given out; for those who run the month."""

import pytest

from storage import find
from storage.office import Office
from tests.cast import Cast
from tests.storage.test_re_auditing import JANUARY, begins, was_not_yet_good
from tests.web.conftest import Browser

PAGE = f"/rounds/{JANUARY}/again"


def mark(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def test_what_is_seen_is_what_is_given_out(office: Office, browser: Browser, cast: Cast) -> None:
    was_not_yet_good(office, cast)
    begins(office, cast, JANUARY)
    client = browser(cast.administrator)
    page = client.get(PAGE).text
    assert "It was agreed to be not yet good; due since 2 January 2018." in page
    assert "Give out 1" in page
    other = client.post(PAGE, data={"seen": "another"}, follow_redirects=True).text
    assert "Something has changed since you looked" in other
    done = client.post(PAGE, data={"seen": mark(page)}, follow_redirects=True).text
    assert "1 given out. Each auditor gets a message in the next minute." in done
    assert "Nothing is due to be looked at again." in done
    assert PAGE in client.get(f"/rounds/{JANUARY}").text


def test_where_nothing_is_due_it_says_when_something_will_be(browser: Browser, cast: Cast) -> None:
    page = browser(cast.administrator).get("/rounds/2017-10/again").text
    assert ("Nothing is due to be looked at again." in page, "Give out" in page) == (True, False)


@pytest.mark.parametrize("who", ["auditor", "team_manager", "head_of_service", "social_worker", "outsider"])
def test_nobody_else_sees_it_or_draws(office: Office, browser: Browser, cast: Cast, who: str) -> None:
    was_not_yet_good(office, cast)
    begins(office, cast, JANUARY)
    seen, client = mark(browser(cast.administrator).get(PAGE).text), browser(getattr(cast, who))
    assert (client.get(PAGE).status_code, client.post(PAGE, data={"seen": seen}).status_code) == (404, 404)
    with office.record.reading() as session:
        assert find.re_audits.given_out(session, find.rounds.of_month(session, JANUARY)) == {}
