"""The day's digest for who runs the month: once a day, none when nothing is, and how many are in as a week begins."""

from datetime import date, datetime, time

import pytest

from bot import messages
from programme.absences import Absence
from programme.calendar import at_london
from programme.facts import ReasonGiven
from programme.notices import Dropped, Letter, Rank
from programme.reminder_facts import MoreTimeTaken
from programme.words import AllocationState, Reason
from scheduler.sweeps.digests import Digests
from storage import clock, find, journal
from storage.office import Office
from tests.cast import Cast, here
from tests.storage.crowd import at_once

FIRST = "AUD-2017-10-01"


def on(day: int, hour: time = time(9)) -> datetime:
    return at_london(date(2017, 10, day), hour)


def sweep(office: Office, day: int, hour: time = time(9)) -> int:
    with office.record.writing() as session:
        clock.set_to(session, on(day, hour))
    return Digests(office).sweep()


def newest(office: Office) -> Letter | Dropped:
    with office.record.reading() as session:
        return messages.render(session, office, find.notices.of_kind(session, "month_told")[-1])


def how_many(office: Office) -> int:
    with office.record.reading() as session:
        return len(find.notices.of_kind(session, "month_told"))


def cannot(office: Office, cast: Cast, reason: Reason | None, at: datetime) -> None:
    with office.record.writing() as session:
        find.allocations.by_ref(session, FIRST).reason = reason
        fact = (
            ReasonGiven(about=FIRST, reason="capacity")
            if reason
            else MoreTimeTaken(about=FIRST, due_on="", was_due_on="")
        )
        journal.write(session, [fact], by=here(session, cast.auditor), at=at)


def lines(letter: Letter | Dropped) -> list[str]:
    assert isinstance(letter, Letter)
    return [str(block["text"]["text"]) for block in letter.blocks if block["type"] == "section"]  # type: ignore[index]


@pytest.mark.usefixtures("cast")
class TestADay:
    def test_a_month_in_which_nothing_happens_is_said_on_mondays_and_when_audits_are_late(self, office: Office) -> None:
        told = {day: sweep(office, day) for day in range(3, 20)}
        assert [day for day, many in told.items() if many] == [9, 16, 17, 18, 19]

    def test_as_a_week_begins_one_line_says_how_it_stands(self, office: Office) -> None:
        sweep(office, 9)
        said = newest(office)
        assert lines(said) == ["*Nothing needs you. 0 of 2 are in. Everything goes by itself.*"]

    def test_what_needs_them_and_what_changed_since_they_last_heard(self, office: Office, cast: Cast) -> None:
        sweep(office, 4)
        cannot(office, cast, Reason.CAPACITY, on(4, time(15)))
        assert (sweep(office, 5), how_many(office)) == (1, 1)
        said = newest(office)
        assert lines(said) == [
            "*1 thing needs you. 0 of 2 are in. Everything else goes by itself.*",
            "AUD-2017-10-01, Asha Thornbury: cannot do it. No time this month.",
        ]
        assert "Since you last heard: 1 reason was given." in str(said)
        assert isinstance(said, Letter)
        assert said.rank is Rank.ASKED

    @pytest.mark.parametrize("reason", [Reason.NOT_AT_WORK, Reason.OTHER])
    def test_nobody_is_named_for_an_absence(self, office: Office, cast: Cast, reason: Reason) -> None:
        cannot(office, cast, reason, on(4, time(15)))
        sweep(office, 5)
        assert lines(newest(office))[1:] == ["AUD-2017-10-01, Asha Thornbury: cannot do it: see the month's board."]

    def test_what_was_said_is_not_said_again(self, office: Office, cast: Cast) -> None:
        cannot(office, cast, None, on(4, time(15)))
        assert [sweep(office, 5), sweep(office, 6)] == [1, 0]

    def test_it_is_made_once_a_day_whatever_comes_later_and_whoever_sweeps(self, office: Office, cast: Cast) -> None:
        sweep(office, 5)
        cannot(office, cast, Reason.CAPACITY, on(5, time(9, 30)))
        assert [sweep(office, 5, time(10)), how_many(office)] == [0, 0]
        with office.record.writing() as session:
            clock.set_to(session, on(6))
        at_once(8, lambda _n: Digests(office).sweep())
        assert how_many(office) == 1

    def test_nobody_hears_outside_the_hours_nor_while_not_at_work(self, office: Office, cast: Cast) -> None:
        cannot(office, cast, Reason.CAPACITY, on(4))
        with office.record.writing() as session:
            session.add(Absence(here(session, cast.administrator), date(2017, 10, 5), date(2017, 10, 5)))
        assert [sweep(office, 4, time(8, 59)), sweep(office, 5), sweep(office, 6)] == [0, 0, 1]

    def test_what_had_to_wait_is_judged_again(self, office: Office, cast: Cast) -> None:
        cannot(office, cast, Reason.CAPACITY, on(4, time(15)))
        sweep(office, 5)
        cannot(office, cast, Reason.OTHER, on(5, time(15)))
        sweep(office, 6)
        with office.record.reading() as session:
            first, second = (
                messages.render(session, office, each) for each in find.notices.of_kind(session, "month_told")
            )
        assert (isinstance(first, Dropped) and first.why, isinstance(second, Letter)) == ("said anew since", True)

    def test_a_month_that_is_in_needs_nobody(self, office: Office) -> None:
        with office.record.writing() as session:
            for audit in find.allocations.in_state(
                session, find.rounds.of_month(session, "2017-10"), AllocationState.OUT
            ):
                audit.state, audit.returned_at = AllocationState.RETURNED_IN_TIME, on(6)
        sweep(office, 9)
        assert lines(newest(office)) == ["*Nothing needs you. 2 of 2 are in. Everything goes by itself.*"]
