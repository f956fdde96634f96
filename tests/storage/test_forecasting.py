"""The forecast of a month on record: kept once a day, said once where it falls short, and quiet from moderation on."""

from datetime import date, time

import pytest

from programme.absences import Absence
from programme.calendar import at_london
from programme.forecast import ForecastKept
from programme.refusals import Refusal
from programme.words import AllocationState, NoticeState, Reason, RoundState
from scheduler.sweeps.forecast import Forecasts
from storage import clock, find, forecasting
from storage.office import Office
from tests.cast import MONTH, Cast, here


def goes_on_to(office: Office, day: int, hour: time = time(9, 30)) -> int:
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, day), hour))
    return Forecasts(office).sweep()


def kept(office: Office) -> list[tuple[date, int, int]]:
    with office.record.reading() as session:
        return [(each.made_on, each.at_best, each.target) for each in find.forecasts.kept(session, MONTH)]


def told(office: Office) -> list[str]:
    with office.record.reading() as session:
        waiting = find.notices.in_state(session, NoticeState.WAITING)
        return sorted(each.person.name for each in waiting if each.kind == "month_may_fall_short")


def test_kept_once_a_day_until_moderation(office: Office, cast: Cast) -> None:
    """Two are out; moderation is on Friday 20 October."""
    assert cast.round.moderate_on == date(2017, 10, 20)
    sweeps = [goes_on_to(office, day, time(6)) for day in (3, 3, 4, 20)]
    assert sweeps == [1, 0, 1, 0]
    assert kept(office) == [(date(2017, 10, 4), 2, 30), (date(2017, 10, 3), 2, 30)]


def test_said_at_distribution_and_half_way_and_never_twice(office: Office, cast: Cast) -> None:
    whom = sorted([cast.administrator.name, cast.head_of_quality.name])
    assert goes_on_to(office, 2, time(8)) == 1
    assert told(office) == []
    assert [goes_on_to(office, day) for day in (2, 2, 6)] == [1, 0, 1]
    assert told(office) == whom
    assert [goes_on_to(office, day) for day in (9, 9)] == [2, 0]
    assert told(office) == sorted([*whom, *whom])


def test_where_it_does_not_fall_short_nobody_is_told(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        forecasting.set_target(session, office, MONTH, 1, here(session, cast.administrator))
    goes_on_to(office, 2)
    assert (told(office), goes_on_to(office, 2)) == ([], 0)


def test_two_at_once_tell_once(office: Office, cast: Cast) -> None:
    assert cast.round.month == MONTH
    done = []
    for _ in range(2):
        with office.record.writing() as session:
            done.append(forecasting.warn(session, office, MONTH, forecasting.AT_DISTRIBUTION))
    assert done == [True, False]


def test_two_occasions_that_come_at_once_are_one_warning(office: Office, cast: Cast) -> None:  # noqa: ARG001
    """Nobody swept before the middle of the window: the newer is said, and the older counts as taken with it."""
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, 9), time(9)))
        due = forecasting.to_warn_of(session, office)
        assert due == [(MONTH, forecasting.HALF_WAY)]
        assert forecasting.warn(session, office, *due[0])
    with office.record.reading() as session:
        assert forecasting.to_warn_of(session, office) == []


def test_what_is_in_is_away_or_cannot_be_done(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        mine = find.allocations.by_ref(session, cast.allocation.ref)
        mine.reason = Reason.CAPACITY
        session.add(Absence(here(session, cast.peer), date(2017, 9, 29), date(2017, 10, 31)))
    with office.record.reading() as session:
        made = forecasting.made(session, office, MONTH)
    assert (made.at_best, made.lines) == (
        0,
        ("1 with somebody away the whole time: 0.", "1 that cannot be done: 0."),
    )
    with office.record.writing() as session:
        mine = find.allocations.by_ref(session, cast.allocation.ref)
        mine.state, mine.reason = AllocationState.RETURNED_IN_TIME, None
        mine.returned_at = at_london(date(2017, 10, 2), time(9))
    with office.record.reading() as session:
        made = forecasting.made(session, office, MONTH)
    assert (made.at_best, made.returns.low, made.lines[0]) == (1, 1, "1 in already.")


def test_before_it_is_given_out_those_with_a_turn_are_counted(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        find.rounds.of_month(session, MONTH).state = RoundState.OPEN
        for each in (cast.allocation, cast.peers_allocation):
            session.delete(find.allocations.by_ref(session, each.ref))
    with office.record.reading() as session:
        made = forecasting.made(session, office, MONTH)
    assert made.first_line == "At best this month gives 1; the target is 30."
    assert [way.words for way in made.ways] == [
        "Ask the 1 whose turn is next month",
        "A second audit for 1 of the willing",
    ]


def test_once_a_day_is_kept_it_is_put_in_the_place_of_the_first(office: Office, cast: Cast) -> None:
    for target in (30, 20):
        with office.record.writing() as session:
            forecasting.set_target(session, office, MONTH, target, here(session, cast.administrator))
            forecasting.keep(session, office, MONTH)
    with office.record.reading() as session:
        [only] = find.forecasts.kept(session, MONTH)
        assert isinstance(only, ForecastKept)
        assert (only.target, only.lines[0]) == (20, "At best this month gives 2; the target is 20.")


@pytest.mark.parametrize("target", [0, -3])
def test_a_target_asks_for_something(office: Office, cast: Cast, target: int) -> None:
    with office.record.writing() as session, pytest.raises(Refusal, match="asks for nothing"):
        forecasting.set_target(session, office, MONTH, target, here(session, cast.administrator))


def test_from_moderation_on_nothing_is_foreseen(office: Office, cast: Cast) -> None:
    assert cast.round.month == MONTH
    with office.record.writing() as session:
        find.rounds.of_month(session, MONTH).state = RoundState.MODERATING
    with office.record.writing() as session, pytest.raises(Refusal, match="is not foreseen any more"):
        forecasting.keep(session, office, MONTH)
