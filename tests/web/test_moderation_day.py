"""The moderation day on the pages: opened, changed by hand, answered to, and in a calendar."""

import re
from datetime import date, time

import pytest

from programme.calendar import at_london
from programme.moderation_day import Meeting
from programme.people import Person
from programme.words import Grade
from storage import clock, find, moderation_day
from storage.office import Office
from tests.cast import MONTH, Cast, here
from tests.moderated import REF, agreed_by, judged, open_the_day, read_by, returned, second_moderator
from tests.web.conftest import Browser

PAIRS, MINE = f"/rounds/{MONTH}/pairs", f"/rounds/{MONTH}/moderation/mine"
FILE = f"/rounds/{MONTH}/moderation/day.ics"
WHEN = {"begins": "10:00", "ends": "16.30", "place": "Council House; room 2, first floor"}


@pytest.fixture
def both(office: Office, cast: Cast) -> tuple[Person, Person]:
    returned(office, cast)
    return open_the_day(office, cast)


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(AUD[^"]+)" value="(\d+)">', page))


def lines(text: str, *names: str) -> list[str]:
    return [line for line in text.split("\r\n") if line.partition(":")[0] in names]


class TestOpening:
    def test_what_is_on_the_page_is_what_is_done(self, office: Office, browser: Browser, cast: Cast) -> None:
        returned(office, cast)
        other = second_moderator(office, cast)
        client = browser(cast.administrator)
        page = client.get(PAIRS).text
        assert f"<li>{REF}: of Help and Protection and no service</li>" in page
        assert hidden(page) == {f"{REF}.first": str(cast.peer.id), f"{REF}.second": str(other.id)}
        assert 'name="begins" type="text" value="10:00"' in page
        client.post(PAIRS, data=hidden(page) | WHEN)
        with office.record.reading() as session:
            day = find.moderation_days.must_be(session, find.rounds.of_month(session, MONTH))
            assert (day.hours, day.place) == ("10:00 to 16:30", WHEN["place"])
            assert [each.person.name for each in day.invitations] == ["Kofi Lindqvist", "Ottilie Bramwell"]

    def test_a_reader_against_the_rules_is_refused_under_the_field(
        self, office: Office, browser: Browser, cast: Cast
    ) -> None:
        returned(office, cast)
        other = second_moderator(office, cast)
        with office.record.writing() as session:
            here(session, cast.auditor).moderates = True
        client = browser(cast.administrator)
        form = client.get(f"{PAIRS}?by-hand").text
        assert form.count("<select") == 2
        chosen = {f"{REF}.first": str(cast.auditor.id), f"{REF}.second": str(other.id)}
        answer = client.post(PAIRS, data=chosen | WHEN)
        assert answer.status_code == 422
        assert f'<a href="#{REF}-first">{REF}: Asha Thornbury did the audit.</a>' in answer.text
        assert f'value="{other.id}" selected' in answer.text
        with office.record.reading() as session:
            assert find.moderations.of_audit(session, REF) is None

    @pytest.mark.parametrize(
        ("field", "typed", "said"),
        [
            ("begins", "ten", "Say when the day begins as hours and minutes, like 10:00."),
            ("ends", "25:00", "Say when the day ends as hours and minutes, like 10:00."),
            ("ends", "9:00", "The day must end after it begins."),
            ("place", "a" * 201, "Give the place in at most 200 characters."),
        ],
    )
    def test_hours_that_make_no_sense_are_refused_under_their_field(
        self, office: Office, browser: Browser, cast: Cast, field: str, typed: str, said: str
    ) -> None:
        returned(office, cast)
        second_moderator(office, cast)
        client = browser(cast.administrator)
        answer = client.post(PAIRS, data=hidden(client.get(PAIRS).text) | WHEN | {field: typed})
        assert (answer.status_code, f'<a href="#{field}">{said}</a>' in answer.text) == (422, True)

    @pytest.mark.parametrize("who", ["auditor", "head_of_service", "team_manager"])
    def test_only_for_who_runs_the_month(self, browser: Browser, cast: Cast, who: str) -> None:
        client = browser(getattr(cast, who))
        assert (client.get(PAIRS).status_code, client.post(PAIRS, data=WHEN).status_code) == (404, 404)


class TestMine:
    def test_what_with_whom_and_what_it_waits_for(
        self, office: Office, browser: Browser, both: tuple[Person, Person]
    ) -> None:
        client = browser(both[0])
        assert f'/moderate">{REF}</a>, with Ottilie Bramwell: read it alone first' in client.get(MINE).text
        read_by(office, both[0])
        assert "you have read it; Ottilie Bramwell has not yet" in client.get(MINE).text
        read_by(office, both[1])
        assert "you have both read it: talk, and agree" in client.get(MINE).text
        agreed_by(office, both[0], judged())
        assert f'href="/audits/{REF}">{REF}</a>, with Ottilie Bramwell: agreed' in client.get(MINE).text

    def test_coming_or_not(self, browser: Browser, both: tuple[Person, Person]) -> None:
        client = browser(both[0])
        assert "Please say whether you are coming." in client.get(MINE).text
        client.post(MINE, data={"coming": "yes"})
        assert "You have said that you are coming." in client.get(MINE).text
        client.post(MINE, data={"coming": "no"})
        assert "You have said that you cannot come." in client.get(MINE).text

    @pytest.mark.parametrize("who", ["auditor", "administrator", "outsider"])
    def test_who_has_nothing_of_it_finds_nothing(
        self, browser: Browser, cast: Cast, both: tuple[Person, Person], who: str
    ) -> None:
        client = browser(getattr(cast, who))
        answers = [client.get(MINE), client.post(MINE, data={"coming": "yes"}), client.get(FILE)]
        assert [each.status_code for each in answers] == [404] * 3
        assert both


class TestTheCalendar:
    def test_the_day_with_its_hours_and_its_place(self, office: Office, browser: Browser, cast: Cast) -> None:
        returned(office, cast)
        first, _ = open_the_day(office, cast, place="Council House; room 2, first floor")
        answer = browser(first).get(FILE)
        assert answer.content_type == "text/calendar; charset=utf-8"
        assert lines(answer.text, "METHOD", "UID", "DTSTART", "DTEND", "LOCATION", "SEQUENCE", "STATUS", "SUMMARY") == [
            "METHOD:PUBLISH",
            f"UID:MOD-2017-10-{first.id}-day@127.0.0.1:5000",
            "DTSTART:20171020T090000Z",
            "DTEND:20171020T150000Z",
            "LOCATION:Council House\\; room 2\\, first floor",
            "SEQUENCE:0",
            "STATUS:CONFIRMED",
            "SUMMARY:Moderation day\\, October 2017",
        ]

    def test_what_is_changed_and_what_is_called_off_follow_by_the_same_mark(
        self, office: Office, browser: Browser, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        client = browser(both[0])
        first = client.get(FILE).text
        with office.record.writing() as session:
            to = Meeting(time(13), time(17), "https://meet.example.org/october")
            moderation_day.move(session, office, MONTH, to, here(session, cast.administrator))
        moved = client.get(FILE).text
        client.post(MINE, data={"coming": "no"})
        off = client.get(FILE).text
        assert lines(first, "UID") == lines(moved, "UID") == lines(off, "UID")
        assert [lines(each, "SEQUENCE") for each in (first, moved, off)] == [[f"SEQUENCE:{n}"] for n in (0, 1, 2)]
        assert lines(moved, "DTSTART", "LOCATION") == [
            "DTSTART:20171020T120000Z",
            "LOCATION:https://meet.example.org/october",
        ]
        assert lines(off, "METHOD", "STATUS") == ["METHOD:CANCEL", "STATUS:CANCELLED"]

    def test_it_stands_in_ones_own_diary_as_well(self, browser: Browser, both: tuple[Person, Person]) -> None:
        text = browser(both[1]).get("/me/calendar.ics").text
        assert lines(text, "SUMMARY") == [f"SUMMARY:Moderate {REF}", "SUMMARY:Moderation day\\, October 2017"]


class TestTheTracker:
    PAGE = f"/rounds/{MONTH}/moderation"

    def stands(self, page: str) -> dict[str, str]:
        row = r'<dt class="govuk-summary-list__key">([^<]+)</dt><dd class="govuk-summary-list__value">([^<]+)</dd>'
        return dict(re.findall(row, page))

    def test_pair_by_pair_and_in_all(
        self, office: Office, browser: Browser, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        client = browser(cast.administrator)
        assert self.stands(client.get(self.PAGE).text) == {
            "To read": "1",
            "Read by one": "0",
            "Read by both": "0",
            "Agreed": "0",
            "Overall judgements": "0 up, 0 down, 0 unchanged",
            "Actions without a date": "1",
        }
        read_by(office, both[0], grade=Grade.NOT_YET_GOOD)
        assert self.stands(client.get(self.PAGE).text)["Read by one"] == "1"
        read_by(office, both[1], grade=Grade.NOT_YET_GOOD)
        agreed_by(office, both[0], judged(Grade.NOT_YET_GOOD), reason="No dates.")
        page = client.get(self.PAGE).text
        assert (self.stands(page)["Agreed"], self.stands(page)["Overall judgements"]) == (
            "1",
            "0 up, 1 down, 0 unchanged",
        )
        assert "Kofi Lindqvist and Ottilie Bramwell" in page

    @pytest.mark.parametrize("who", ["auditor", "team_manager", "social_worker", "outsider", "peer"])
    def test_only_for_who_sees_the_month(
        self, browser: Browser, cast: Cast, both: tuple[Person, Person], who: str
    ) -> None:
        assert browser(getattr(cast, who)).get(self.PAGE).status_code == 404
        assert both

    def test_it_is_fetched_anew_only_while_they_meet_and_for_who_asks(
        self, office: Office, browser: Browser, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        client, seen = browser(cast.administrator), []
        for hour, query in (
            (time(9, 59), "?each-minute"),
            (time(10), "?each-minute"),
            (time(10), ""),
            (time(16), "?each-minute"),
        ):
            with office.record.writing() as session:
                clock.set_to(session, at_london(date(2017, 10, 20), hour))
            seen.append('http-equiv="refresh"' in client.get(self.PAGE + query).text)
        assert (seen, len(both)) == ([False, True, False, False], 2)

    def test_what_came_late_is_offered_and_stands_apart(self, office: Office, browser: Browser, cast: Cast) -> None:
        with office.record.writing() as session:
            clock.set_to(session, at_london(date(2017, 10, 20), time(11)))
        returned(office, cast, at=at_london(date(2017, 10, 20), time(11)))
        client = browser(cast.administrator)
        assert "1 came late: give it to a pair" in client.get(self.PAGE).text
        open_the_day(office, cast)
        page = client.get(self.PAGE).text
        assert ("came late: give" in page, "What came late" in page, self.stands(page)["To read"]) == (
            False,
            True,
            "0",
        )


class TestWhoComes:
    PAGE = f"/rounds/{MONTH}/moderation/attendance"

    def test_somebody_who_cannot_come_is_replaced_on_the_page(
        self, office: Office, browser: Browser, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        with office.record.writing() as session:
            here(session, cast.head_of_service).moderates = True
        browser(both[0]).post(MINE, data={"coming": "no"})
        client = browser(cast.administrator)
        assert "Cannot come" in client.get(self.PAGE).text
        instead = f"/rounds/{MONTH}/moderation/instead/{both[0].id}"
        page = client.get(instead).text
        assert "Proposed: Maren Castellane, who has 0 of this month." in page
        assert f'value="{cast.head_of_service.id}" selected' in page
        answer = client.post(instead, data={REF: str(both[1].id)})
        assert (answer.status_code, f"{REF}: Ottilie Bramwell reads it already." in answer.text) == (422, True)
        client.post(instead, data={REF: str(cast.head_of_service.id)})
        assert f"{REF}</a>, with Ottilie Bramwell" in browser(cast.head_of_service).get(MINE).text
        assert "Nothing of this month is yours to read." in browser(both[0]).get(MINE).text
        assert client.get(instead).status_code == 404

    def test_who_was_there_is_ticked_on_the_day(
        self, office: Office, browser: Browser, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        client = browser(cast.administrator)
        assert "Note who was there" not in client.get(self.PAGE).text
        with office.record.writing() as session:
            clock.set_to(session, at_london(date(2017, 10, 20), time(10, 5)))
        client.post(self.PAGE, data={"step": "there", "there": [str(both[1].id)]})
        page = client.get(self.PAGE).text
        assert ["Noted: 1 of 2 were there." in page, page.count("Was not there")] == [True, 1]

    def test_hours_and_place_are_changed_and_what_is_wrong_is_said_under_its_field(
        self, browser: Browser, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        client = browser(cast.administrator)
        wrong = client.post(self.PAGE, data={"step": "move", "begins": "18:00", "ends": "16:00", "place": "Room 9"})
        assert (wrong.status_code, "The day must end after it begins." in wrong.text) == (422, True)
        client.post(self.PAGE, data={"step": "move", "begins": "13:00", "ends": "17:00", "place": "Room 9"})
        assert "13:00 to 17:00</strong>. Room 9" in client.get(self.PAGE).text
        assert both

    @pytest.mark.parametrize("who", ["auditor", "head_of_service", "peer"])
    def test_only_for_who_runs_the_month(
        self, browser: Browser, cast: Cast, both: tuple[Person, Person], who: str
    ) -> None:
        client, instead = browser(getattr(cast, who)), f"/rounds/{MONTH}/moderation/instead/{both[0].id}"
        answers = [client.get(self.PAGE), client.post(self.PAGE), client.get(instead), client.post(instead)]
        assert [each.status_code for each in answers] == [404] * 4


def test_after_the_day_nobody_is_asked_whether_they_come(
    office: Office, browser: Browser, both: tuple[Person, Person]
) -> None:
    client = browser(both[0])
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, 20), time(16)))
    assert ["The day is over." in client.get(MINE).text, "I&#39;m coming" in client.get(MINE).text] == [True, False]
    client.post(MINE, data={"coming": "yes"})
    assert "moderation day is over." in client.get(MINE).text
