"""'I can't do this one', or 'Say why' in somebody's place: the reason is kept, and each starts its next step."""

from datetime import date, time

import pytest

from bot import names
from programme.absences import Away
from programme.daily_facts import HeadTold
from programme.notices import Answer, Reply
from programme.words import AllocationState, Reason
from storage import clock, find, journal, staffing
from storage.office import Office
from tests.bot.conftest import Door, history_of, reason
from tests.bot.test_messages import drawn, instead, letter
from tests.bot.test_reminders import REF, change, goes_on_to, on
from tests.cast import Cast, here

DUE = date(2017, 10, 13)


def says(door: Door, cast: Cast, why: Reason) -> list[str]:
    """What the auditor reads who sends this reason."""
    door.press(cast.auditor, names.CANNOT_DO, REF)
    view = door.submit(cast.auditor, reason(why)).get_json()["view"]
    said = [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]
    pressable = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    return [*said, *(each["text"]["text"] for elements in pressable for each in elements)]


@pytest.mark.parametrize(
    ("why", "read"),
    [
        (
            Reason.NOT_AT_WORK,
            ["Thank you. Say on which days you are not at work, and nobody reminds you on them.", "Not at work"],
        ),
        (
            Reason.CAPACITY,
            ["Thank you for saying so. A swap, or more time, may still help.", "Swap", "More time"],
        ),
        (Reason.MOVED_ON, ["Thank you. The administrator finds somebody who takes it on."]),
        (Reason.NOT_SUITABLE, ["Thank you. The administrator looks at the record and will be in touch."]),
        (
            Reason.TECHNICAL,
            ["Sorry about that. The administrator knows and will be in touch; the form stays open."],
        ),
    ],
)
def test_each_reason_leads_on(office: Office, door: Door, cast: Cast, why: Reason, read: list[str]) -> None:
    assert says(door, cast, why) == read
    text, lines = letter(office, door, "reason_given", cast.administrator)
    assert (text, lines[1].startswith("It is still with them. Next: ")) == (
        "Somebody cannot do their audit this month",
        True,
    )


def test_a_part_in_the_record_hands_it_back(office: Office, door: Door, cast: Cast) -> None:
    assert says(door, cast, Reason.PART_IN_CASE) == [
        "Thank you, that matters. It is handed back, and somebody else reads this record."
    ]
    with office.record.reading() as session:
        audit = find.allocations.by_ref(session, REF)
        assert (audit.state, audit.reason) == (AllocationState.WITHDRAWN, Reason.PART_IN_CASE)
    assert (history_of(office, "case_handed_back"), history_of(office, "reason_given")) == (1, 0)


def test_a_search_that_found_nobody_goes_to_the_administrator_as_one(office: Office, door: Door, cast: Cast) -> None:
    assert says(door, cast, Reason.NO_SWAP_FOUND) == ["Thank you for trying. The administrator looks for somebody now."]
    with office.record.reading() as session:
        [search] = find.swaps.every(session)
        assert (search.has_failed, find.allocations.by_ref(session, REF).reason) == (True, Reason.NO_SWAP_FOUND)
    assert (history_of(office, "reason_given"), history_of(office, "swap_ended")) == (0, 1)


def test_once_it_is_due_the_search_is_only_a_reason(office: Office, door: Door, cast: Cast) -> None:
    change(office, lambda session: clock.set_to(session, on(16)))
    says(door, cast, Reason.NO_SWAP_FOUND)
    assert (history_of(office, "reason_given"), history_of(office, "swap_ended")) == (1, 0)


class TestInTheirPlace:
    def test_a_head_of_service_says_why_from_the_digest(self, office: Office, door: Door, cast: Cast) -> None:
        goes_on_to(office, 17)
        door.press(cast.head_of_service, names.CANNOT_DO, REF)
        answer = door.submit(cast.head_of_service, reason(Reason.CAPACITY)).get_json()
        assert answer["view"]["blocks"][0]["text"]["text"] == (
            "Noted for AUD-2017-10-01: its auditor is not reminded of it any more."
        )
        with office.record.reading() as session:
            assert find.allocations.by_ref(session, REF).reason == Reason.CAPACITY
        assert letter(office, door, "head_told", cast.head_of_service)[0] == (
            "1 audit in your service was due and is not in yet"
        )

    def test_in_their_place_nothing_is_handed_back(self, office: Office, door: Door, cast: Cast) -> None:
        door.press(cast.administrator, names.CANNOT_DO, REF)
        door.submit(cast.administrator, reason(Reason.PART_IN_CASE))
        with office.record.reading() as session:
            audit = find.allocations.by_ref(session, REF)
            assert (audit.state, audit.reason) == (AllocationState.OUT, Reason.PART_IN_CASE)


class TestKnownLater:
    """An absence is entered when its days are gone."""

    def noted(self, office: Office, cast: Cast, first: date, last: date) -> None:
        with office.record.writing() as session:
            person = find.people.whole(session, cast.auditor.id or 0, to_change=True)
            staffing.note_away(session, office, person, Away(first, last), here(session, cast.administrator))

    def went_out(self, office: Office) -> None:
        """What a Head of Service is told of what is late."""
        with office.record.writing() as session:
            for each in find.notices.of_kind(session, "head_told"):
                each.record(Reply(Answer.OK, channel="D1", stamp="1.0"), at=on(17), real_now=office.real_now())

    def told(self, office: Office) -> list[str]:
        with office.record.reading() as session:
            return [each.person.email for each in find.notices.of_kind(session, "lateness_taken_back")]

    def test_who_was_told_that_it_is_late_hears_that_it_was_not(self, office: Office, door: Door, cast: Cast) -> None:
        goes_on_to(office, 17)
        self.went_out(office)
        self.noted(office, cast, DUE, date(2017, 10, 18))
        with office.record.reading() as session:
            assert find.allocations.by_ref(session, REF).reason == Reason.NOT_AT_WORK
        assert letter(office, door, "lateness_taken_back", cast.head_of_service) == (
            "An audit is not late after all",
            ["*AUD-2017-10-01 is not late after all*, as is known now. What we told you of it is taken back."],
        )
        assert instead(office, door, "reminded", cast.auditor)[0] == "a reason is known"

    def test_while_what_was_to_be_told_waits_nobody_is(self, office: Office, door: Door, cast: Cast) -> None:
        goes_on_to(office, 17)
        self.noted(office, cast, DUE, date(2017, 10, 18))
        assert self.told(office) == []
        assert "AUD-2017-10-01" not in str(drawn(office, door, "head_told", cast.head_of_service))

    def test_who_was_told_hears_it_whoever_leads_by_now(self, office: Office, cast: Cast) -> None:
        goes_on_to(office, 17)
        self.went_out(office)
        with office.record.writing() as session:
            other = find.people.whole(session, cast.childs_head_of_service.id or 0)
            here(session, cast.auditor).team = None
            here(session, cast.auditor).service = other.service
        self.noted(office, cast, DUE, date(2017, 10, 18))
        assert self.told(office) == [cast.head_of_service.email]

    def test_of_two_told_at_one_instant_it_is_who_led_then(self, office: Office, cast: Cast) -> None:
        goes_on_to(office, 17)
        with office.record.writing() as session:
            other = HeadTold(about="2017-10", late=1, tell=(here(session, cast.childs_head_of_service),))
            journal.write(session, [other], by=None, at=on(17))
        self.went_out(office)
        self.noted(office, cast, DUE, date(2017, 10, 18))
        assert self.told(office) == [cast.head_of_service.email]

    def test_before_anybody_was_told_it_is_only_put_right(self, office: Office, cast: Cast) -> None:
        goes_on_to(office, 16)
        self.noted(office, cast, DUE, date(2017, 10, 16))
        with office.record.reading() as session:
            assert find.allocations.by_ref(session, REF).reason == Reason.NOT_AT_WORK
        assert history_of(office, "lateness_taken_back") == 0

    @pytest.mark.parametrize(("first", "last"), [(date(2017, 10, 16), date(2017, 10, 18)), (DUE, DUE)])
    def test_days_on_which_it_was_not_due_change_nothing(
        self, office: Office, cast: Cast, first: date, last: date
    ) -> None:
        goes_on_to(office, 17 if first != DUE else 13)
        self.noted(office, cast, first, last)
        with office.record.reading() as session:
            assert find.allocations.by_ref(session, REF).reason is None

    def test_a_reason_that_was_given_stands(self, office: Office, door: Door, cast: Cast) -> None:
        says(door, cast, Reason.CAPACITY)
        change(office, lambda session: clock.set_to(session, on(17, time(9))))
        self.noted(office, cast, DUE, date(2017, 10, 18))
        with office.record.reading() as session:
            assert find.allocations.by_ref(session, REF).reason == Reason.CAPACITY
