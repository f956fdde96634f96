"""The pages that plan a month in a real browser: clean by axe's rules and no wider than a phone."""

from datetime import date

from flask import Flask

from programme.absences import Away
from storage import find, forecasting, staffing
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.cast import MONTH, Cast, here
from tests.web.conftest import Browser
from tests.web.served import faults_of, page_of

pytestmark = ON_ONE_DATABASE

PAGES = (
    *(
        "/people",
        "/people/{auditor}",
        "/people/{peer}",
        f"/rounds/{MONTH}",
        f"/rounds/{MONTH}/forecast",
        f"/rounds/{MONTH}/dates",
    ),
    *(f"/rounds/{MONTH}/sample", f"/rounds/{MONTH}/allocate", f"/rounds/{MONTH}/pairs", "/rounds/rota"),
    *(f"/rounds/{MONTH}/roll-check", "/rounds/open", f"/rounds/{MONTH}/frame"),
)


def test_every_page_of_planning_is_clean_and_fits_a_phone(
    app: Flask, office: Office, browser: Browser, cast: Cast
) -> None:
    with office.record.writing() as session:
        by, asha = here(session, cast.administrator), find.people.whole(session, cast.auditor.id or 0)
        staffing.note_away(session, office, asha, Away(date(2017, 10, 9), date(2017, 10, 13)), by)
        staffing.declare(session, office, asha, cast.allocation.case.ref, by)
        staffing.keep_apart(session, office, asha, cast.peer.email, by)
        staffing.move_on(session, office, find.people.whole(session, cast.peer.id or 0), date(2017, 9, 29), by)
        forecasting.keep(session, office, MONTH)
    with page_of(app, browser(cast.administrator), width=390) as page:
        found = {}
        for at in PAGES:
            answer = page.goto(at.format(auditor=cast.auditor.id, peer=cast.peer.id))
            assert answer is not None
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            found[at] = (answer.status, faults_of(page))
    assert {at: seen for at, seen in found.items() if seen != (200, [])} == {}
