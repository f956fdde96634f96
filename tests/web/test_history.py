"""The page of history: newest first, by reference and by day, in pages; who may read it; and no word about a child."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import insert

from programme.facts import AbsenceRecorded, ChildUnsafe, ReasonGiven
from programme.rulebook import Rulebook
from programme.sign_in import Visit
from scheduler.sweeps.sealing import Sealing
from storage import journal, tables
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.cast import GIVEN_OUT_AT, NOW, Cast, gather, here
from tests.web.conftest import Browser, pages
from tests.web.served import faults_of, page_of
from tests.web.test_opening import words
from web.sign_in import SEEN, VISIT

pytestmark = ON_ONE_DATABASE

PAGE = "/history"


def rows(page: str) -> list[str]:
    """Each line of the table in words."""
    found = re.findall(r"<tr.*?</tr>", page.partition("<tbody")[2], re.DOTALL)
    return [" ".join(unescape(words(f"<main{each}")).split()) for each in found]


def hrefs(page: str) -> dict[str, str]:
    links = re.findall(r'pagination__link" href="([^"]+)".*?link-title[^>]*>\s*(\w+)', page, re.DOTALL)
    return {text: href.replace("&amp;", "&") for href, text in links}


def many(office: Office, count: int) -> None:
    entries = [{"at": NOW, "kind": "on_track", "about": f"AUD-2017-10-{n:03}", "details": {}} for n in range(count)]
    with office.record.writing() as session:
        session.execute(insert(tables.history), entries)


def test_who_runs_the_month_reads_it_newest_first(browser: Browser, cast: Cast) -> None:
    for who in (cast.administrator, cast.head_of_quality):
        assert rows(browser(who).get(PAGE).text) == [
            f"9:00am on Monday 2 October 2017 Bronwen Achterberg {what} {about} Not yet"
            for about, what in (
                ("AUD-2017-10-02", "gave the audit out"),
                ("AUD-2017-10-01", "gave the audit out"),
                ("2017-10", "allocated the month's records"),
                ("2017-10", "opened the month"),
            )
        ]


def test_nobody_else_does(browser: Browser, cast: Cast) -> None:
    may = {cast.administrator, cast.head_of_quality}
    answers = {who.name: browser(who).get(PAGE) for who in cast.everyone if who not in may}
    assert {name for name, answer in answers.items() if answer.status_code != 404} == set()
    assert [PAGE in browser(who).get("/me").text for who in (cast.administrator, cast.auditor)] == [True, False]


def test_whether_it_is_sealed(browser: Browser, office: Office, cast: Cast) -> None:
    Sealing(office).sweep()
    many(office, 1)
    assert [line.endswith("Yes") for line in rows(browser(cast.administrator).get(PAGE).text)] == [
        False,
        *[True] * len(cast.facts),
    ]


def test_for_whom_and_about_whom(browser: Browser, office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        by, asha = here(session, cast.administrator), here(session, cast.auditor)
        noted = AbsenceRecorded(about=asha.reference, first_day="2017-10-09", last_day="2017-10-13")
        journal.write(session, [noted], by=by, at=NOW, on_behalf_of=asha)
    newest = rows(browser(cast.administrator).get(PAGE).text)[0]
    assert newest == (
        "9:05am on Monday 2 October 2017 Bronwen Achterberg for Asha Thornbury noted when somebody is not at work"
        f" Asha Thornbury PER-{cast.auditor.id} Not yet"
    )


def test_no_word_about_a_child_and_no_reason(browser: Browser, office: Office, cast: Cast) -> None:
    """What a fact keeps beside its reference is not shown: it may say why somebody could not, or whom a tie is to."""
    facts = [
        ChildUnsafe(about="SAFE-2017-10-01"),
        ReasonGiven(about=cast.allocation.ref, reason="part_in_case"),
    ]
    with office.record.writing() as session:
        journal.write(session, facts, by=here(session, cast.auditor), at=NOW)
    page = browser(cast.administrator).get(PAGE).text
    hidden = ("part_in_case", cast.allocation.case.ref, "Fathers", cast.social_worker.name)
    assert [each for each in hidden if each in page] == []


@pytest.mark.parametrize("typed", ["AUD-2017-10-01", " aud-2017-10-01 "])
def test_by_reference(browser: Browser, cast: Cast, typed: str) -> None:
    [line] = rows(browser(cast.administrator).get(PAGE, query_string={"about": typed}).text)
    assert "Bronwen Achterberg gave the audit out AUD-2017-10-01" in line


def test_by_day_as_london_has_it(browser: Browser, office: Office, cast: Cast) -> None:
    late = GIVEN_OUT_AT.replace(hour=22, minute=59)  # in summer time a minute before midnight
    entries = [
        {"at": at, "kind": "on_track", "about": about, "details": {}}
        for at, about in ((late, "AUD-1"), (late + timedelta(minutes=1), "AUD-2"))
    ]
    with office.record.writing() as session:
        session.execute(insert(tables.history), entries)
    of = {
        day: rows(browser(cast.administrator).get(f"{PAGE}?on.day={day}&on.month=10&on.year=2017").text)
        for day in (2, 3, 4)
    }
    assert {day: len(lines) for day, lines in of.items()} == {2: len(cast.facts) + 1, 3: 1, 4: 0}
    assert "AUD-2" in of[3][0]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("on.day=31&on.month=2&on.year=2017", "Write the day as three numbers"),
        ("on.day=1&on.month=1&on.year=9999", "Write the day as three numbers"),
        ("on.day=1", "Write the day as three numbers"),
        ("about=a%20b", "Write one reference"),
        (f"about={'x' * 41}", "Write one reference"),
    ],
)
def test_what_cannot_be_looked_for_is_said_at_its_field(
    browser: Browser, cast: Cast, asked: str, sentence: str
) -> None:
    answer = browser(cast.administrator).get(f"{PAGE}?{asked}")
    assert (answer.status_code, sentence in answer.text) == (422, True)


def test_pages_of_fifty_each_line_once(browser: Browser, office: Office, cast: Cast) -> None:
    many(office, 120)
    client, at = browser(cast.administrator), PAGE
    counts, seen = [], []
    while at:
        page = client.get(at).text
        counts.append(len(rows(page)))
        seen += rows(page)
        at = hrefs(page).get("Older", "")
        if len(counts) > 1:
            assert hrefs(page)["Newest"] == PAGE
    assert counts == [50, 50, 20 + len(cast.facts)]
    assert len(set(seen)) == 120 + len(cast.facts)


def test_a_page_further_back_keeps_what_was_looked_for(browser: Browser, office: Office, cast: Cast) -> None:
    many(office, 60)
    client = browser(cast.administrator)
    first = client.get(f"{PAGE}?on.day=2&on.month=10&on.year=2017").text
    older = client.get(hrefs(first)["Older"]).text
    assert (len(rows(older)), hrefs(older)) == (
        10 + len(cast.facts),
        {"Newest": f"{PAGE}?on.day=2&on.month=10&on.year=2017"},
    )


@pytest.mark.parametrize("before", ["0", "x", "-1", "99999999999999999999", "%00"])
def test_an_odd_place_to_go_on_from_breaks_nothing(browser: Browser, cast: Cast, before: str) -> None:
    assert browser(cast.administrator).get(f"{PAGE}?before={before}").status_code == 200


def test_nothing_about_that(browser: Browser, cast: Cast) -> None:
    assert "Nothing is on record about that." in browser(cast.administrator).get(f"{PAGE}?about=AUD-1999-01-01").text


def test_nothing_has_happened_yet(office: Office, rules: Rulebook) -> None:
    with office.record.writing() as session:
        session.add(administrator := gather(rules).administrator)
        visit, secret = Visit.begin(administrator, at=office.real_now())
        session.add(visit)
    client = pages(office).test_client()
    with client.session_transaction() as cookie:
        cookie.update({VISIT: secret, SEEN: int(office.real_now().timestamp())})
    page = client.get(PAGE).text
    assert ("Nothing has happened yet." in page, rows(page)) == (True, [])


def test_it_is_clean_and_fits_a_phone(app: Flask, office: Office, browser: Browser, cast: Cast) -> None:
    many(office, 120)
    with page_of(app, browser(cast.administrator), width=390) as page:
        found = {}
        for at in ("", "?before=100", "?about=AUD-1999-01-01", "?on.day=31&on.month=2&on.year=2017"):
            answer = page.goto(f"{PAGE}{at}")
            assert answer is not None
            found[at] = (answer.status, faults_of(page))
    assert {at: seen[1] for at, seen in found.items() if seen[1]} == {}
    assert [status for status, _ in found.values()] == [200, 200, 200, 422]
