"""The moderation day in chat: opened by who runs the month, answered by who is asked, and listed for each."""

from datetime import date, time

import pytest

from bot import names
from programme.calendar import at_london
from programme.people import Person
from programme.words import RoundState
from storage import clock, find
from storage.office import Office
from tests.bot.conftest import Door
from tests.bot.happened import hours
from tests.bot.test_messages import letter
from tests.cast import MONTH, Cast
from tests.moderated import REF, agreed_by, judged, open_the_day, read_by, returned, second_moderator


def goes_on_to(office: Office, day: int, hour: time = time(12, 30)) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, day), hour))


@pytest.fixture
def both(office: Office, cast: Cast) -> tuple[Person, Person]:
    returned(office, cast)
    return open_the_day(office, cast)


class TestOpening:
    def test_it_is_offered_from_the_day_they_are_due(self, office: Office, door: Door, cast: Cast) -> None:
        returned(office, cast)
        second_moderator(office, cast)
        assert "Open the moderation day" not in door.said(cast.administrator, "round")
        goes_on_to(office, 13)
        assert "Open the moderation day" in door.said(cast.administrator, "round")
        assert "Open the moderation day" in door.home_of(cast.administrator)
        assert "Open the moderation day" not in door.said(cast.head_of_service, "status")

    def test_seen_first_then_opened_as_one_unit(self, office: Office, door: Door, cast: Cast) -> None:
        returned(office, cast)
        second_moderator(office, cast)
        goes_on_to(office, 19)
        door.press(cast.administrator, names.OPEN_DAY, MONTH)
        seen = "*AUD-2017-10-01* Kofi Lindqvist and Ottilie Bramwell: of Help and Protection and no service"
        assert door.modal_words.split("\n")[-1] == seen
        answer = door.submit(cast.administrator, hours("9:30", "15:00", "Room 2")).get_json()
        assert answer["view"]["blocks"][0]["text"]["text"] == (
            "1 given to pairs. Each moderator gets one message in the next minute."
        )
        with office.record.reading() as session:
            of = find.rounds.of_month(session, MONTH)
            day = find.moderation_days.must_be(session, of)
            assert (of.state, day.hours, day.place) == (RoundState.MODERATING, "09:30 to 15:00", "Room 2")

    def test_hours_that_make_no_sense_are_refused_under_their_field(
        self, office: Office, door: Door, cast: Cast
    ) -> None:
        returned(office, cast)
        second_moderator(office, cast)
        door.press(cast.administrator, names.OPEN_DAY, MONTH)
        for begins, ends, errors in (
            ("ten", "16:00", {names.BEGINS_FIELD: "Say when the day begins as hours and minutes, like 10:00."}),
            ("16:00", "10:00", {names.ENDS_FIELD: "The day must end after it begins."}),
        ):
            assert door.submit(cast.administrator, hours(begins, ends, "")).get_json()["errors"] == errors
        with office.record.reading() as session:
            assert find.moderations.of_audit(session, REF) is None

    def test_what_would_come_out_otherwise_by_now_is_not_done(self, office: Office, door: Door, cast: Cast) -> None:
        returned(office, cast)
        second_moderator(office, cast)
        door.press(cast.administrator, names.OPEN_DAY, MONTH)
        with office.record.writing() as session:
            found = find.people.by_email(session, "ottilie@example.org")
            assert found is not None
            found.ends = date(2017, 10, 5)
        answer = door.submit(cast.administrator, hours("10:00", "16:00", "")).get_json()
        assert "Something has changed since you looked" in answer["view"]["blocks"][0]["text"]["text"]

    def test_what_came_late_is_offered_to_who_runs_the_month(self, office: Office, door: Door, cast: Cast) -> None:
        goes_on_to(office, 20)
        returned(office, cast, at=at_london(date(2017, 10, 20), time(12, 30)))
        assert "1 came late: give it to a pair, on the month's page." in door.home_of(cast.administrator)


class TestAsked:
    def test_the_message_follows_what_is_answered_and_read(
        self, office: Office, door: Door, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        _, said = letter(office, door, "moderation_asked", both[0])
        answers = ("I'm coming", "I cannot come", "Calendar file", "Sign in to the pages")
        assert [each for each in answers if each in said] == [*answers]
        door.press(both[0], names.IS_COMING, MONTH)
        assert door.modal_words == "Thank you. You are expected. The day is in the calendar file of your message."
        _, said = letter(office, door, "moderation_asked", both[0])
        assert [each for each in answers if each in said] == [*answers[1:]]
        read_by(office, *both)
        assert f"{REF}, with Ottilie Bramwell: you have both read it: talk, and agree" in str(
            letter(office, door, "moderation_asked", both[0])
        )
        assert cast.allocation.case.ref not in str(letter(office, door, "moderation_asked", both[0]))

    def test_it_stands_in_app_home_until_all_is_agreed(
        self, office: Office, door: Door, both: tuple[Person, Person]
    ) -> None:
        assert f"{REF}, with Ottilie Bramwell: read it alone first" in door.home_of(both[0])
        read_by(office, *both)
        agreed_by(office, both[1], judged())
        assert f"{REF}, with Ottilie Bramwell" not in door.home_of(both[0])

    def test_the_calendar_file_is_a_link_for_its_own_person(
        self, door: Door, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        door.press(both[0], names.CALENDAR_FILE, MONTH)
        assert "The day, its hours and its place, for your own calendar." in door.modal_words
        door.press(cast.auditor, names.CALENDAR_FILE, MONTH)
        assert door.modal_words == "You are not asked to this moderation day. Type /audit to see what is yours."
