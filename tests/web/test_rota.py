"""The rota's page: everybody's turns for those who see the months, and the own line for an auditor."""

import re
from html import unescape

from programme.rota import Turn
from storage import turning
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.cast import Cast, here
from tests.web.conftest import Browser

pytestmark = ON_ONE_DATABASE


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])).split())


def planned(office: Office, cast: Cast) -> None:
    """The auditor has a carry-over in November."""
    with office.record.writing() as session:
        session.add(Turn(here(session, cast.auditor), "2017-11", "carried over", carried_from="2017-07"))


def test_who_sees_the_months_sees_everybodys_turns_and_why(office: Office, cast: Cast, browser: Browser) -> None:
    planned(office, cast)
    page = words(browser(cast.administrator).get("/rounds/rota").text)
    assert "October 2017: Rowan" in page
    assert "Asha Thornbury July's audit carried over" in page
    assert "Asha Thornbury by the rota: Rowan's month" in page
    assert "Kofi Lindqvist by the rota: Linden's month" in page


def test_an_auditor_sees_their_own_line(office: Office, cast: Cast, browser: Browser) -> None:
    planned(office, cast)
    page = words(browser(cast.peer).get("/rounds/rota").text)
    assert "Your turn is in November 2017, by the rota: Linden's month." in page
    assert "Asha Thornbury" not in page


def test_what_stands_at_me_is_the_same_line(office: Office, cast: Cast, browser: Browser) -> None:
    with office.record.reading() as session:
        said = turning.said_to(session, office, here(session, cast.auditor))
    assert said.startswith("This month is your turn, by the rota: Rowan's month.")
    assert said.replace("'", "&#39;") in browser(cast.auditor).get("/me").text


def test_there_is_nothing_to_see_for_who_is_no_auditor(cast: Cast, browser: Browser) -> None:
    assert browser(cast.outsider).get("/rounds/rota").status_code == 404
