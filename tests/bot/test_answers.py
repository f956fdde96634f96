"""What an auditor answers to a reminder: on track, not before that day, sent already."""

from datetime import date, time

import pytest

from bot import names
from storage import clock, drafts, find
from storage.office import Office
from tests.bot.conftest import Door, history_of
from tests.bot.test_messages import letter, returned
from tests.bot.test_reminders import REF, change, day, goes_on_to, on
from tests.cast import Cast, here
from tests.forms.arriving import arrives


class TestOnTrack:
    def test_it_is_noted_and_thanked_for(self, office: Office, door: Door, cast: Cast) -> None:
        goes_on_to(office, 6)
        door.press(cast.auditor, names.ON_TRACK, REF)
        assert door.modal_words == "Thank you. It is noted that your audit is on its way."
        assert letter(office, door, "reminded", cast.auditor)[0] == "How is your audit coming along?"

    def test_only_its_holder_says_so(self, door: Door, cast: Cast) -> None:
        for person in (cast.peer, cast.head_of_service, cast.administrator, cast.outsider):
            door.press(person, names.ON_TRACK, REF)
            assert door.modal_words == "This child's record is with somebody else. Type /audit to see what is yours."


class TestRemindMe:
    def test_nothing_is_said_before_the_day_and_then_it_is(self, office: Office, door: Door, cast: Cast) -> None:
        goes_on_to(office, 6)
        door.press(cast.auditor, names.REMIND_ME, REF)
        [listed] = [block["element"]["options"] for block in door.modal["blocks"] if block["type"] == "input"]
        assert (listed[0]["value"], listed[-1]["value"]) == ("2017-10-09", "2017-10-19")
        answer = door.submit(cast.auditor, day("2017-10-13")).get_json()
        assert answer["view"]["blocks"][0]["text"]["text"] == (
            "We remind you on Friday 13 October, and not before. The date of the audit stays."
        )
        assert letter(office, door, "reminded", cast.auditor)[1][-1] == "We remind you again on Friday 13 October."
        said = history_of(office, "reminded")
        goes_on_to(office, 12)
        assert history_of(office, "reminded") == said + 1  # of the peer's audit
        goes_on_to(office, 13)
        text, lines = letter(office, door, "reminded", cast.auditor)
        assert (text, lines[0]) == (
            "You asked to be reminded of your audit today",
            "*You asked to be reminded of this today.*",
        )
        with office.record.reading() as session:
            assert find.allocations.by_ref(session, REF).due_on == date(2017, 10, 13)

    def test_their_head_of_service_is_told_all_the_same(self, office: Office, door: Door, cast: Cast) -> None:
        goes_on_to(office, 13)
        door.press(cast.auditor, names.REMIND_ME, REF)
        door.submit(cast.auditor, day("2017-10-19"))
        goes_on_to(office, 17)
        assert letter(office, door, "reminded", cast.auditor)[1][0].startswith("*Maren Castellane has been told")
        goes_on_to(office, 19)
        assert letter(office, door, "reminded", cast.auditor)[0] == "Closing at 12:00 today"

    def test_named_anew_the_later_word_stands(self, office: Office, door: Door, cast: Cast) -> None:
        for chosen in ("2017-10-05", "2017-10-10", "2017-10-10"):
            door.press(cast.auditor, names.REMIND_ME, REF)
            door.submit(cast.auditor, day(chosen))
        goes_on_to(office, 6)
        with office.record.reading() as session:
            assert REF not in {notice.about for notice in find.notices.of_kind(session, "reminded")}
        goes_on_to(office, 10)
        assert letter(office, door, "reminded", cast.auditor)[0] == "You asked to be reminded of your audit today"

    @pytest.mark.parametrize("chosen", ["2017-10-02", "2017-10-14", "2017-10-20"])
    def test_any_other_day_is_refused_under_the_list(self, door: Door, cast: Cast, chosen: str) -> None:
        door.press(cast.auditor, names.REMIND_ME, REF)
        assert door.submit(cast.auditor, day(chosen)).get_json()["errors"] == {
            names.DAY_FIELD: "Choose one of the working days on the list."
        }

    def test_before_the_month_closes_there_is_no_day_left(self, office: Office, door: Door, cast: Cast) -> None:
        change(office, lambda session: clock.set_to(session, on(19)))
        door.press(cast.auditor, names.REMIND_ME, REF)
        assert door.modal_words == "There are no days left before this month closes."

    def test_it_goes_with_its_holder(self, office: Office, door: Door, cast: Cast) -> None:
        door.press(cast.auditor, names.REMIND_ME, REF)
        door.submit(cast.auditor, day("2017-10-13"))
        change(office, lambda session: find.allocations.by_ref(session, REF).hand_over_to(here(session, cast.peer)))
        with office.record.reading() as session:
            assert find.allocations.by_ref(session, REF).remind_on is None


class TestSentIt:
    def test_what_is_here_is_thanked_for(self, office: Office, door: Door, cast: Cast) -> None:
        returned(office, cast, at=on(16, time(9, 1)))
        door.press(cast.auditor, names.SENT_IT, REF)
        assert door.modal_words == "*AUD-2017-10-01 is here.* Thank you; there is nothing more to do."

    def test_what_is_held_says_what_is_missing(self, office: Office, door: Door, cast: Cast) -> None:
        arrives(office, cast, without=("overall",))
        door.press(cast.auditor, names.SENT_IT, REF)
        assert door.modal_words.split("\n") == [
            "*AUD-2017-10-01 has come, thank you.*",
            "*MDW-0417*  (AUD-2017-10-01)",
            "Received, thank you, and in time.",
            "One answer is still needed. Everything you wrote is in the form already.",
            "Open the form",
        ]

    def test_of_what_has_not_come_it_says_how_to_send_it(self, door: Door, cast: Cast) -> None:
        door.press(cast.auditor, names.SENT_IT, REF)
        assert door.modal_words == (
            "*AUD-2017-10-01 has not come in yet.* It may take a minute."
            " If you have not pressed Send on the form's last page yet, that is what is missing.\nOpen the form"
        )

    def test_what_is_typed_and_not_sent_is_said(self, office: Office, door: Door, cast: Cast) -> None:
        with office.record.writing() as session:
            audit = find.allocations.by_ref(session, REF)
            drafts.keep(session, audit, here(session, cast.auditor), {"overall": "2"}, at=on(16))
        door.press(cast.auditor, names.SENT_IT, REF)
        assert "What you typed into the form is kept, but it was not sent" in door.modal_words
