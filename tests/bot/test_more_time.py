"""More time: once by one's own word, after that by the Head of Service's, and by itself where nobody answers."""

from datetime import date, time

import pytest

from bot import names
from programme.notices import Dropped
from scheduler.sweeps.more_time import MoreTime
from storage import clock, find
from storage.office import Office
from tests.bot.conftest import Door, history_of
from tests.bot.test_messages import drawn, instead, letter, returned
from tests.bot.test_reminders import REF, change, day, give_reason, goes_on_to, on
from tests.cast import Cast

OR_ELSE = "an answer by 17:00 on Tuesday 3 October it is given until Thursday 19 October."


def takes(door: Door, cast: Cast, chosen: str) -> str:
    """What the auditor reads who wants it by that day."""
    door.press(cast.auditor, names.MORE_TIME, REF)
    answer = door.submit(cast.auditor, day(chosen)).get_json()
    return str(answer["view"]["blocks"][0]["text"]["text"])


def due_on(office: Office) -> date | None:
    with office.record.reading() as session:
        return find.allocations.by_ref(session, REF).due_on


class TestTheFirstTime:
    def test_the_days_left_are_those_after_the_date_until_the_cut_off(self, door: Door, cast: Cast) -> None:
        door.press(cast.auditor, names.MORE_TIME, REF)
        assert door.modal_words.split("\n")[0] == "AUD-2017-10-01, due on Friday 13 October."
        [listed] = [block["element"]["options"] for block in door.modal["blocks"] if block["type"] == "input"]
        assert [option["value"] for option in listed] == ["2017-10-16", "2017-10-17", "2017-10-18", "2017-10-19"]

    def test_the_date_moves_once_and_the_first_is_kept(self, office: Office, door: Door, cast: Cast) -> None:
        door.press(cast.auditor, names.MORE_TIME, REF)
        door.submit(cast.auditor, day("2017-10-17"))
        with office.record.reading() as session:
            audit = find.allocations.by_ref(session, REF)
            assert (audit.first_due_on, audit.due_on) == (date(2017, 10, 13), date(2017, 10, 17))

    def test_what_the_new_ladder_has_on_days_gone_by_is_not_said(self, office: Office, door: Door, cast: Cast) -> None:
        goes_on_to(office, 12)
        door.press(cast.auditor, names.MORE_TIME, REF)
        answer = door.submit(cast.auditor, day("2017-10-18")).get_json()
        assert answer["view"]["blocks"][0]["text"]["text"] == (
            "Your audit is due on Wednesday 18 October now. Reminders follow the new date."
        )
        before = history_of(office, "reminded")
        goes_on_to(office, 13)
        goes_on_to(office, 16)
        assert history_of(office, "reminded") == before + 1  # of the peer's audit, which was due
        goes_on_to(office, 17)
        assert letter(office, door, "reminded", cast.auditor)[0] == "Your audit is due on Wednesday 18 October"

    @pytest.mark.parametrize("chosen", ["2017-10-13", "2017-10-14", "2017-10-20", "2017-10-12"])
    def test_any_other_day_is_refused_under_the_list(self, office: Office, door: Door, cast: Cast, chosen: str) -> None:
        door.press(cast.auditor, names.MORE_TIME, REF)
        assert door.submit(cast.auditor, day(chosen)).get_json()["errors"] == {
            names.DAY_FIELD: "Choose one of the working days on the list."
        }
        with office.record.reading() as session:
            assert find.allocations.by_ref(session, REF).due_on == date(2017, 10, 13)

    def test_a_day_must_be_chosen(self, door: Door, cast: Cast) -> None:
        door.press(cast.auditor, names.MORE_TIME, REF)
        assert door.submit(cast.auditor, day("soon")).get_json()["errors"] == {
            names.DAY_FIELD: "Choose the day on which it will be ready."
        }

    def test_after_the_cut_off_there_are_no_days_left(self, office: Office, door: Door, cast: Cast) -> None:
        change(office, lambda session: clock.set_to(session, on(19, time(12))))
        door.press(cast.auditor, names.MORE_TIME, REF)
        assert door.modal_words == (
            "There are no days left this month. If you cannot do it, say so with I can't do this one."
        )

    def test_somebody_elses_is_refused(self, door: Door, cast: Cast, office: Office) -> None:
        door.press(cast.auditor, names.MORE_TIME, REF)
        for person in (cast.peer, cast.head_of_service, cast.administrator, cast.outsider):
            door.submit(person, day("2017-10-17"))
        with office.record.reading() as session:
            assert find.allocations.by_ref(session, REF).first_due_on is None

    def test_who_takes_more_time_means_to_do_it_after_all(self, office: Office, door: Door, cast: Cast) -> None:
        change(office, give_reason)
        door.press(cast.auditor, names.MORE_TIME, REF)
        door.submit(cast.auditor, day("2017-10-17"))
        with office.record.reading() as session:
            assert find.allocations.by_ref(session, REF).reason is None


class TestTheSecondTime:
    @pytest.fixture(autouse=True)
    def had_once(self, door: Door, cast: Cast) -> None:
        takes(door, cast, "2017-10-17")

    def test_the_head_of_service_is_asked_and_gives_it_by_one_press(
        self, office: Office, door: Door, cast: Cast
    ) -> None:
        assert takes(door, cast, "2017-10-19") == (f"Your Head of Service is asked: without {OR_ELSE}")
        assert due_on(office) == date(2017, 10, 17)
        assert letter(office, door, "more_time_asked", cast.head_of_service) == (
            "More time is asked for an audit",
            [
                "*Asha Thornbury asks for more time for AUD-2017-10-01*, until Thursday 19 October.",
                f"Due on Tuesday 17 October. Without {OR_ELSE}",
                *("Approve", "Not this time"),
            ],
        )
        door.press(cast.head_of_service, names.GIVE_TIME, REF)
        assert door.modal_words == "Given: AUD-2017-10-01 is due on Thursday 19 October now. Its auditor is told."
        assert due_on(office) == date(2017, 10, 19)
        assert letter(office, door, "more_time_given", cast.auditor)[1][:2] == (
            ["*You have more time for this audit.*", "*MDW-0417*  Fathers"]
        )
        assert instead(office, door, "more_time_asked", cast.head_of_service) == (
            "settled meanwhile",
            ["*AUD-2017-10-01*: more time was given by Maren Castellane."],
        )

    def test_the_first_date_of_all_is_kept(self, office: Office, door: Door, cast: Cast) -> None:
        takes(door, cast, "2017-10-19")
        door.press(cast.administrator, names.GIVE_TIME, REF)
        with office.record.reading() as session:
            assert find.allocations.by_ref(session, REF).first_due_on == date(2017, 10, 13)

    def test_not_this_time_leaves_the_date(self, office: Office, door: Door, cast: Cast) -> None:
        takes(door, cast, "2017-10-19")
        door.press(cast.head_of_service, names.REFUSE_TIME, REF)
        assert door.modal_words == "The date of AUD-2017-10-01 stays. Its auditor is told."
        assert due_on(office) == date(2017, 10, 17)
        assert letter(office, door, "more_time_refused", cast.auditor)[1][0] == "*The date of this audit stays.*"
        assert instead(office, door, "more_time_asked", cast.head_of_service)[1] == [
            "*AUD-2017-10-01*: the date stays, as Maren Castellane said."
        ]

    def test_without_an_answer_it_is_given_at_the_end_of_the_next_working_day(
        self, office: Office, door: Door, cast: Cast
    ) -> None:
        takes(door, cast, "2017-10-19")
        change(office, lambda session: clock.set_to(session, on(3, time(16, 59))))
        assert (MoreTime(office).sweep(), due_on(office)) == (0, date(2017, 10, 17))
        change(office, lambda session: clock.set_to(session, on(3, time(17))))
        assert (MoreTime(office).sweep(), due_on(office)) == (1, date(2017, 10, 19))
        assert MoreTime(office).sweep() == 0
        assert instead(office, door, "more_time_asked", cast.head_of_service)[1] == [
            "*AUD-2017-10-01*: more time was given, as nobody answered."
        ]

    def test_what_nobody_answered_is_told_in_the_hours_of_a_working_day(
        self, office: Office, door: Door, cast: Cast
    ) -> None:
        takes(door, cast, "2017-10-19")
        change(office, lambda session: clock.set_to(session, on(3, time(17))))
        MoreTime(office).sweep()
        waits = drawn(office, door, "more_time_given", cast.auditor)
        assert isinstance(waits, Dropped)
        assert (waits.why, waits.until) == ("not now", on(4))
        change(office, lambda session: clock.set_to(session, on(4)))
        assert letter(office, door, "more_time_given", cast.auditor)[0] == "You have more time for this audit"

    def test_what_somebody_gives_is_told_at_once(self, office: Office, door: Door, cast: Cast) -> None:
        takes(door, cast, "2017-10-19")
        change(office, lambda session: clock.set_to(session, on(3, time(3))))
        door.press(cast.head_of_service, names.GIVE_TIME, REF)
        assert letter(office, door, "more_time_given", cast.auditor)[0] == "You have more time for this audit"

    def test_two_answers_are_one(self, office: Office, door: Door, cast: Cast) -> None:
        takes(door, cast, "2017-10-19")
        door.press(cast.head_of_service, names.GIVE_TIME, REF)
        door.press(cast.administrator, names.REFUSE_TIME, REF)
        assert door.modal_words == "That is settled already: nobody is waiting for more time here."
        assert (history_of(office, "more_time_given"), history_of(office, "more_time_refused")) == (1, 0)

    def test_while_it_is_asked_for_it_is_not_asked_again(self, door: Door, cast: Cast) -> None:
        takes(door, cast, "2017-10-19")
        door.press(cast.auditor, names.MORE_TIME, REF)
        assert door.modal_words.startswith("You have asked already: without an answer by 17:00")

    def test_nobody_waits_for_what_has_come_back(self, office: Office, door: Door, cast: Cast) -> None:
        takes(door, cast, "2017-10-19")
        returned(office, cast)
        assert instead(office, door, "more_time_asked", cast.head_of_service)[1] == [
            "*AUD-2017-10-01*: no more time is asked for."
        ]
        change(office, lambda session: clock.set_to(session, on(5)))
        assert MoreTime(office).sweep() == 0

    def test_the_auditor_never_gives_it_to_themselves(self, office: Office, door: Door, cast: Cast) -> None:
        takes(door, cast, "2017-10-19")
        for person in (cast.auditor, cast.peer, cast.outsider):
            door.press(person, names.GIVE_TIME, REF)
            assert door.modal_words == "The auditor's Head of Service decides on more time."
        assert due_on(office) == date(2017, 10, 17)
