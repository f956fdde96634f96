"""Reminders in chat: each word for word, judged again just before, and what an auditor may answer."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest

from bot import names
from programme.absences import Absence
from programme.calendar import at_london
from programme.chasing import CHECK_IN
from programme.notices import Dropped
from programme.people import Person
from programme.reminders import take
from programme.words import AllocationState, Reason
from scheduler.sweeps.reminders import Reminders
from storage import clock, find
from storage.chasing import AUDITS
from storage.office import Office
from storage.session import Session
from tests.bot.conftest import Door
from tests.bot.test_messages import drawn, instead, letter, returned
from tests.cast import Cast, here

REF = "AUD-2017-10-01"
AUDIT = ["*MDW-0417*  Fathers", "Due on Friday 13 October  (AUD-2017-10-01)"]
OPEN_UNTIL = "the form is open until Thursday 19 October at 12:00."
WAS_DUE = ["*MDW-0417*  Fathers", "Was due on Friday 13 October  (AUD-2017-10-01)"]


def on(day: int, hour: time = time(9)) -> datetime:
    return at_london(date(2017, 10, day), hour)


def goes_on_to(office: Office, day: int, hour: time = time(9)) -> None:
    """The clock is moved, and the sweep comes by."""
    with office.record.writing() as session:
        clock.set_to(session, on(day, hour))
    Reminders(office, AUDITS).sweep()


def change(office: Office, act: Callable[[Session], None]) -> None:
    with office.record.writing() as session:
        act(session)


def waits(office: Office, door: Door, person: Person) -> tuple[str, datetime | None]:
    """Why their reminder is not sent now, and until when."""
    put_off = drawn(office, door, "reminded", person)
    assert isinstance(put_off, Dropped)
    return put_off.why, put_off.until


def day(chosen: str) -> dict[str, Any]:
    """What the modal for more time is filled in with."""
    return {names.DAY_FIELD: {names.DAY_FIELD: {"selected_option": {"value": chosen}}}}


MESSAGES = {
    6: (
        "How is your audit coming along?",
        [
            "*How is it coming along?*",
            *AUDIT,
            "Have you spoken to the child and family, or agreed with the social worker why not?",
            *("On track", "Swap", "Remind me on…", "I can't do this one"),
        ],
    ),
    12: (
        "Your audit is due on Friday 13 October",
        [
            "*Nearly there: your audit is due on Friday 13 October.*",
            *AUDIT,
            *("Open the form", "Swap", "More time", "Remind me on…"),
        ],
    ),
    16: (
        "Your audit was due on Friday 13 October",
        [
            f"*Your audit was due on Friday 13 October.* It can still be in time: {OPEN_UNTIL}",
            *WAS_DUE,
            "If something is in the way, please say what: that helps us too.",
            *("Open the form", "I've sent it", "More time", "Remind me on…", "I can't do this one"),
        ],
    ),
    17: (
        "Your audit was due on Friday 13 October",
        [
            "*Maren Castellane has been told that your audit was due on Friday 13 October*, and may be able to help.",
            *WAS_DUE,
            f"It can still be in time: {OPEN_UNTIL}",
            *("Open the form", "I've sent it", "More time", "Remind me on…", "I can't do this one"),
        ],
    ),
    19: (
        "Closing at 12:00 today",
        [
            "*Closing at 12:00 today.* What is in by then is moderated with the others.",
            *WAS_DUE,
            *("Open the form", "I've sent it", "I can't do this one"),
        ],
    ),
}


@pytest.mark.parametrize("number", MESSAGES)
def test_each_step_is_said(office: Office, door: Door, cast: Cast, number: int) -> None:
    for each in range(3, number + 1):
        goes_on_to(office, each)
    text, lines = letter(office, door, "reminded", cast.auditor)
    assert (text, [line for said in lines for line in said.split("\n")]) == MESSAGES[number]


def test_a_head_of_service_is_told_once_of_all_that_is_late(office: Office, door: Door, cast: Cast) -> None:
    goes_on_to(office, 17)
    assert letter(office, door, "head_told", cast.head_of_service) == (
        "2 audits in your service were due and are not in yet",
        [
            "*2 audits in your service were due and are not in yet.* The auditors know that you have been told.",
            *("*AUD-2017-10-01*  Asha Thornbury, was due on Friday 13 October", "Say why"),
            *("*AUD-2017-10-02*  Kofi Lindqvist, was due on Friday 13 October", "Say why"),
            "A word often helps: with time, a swap, or to hear what is in the way. Where you know, say why.",
            "Sign in to the pages",
        ],
    )
    change(office, lambda session: give_reason(session, "AUD-2017-10-02"))
    assert letter(office, door, "head_told", cast.head_of_service)[0] == (
        "1 audit in your service was due and is not in yet"
    )
    change(office, lambda session: give_reason(session, REF))
    assert instead(office, door, "head_told", cast.head_of_service) == (
        "none is late any more",
        ["*Nothing is late in your service any more.* Thank you."],
    )


def give_reason(session: Session, ref: str = REF, why: Reason = Reason.CAPACITY) -> None:
    find.allocations.by_ref(session, ref).reason = why


class TestJudgedAgain:
    """What has changed between the sweep and the sending is not sent, and says so where it was sent before."""

    @pytest.fixture(autouse=True)
    def was_due(self, office: Office, cast: Cast) -> None:  # noqa: ARG002 - the cast is on record first
        goes_on_to(office, 16)

    def test_returned_meanwhile(self, office: Office, door: Door, cast: Cast) -> None:
        returned(office, cast, at=on(16, time(9, 1)))
        assert instead(office, door, "reminded", cast.auditor) == (
            "not theirs to do any more",
            ["*MDW-0417*  Fathers  (AUD-2017-10-01)", "Returned, thank you."],
        )

    def test_with_somebody_else_meanwhile(self, office: Office, door: Door, cast: Cast) -> None:
        def hand_over(session: Session) -> None:
            find.allocations.by_ref(session, REF).hand_over_to(here(session, cast.peer))

        change(office, hand_over)
        assert instead(office, door, "reminded", cast.auditor)[0] == "not theirs to do any more"

    def test_handed_back_meanwhile(self, office: Office, door: Door, cast: Cast) -> None:
        def hand_back(session: Session) -> None:
            find.allocations.by_ref(session, REF).state = AllocationState.WITHDRAWN

        change(office, hand_back)
        assert instead(office, door, "reminded", cast.auditor)[0] == "not theirs to do any more"

    def test_a_reason_is_known_meanwhile(self, office: Office, door: Door, cast: Cast) -> None:
        change(office, give_reason)
        assert instead(office, door, "reminded", cast.auditor) == (
            "a reason is known",
            ["*AUD-2017-10-01*: you have said what stops you. Thank you."],
        )

    def test_the_cut_off_has_passed(self, office: Office, door: Door, cast: Cast) -> None:
        change(office, lambda session: clock.set_to(session, on(19, time(12))))
        assert instead(office, door, "reminded", cast.auditor) == (
            "after the cut-off",
            ["*AUD-2017-10-01*: this month has closed. The form stays open."],
        )

    def test_not_at_work_by_now(self, office: Office, door: Door, cast: Cast) -> None:
        today = date(2017, 10, 16)
        change(office, lambda session: session.add(Absence(here(session, cast.auditor), today, today)))
        assert waits(office, door, cast.auditor) == ("not now", on(17))

    @pytest.mark.parametrize(("hour", "until"), [(time(17), 17), (time(8, 59), 16)])
    def test_what_had_to_wait_until_the_evening_waits_for_the_morning(
        self, office: Office, door: Door, cast: Cast, hour: time, until: int
    ) -> None:
        change(office, lambda session: clock.set_to(session, on(16, hour)))
        for person in (cast.auditor, cast.peer):
            assert waits(office, door, person) == ("not now", on(until))

    def test_a_later_step_has_been_taken(self, office: Office, door: Door, cast: Cast) -> None:
        change(office, lambda session: session.add_all(take(REF, ["closing"], date(2017, 10, 13), at=on(19))))
        assert instead(office, door, "reminded", cast.auditor) == (
            "said anew since",
            ["*AUD-2017-10-01*  was due on Friday 13 October"],
        )

    def test_the_date_has_moved(self, office: Office, door: Door, cast: Cast) -> None:
        door.press(cast.auditor, names.MORE_TIME, REF)
        door.submit(cast.auditor, day("2017-10-18"))
        assert instead(office, door, "reminded", cast.auditor) == (
            "said anew since",
            ["*AUD-2017-10-01*  due on Wednesday 18 October"],
        )


class TestChase:
    def test_the_administrator_sees_who_is_late_and_what_they_were_sent(
        self, office: Office, door: Door, cast: Cast
    ) -> None:
        assert door.said(cast.administrator, "chase") == "Nobody is late. Nothing waits for you here."
        goes_on_to(office, 16)
        change(office, lambda session: give_reason(session, "AUD-2017-10-02"))
        assert door.said(cast.administrator, "chase").split("\n") == [
            "*2 late*",
            "*AUD-2017-10-01*  Asha Thornbury, was due on Friday 13 October; last sent 'was due' on Monday 16 October",
            "*AUD-2017-10-02*  Kofi Lindqvist, was due on Friday 13 October; reason: no time this month",
        ]

    def test_nobody_is_named_for_an_absence(self, office: Office, door: Door, cast: Cast) -> None:
        goes_on_to(office, 16)
        change(office, lambda session: give_reason(session, why=Reason.NOT_AT_WORK))
        assert door.said(cast.administrator, "chase").split("\n")[1] == (
            "*AUD-2017-10-01*  Asha Thornbury, was due on Friday 13 October; a reason is known"
        )

    def test_nobody_else_does(self, door: Door, cast: Cast) -> None:
        for person in (cast.auditor, cast.peer, cast.head_of_service, cast.outsider):
            assert door.said(person, "chase").startswith("The administrator and the Head of Quality run the month.")


def test_a_reminder_made_twice_says_its_own_step(office: Office, door: Door, cast: Cast) -> None:
    """The first waited in the queue until the second was made: only the second is sent."""
    goes_on_to(office, 6)
    goes_on_to(office, 12)
    with office.record.reading() as session:
        mine = [each for each in find.notices.of_kind(session, "reminded") if each.person.email == cast.auditor.email]
        first, second = (door.bot.render(session, each) for each in mine)
    assert isinstance(first, Dropped)
    assert (first.why, getattr(second, "text", "")) == (
        "said anew since",
        "Your audit is due on Friday 13 October",
    )
    assert CHECK_IN in {step.step for step in steps_of(office)}


def steps_of(office: Office) -> list[Any]:
    with office.record.reading() as session:
        return list(find.chasing.steps(session, [REF])[REF])
