"""When jobs run: by London's clock where it is a day's job, once for each period whatever the clocks do."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from programme.calendar import at_london, london
from scheduler.timetable import TIMETABLE, Daily, Each, Every

NIGHT_BEGINS, NIGHT_ENDS = time(0, 30), time(2, 30)
"""Between these an hour comes twice on one day of the year, and not at all on another."""

DAYS = [turn for turn in TIMETABLE if isinstance(turn.when, Daily)]


def test_nothing_runs_while_the_clocks_change() -> None:
    assert [turn.job for turn in DAYS if NIGHT_BEGINS <= turn.when.at <= NIGHT_ENDS] == []  # type: ignore[union-attr]


def test_every_job_says_what_it_is_for_in_a_few_words() -> None:
    assert [turn.job for turn in TIMETABLE if not 3 <= len(turn.purpose.split()) <= 12] == []


def test_no_job_stands_there_twice() -> None:
    assert len({turn.job for turn in TIMETABLE}) == len(TIMETABLE)


@pytest.mark.parametrize("hour", [turn.when.at for turn in DAYS] + [time(0, 15), time(23, 45)])  # type: ignore[union-attr]
def test_in_three_years_a_days_job_comes_once_for_each_date_and_at_its_hour(hour: time) -> None:
    begins, first = Daily(hour), at_london(date(2026, 1, 1), time(12))
    moments = [first + timedelta(minutes=15 * step) for step in range(4 * 24 * 365 * 3)]
    changes = [
        (after, begins.period(after))
        for before, after in pairwise(moments)
        if begins.period(before) != begins.period(after)
    ]
    assert Counter(Counter(period for _, period in changes).values()) == {1: len(changes)}
    assert {london(moment).time() for moment, _ in changes} == {hour}
    assert [period for moment, period in changes if period != london(moment).date().isoformat()] == []
    assert len(changes) == 365 * 3


def test_after_three_days_away_a_days_job_has_one_period_to_do() -> None:
    back = at_london(date(2026, 3, 30), time(9))
    assert (Daily(time(3)).period(back), Daily(time(10)).period(back)) == ("2026-03-30", "2026-03-29")


def test_quarters_of_an_hour_are_all_different_where_an_hour_comes_twice() -> None:
    first = datetime(2026, 10, 24, 22, tzinfo=UTC)
    quarters = [Each(minutes=15).period(first + timedelta(minutes=step)) for step in range(6 * 60)]
    assert Counter(Counter(quarters).values()) == {15: 24}


def test_what_looks_every_few_seconds_has_no_period() -> None:
    assert Every(10).period(datetime(2026, 1, 1, tzinfo=UTC)) == ""


def test_a_job_is_missed_after_minutes_and_a_days_job_after_a_day() -> None:
    taken = [each.may_take for each in (Every(1), Every(600), Each(minutes=15), Daily(time(3)))]
    assert taken == [timedelta(minutes=5), timedelta(minutes=30), timedelta(minutes=35), timedelta(hours=26)]
