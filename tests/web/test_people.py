"""The people on the pages: who sees whom, lists brought in or only looked at, and every step of one person's page."""

import io
from datetime import date
from typing import Any

import pytest

from programme.absences import Absence
from programme.people import Person
from programme.words import AbsenceKind, AllocationState
from storage import find
from storage.office import Office
from tests.cast import Cast, here
from tests.storage.test_staffing import roster_rows
from tests.web.conftest import Browser
from tests.web.test_opening import words

PAGE = "/people"


def page_of(person: Person) -> str:
    return f"{PAGE}/{person.id}"


def filled(step: str, **said: str) -> dict[str, str]:
    return {"step": step} | {f"{step}_{name}": value for name, value in said.items()}


def day(step: str, name: str, on: date) -> dict[str, str]:
    parts = {"day": on.day, "month": on.month, "year": on.year}
    return {f"{step}_{name}.{part}": str(value) for part, value in parts.items()}


def whole(office: Office, person: Person) -> Person:
    with office.record.reading() as session:
        return find.people.whole(session, person.id or 0)


def test_each_sees_their_own_people(browser: Browser, cast: Cast) -> None:
    seen = {
        who.name: [each.name for each in cast.everyone if each.name in words(browser(who).get(PAGE).text)]
        for who in (cast.administrator, cast.head_of_service)
    }
    assert seen[cast.administrator.name] == [each.name for each in cast.everyone]
    of_the_service = [cast.auditor, cast.peer, cast.head_of_service, cast.outsider]
    assert seen[cast.head_of_service.name] == [each.name for each in of_the_service]
    assert [browser(who).get(PAGE).status_code for who in (cast.social_worker, cast.auditor)] == [404, 404]


def test_nobody_else_may_look_at_a_person(browser: Browser, cast: Cast) -> None:
    may = {cast.auditor.name, cast.head_of_service.name, cast.administrator.name, cast.head_of_quality.name}
    statuses = {who.name: browser(who).get(page_of(cast.auditor)).status_code for who in cast.everyone}
    assert {name for name, status in statuses.items() if status == 200} == may
    assert browser(cast.administrator).get("/people/99999").status_code == 404


def test_away_and_back(browser: Browser, office: Office, cast: Cast) -> None:
    client, page = browser(cast.auditor), page_of(cast.auditor)
    said = filled("away", kind=AbsenceKind.FINISHES)
    days = day("away", "first_day", date(2017, 10, 9)) | day("away", "last_day", date(2017, 10, 13))
    assert client.post(page, data=said | days).status_code == 303
    [absence] = whole(office, cast.auditor).absences
    assert (absence.first_day, absence.last_day, absence.kind) == (
        date(2017, 10, 9),
        date(2017, 10, 13),
        AbsenceKind.FINISHES,
    )
    shown = words(client.get(page).text)
    assert "From Monday 9 October 2017 to Friday 13 October 2017. What is open stays theirs" in shown
    assert client.post(page, data=filled("back", number=str(absence.id))).status_code == 303
    assert whole(office, cast.auditor).absences == []


def test_the_kind_is_seen_by_few_and_the_days_by_those_who_may(browser: Browser, office: Office, cast: Cast) -> None:
    """The line manager reads which kind it is; the administrator only that somebody is away, and when."""
    with office.record.writing() as session:
        me = here(session, cast.auditor)
        session.add(Absence(me, date(2017, 10, 9), date(2017, 10, 13), AbsenceKind.HANDS_OVER, recorded_by=me))
    for who, kind in [(cast.head_of_service, ". What is open goes to somebody else"), (cast.administrator, "")]:
        shown = words(browser(who).get(page_of(cast.auditor)).text)
        assert f"From Monday 9 October 2017 to Friday 13 October 2017{kind} Take it back" in shown


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (filled("away"), "Choose the first day."),
        (
            filled("away") | day("away", "first_day", date(2017, 10, 9)) | day("away", "last_day", date(2017, 10, 2)),
            "The last day is before the first.",
        ),
        (filled("away") | {"away_first_day.day": "31", "away_first_day.month": "2"}, "Write the day as three numbers"),
        (filled("leave"), "Choose their last day."),
        (filled("tie", apart_from="XYZ-1"), "neither a child"),
        (filled("apart", other="nobody@example.org"), "is not on the people list"),
        (filled("deputy", deputy="kofi@example.org"), "Choose the first and the last day."),
        (filled("back", number="12"), "That was taken back already."),
        (filled("hand_on") | {"hand_on_AUD-2017-10-01": "idris@example.org"}, "may not take"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(browser: Browser, cast: Cast, said: dict[str, str], sentence: str) -> None:
    answer = browser(cast.administrator).post(page_of(cast.auditor), data=said)
    assert (answer.status_code, sentence in words(answer.text)) == (422, True)


def test_ties_are_noted_and_taken_back(browser: Browser, office: Office, cast: Cast) -> None:
    client, page = browser(cast.administrator), page_of(cast.auditor)
    for said in (filled("tie", apart_from="MDW-0417"), filled("apart", other=cast.peer.email)):
        assert [client.post(page, data=said).status_code for _ in range(2)] == [303, 303]
    [conflict] = whole(office, cast.auditor).conflicts
    with office.record.reading() as session:
        [pair] = find.ties.apart_from(session, here(session, cast.auditor))
    shown = words(client.get(page).text)
    assert ("MDW-0417" in shown, f"Kept apart {cast.peer.name}" in shown) == (True, True)
    for said in (filled("untie", number=str(conflict.id)), filled("together", number=str(pair.id))):
        assert client.post(page, data=said).status_code == 303
    assert whole(office, cast.auditor).conflicts == []
    assert "Kept apart From nobody." in words(client.get(page).text)


def test_a_deputy_is_named(browser: Browser, office: Office, cast: Cast) -> None:
    days = day("deputy", "first_day", date(2017, 10, 9)) | day("deputy", "last_day", date(2017, 10, 13))
    said = filled("deputy", deputy=cast.peer.email) | days
    assert browser(cast.auditor).post(page_of(cast.auditor), data=said).status_code == 303
    assert [each.deputy.name for each in whole(office, cast.auditor).deputies] == [cast.peer.name]


def test_a_leavers_work_is_shown_and_handed_on(browser: Browser, office: Office, cast: Cast) -> None:
    client, page = browser(cast.administrator), page_of(cast.auditor)
    said = filled("leave") | day("leave", "last_day", date(2017, 9, 29))
    assert client.post(page, data=said).status_code == 303
    assert f"Work to hand on {cast.auditor.name}" in words(client.get(PAGE).text)
    assert f"Rowan, empty since this week: {cast.auditor.name} moved on." in words(client.get(PAGE).text)
    shown = words(client.get(page).text)
    assert ("Open with them: 1 audit" in shown, "Nobody yet: it stays" in shown) == (True, True)
    taker = {f"hand_on_{cast.allocation.ref}": cast.peer.email}
    assert client.post(page, data=filled("hand_on") | taker).status_code == 303
    with office.record.reading() as session:
        audit = find.allocations.by_ref(session, cast.allocation.ref)
        assert (audit.holder and audit.holder.name, audit.state) == (cast.peer.name, AllocationState.OUT)
    assert "Work to hand on" not in words(client.get(PAGE).text)


def test_only_those_who_run_the_month_hand_on(browser: Browser, cast: Cast) -> None:
    client = browser(cast.head_of_service)
    assert "Hand it on" not in client.get(page_of(cast.auditor)).text
    assert client.post(page_of(cast.auditor), data=filled("hand_on")).status_code == 404
    assert client.post(page_of(cast.auditor), data={"step": "anything"}).status_code == 404


def as_csv(rows: list[dict[str, str]]) -> bytes:
    return "\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]).encode()


def upload(step: str, name: str, content: bytes, *, look: bool = False) -> dict[str, Any]:
    return filled(step) | {f"{step}_file": (io.BytesIO(content), name)} | ({"look": "yes"} if look else {})


@pytest.mark.parametrize("look", [True, False])
def test_a_list_is_looked_at_or_brought_in(browser: Browser, office: Office, cast: Cast, *, look: bool) -> None:
    with office.record.reading() as session:
        rows = roster_rows(session)[:-1]
        missing = roster_rows(session)[-1]["email"]
    new = rows[0] | {"email": "joan@example.org", "name": "Joan Aldous"}
    answer = browser(cast.administrator).post(PAGE, data=upload("list", "people.csv", as_csv([*rows, new]), look=look))
    shown = words(answer.text)
    assert ("This would change. Nothing is changed yet." if look else "This was changed.") in shown
    assert "joan@example.org: new" in shown
    assert f"{missing}: not in the file. Have they moved on? Say so on their page." in shown
    with office.record.reading() as session:
        assert (find.people.by_email(session, "joan@example.org") is None) is look
        stays = find.people.by_email(session, missing)
        assert stays is not None
        assert stays.ends is None


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//tests//
BEGIN:VEVENT
UID:1
DTSTAMP:20171001T090000Z
SUMMARY:Something private
DTSTART;VALUE=DATE:20171023
DTEND;VALUE=DATE:20171028
ATTENDEE:mailto:Asha@example.org
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leave.csv", b"email,first_day,last_day,kind\nasha@example.org,2017-10-23,2017-10-27,hands_over\n"),
        ("leave.ics", CALENDAR.replace("\n", "\r\n").encode()),
    ],
)
def test_leave_comes_in_bulk_once(browser: Browser, office: Office, cast: Cast, name: str, content: bytes) -> None:
    client = browser(cast.administrator)
    said = [words(client.post(PAGE, data=upload("leave", name, content)).text) for _ in range(2)]
    assert ["1 absences read, 1 of them new." in said[0], "1 absences read, 0 of them new." in said[1]] == [True, True]
    [absence] = whole(office, cast.auditor).absences
    assert (absence.first_day, absence.last_day) == (date(2017, 10, 23), date(2017, 10, 27))


@pytest.mark.parametrize(
    ("step", "name", "content", "faults"),
    [
        ("list", "people.txt", b"", ["people.txt is neither CSV nor XLSX."]),
        ("list", "people.csv", b"email,name\nx,y\n", ["Column 'roles': is missing."]),
        (
            "leave",
            "leave.csv",
            b"email,first_day,last_day\nnobody@example.org,2017-10-27,2017-10-23\n,2017-10-02,\n",
            [
                "Row 2, email: 'nobody@example.org' is not on the people list.",
                "Row 2, last_day: is before the first day, 27 October 2017.",
                "Row 3, email: is empty. It is needed.",
                "Row 3, last_day: is empty. It is needed.",
            ],
        ),
        ("leave", "leave.ics", b"this is no calendar", ["cannot be read as a calendar"]),
        (
            "leave",
            "leave.ics",
            CALENDAR.replace("ATTENDEE:mailto:Asha@example.org\n", "").encode(),
            ["Event 1: names nobody: give it an attendee or an organizer."],
        ),
        (
            "leave",
            "leave.ics",
            CALENDAR.replace("SUMMARY", "RRULE:FREQ=DAILY\nSUMMARY").encode(),
            ["Event 1: repeats. Enter each absence by itself."],
        ),
    ],
)
def test_a_file_with_faults_changes_nothing_and_names_them(
    browser: Browser, office: Office, cast: Cast, step: str, name: str, content: bytes, faults: list[str]
) -> None:
    answer = browser(cast.administrator).post(PAGE, data=upload(step, name, content))
    shown = words(answer.text).replace("&#39;", "'")
    assert (answer.status_code, [fault for fault in faults if fault not in shown]) == (422, [])
    assert whole(office, cast.auditor).absences == []
