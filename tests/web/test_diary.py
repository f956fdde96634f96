"""The calendar file of somebody who is signed in: what is theirs, by our own references alone."""

from flask.testing import FlaskClient

from storage import alarming, find
from storage.office import Office
from tests.cast import Cast, here
from tests.moderated import pair, returned
from tests.web.conftest import Browser


def summaries(client: FlaskClient) -> list[str]:
    answer = client.get("/me/calendar.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    return [line.removeprefix("SUMMARY:") for line in answer.text.split("\r\n") if line.startswith("SUMMARY:")]


def test_an_auditor_has_their_due_day(browser: Browser, cast: Cast) -> None:
    client = browser(cast.auditor)
    assert summaries(client) == ["AUD-2017-10-01 is due"]
    assert "DTSTART;VALUE=DATE:20171013" in client.get("/me/calendar.ics").text
    assert cast.allocation.case.ref not in client.get("/me/calendar.ics").text
    assert 'href="/me/calendar.ics"' in client.get("/me").text


def test_an_owner_has_their_actions(browser: Browser, office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        audit = find.allocations.by_ref(session, cast.allocation.ref, to_change=True)
        alarming.raise_alert(session, office, audit, here(session, cast.auditor), staff_conduct=False)
    assert summaries(browser(cast.team_manager)) == ["ACT-2017-10-01-1 is due"]


def test_a_moderator_has_the_day_of_moderation(browser: Browser, office: Office, cast: Cast) -> None:
    returned(office, cast)
    first, _ = pair(office, cast)
    assert summaries(browser(first))[-1] == "Moderate AUD-2017-10-01"


def test_who_has_nothing_to_do_has_an_empty_calendar(browser: Browser, cast: Cast) -> None:
    assert summaries(browser(cast.outsider)) == []


def test_nobody_has_none(nobody: FlaskClient) -> None:
    assert nobody.get("/me/calendar.ics").location == "/sign-in?next=/me/calendar.ics"
