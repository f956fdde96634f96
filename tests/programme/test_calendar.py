"""Working days and the dates of a month, against a table made by hand from England's bank holidays."""

from datetime import UTC, date, datetime, time

import pytest

from programme.calendar import (
    Calendar,
    RoundDates,
    at_london,
    end_of,
    first_of,
    following,
    london,
    month_name,
)
from programme.policy import MonthDays
from programme.refusals import Refusal

# Day of the month on which a round is given out, due, cut off and moderated.
BY_HAND = """
2017-01  03 16 20 23   New Year's Day kept on Monday the 2nd
2017-02  01 14 20 21
2017-03  01 14 20 21
2017-04  03 18 24 25   Good Friday the 14th, Easter Monday the 17th
2017-05  02 15 19 22   May Day on Monday the 1st
2017-06  01 14 20 21
2017-07  03 14 20 21
2017-08  01 14 18 21
2017-09  01 14 20 21
2017-10  02 13 19 20
2017-11  01 14 20 21
2017-12  01 14 20 21
2018-01  02 15 19 22   New Year's Day on Monday the 1st
2018-02  01 14 20 21
2018-03  01 14 20 21   Good Friday the 30th
2018-04  03 16 20 23   Easter Monday the 2nd
2018-05  01 15 21 22   May Day on Monday the 7th
2018-06  01 14 20 21
2018-07  02 13 19 20
2018-08  01 14 20 21
2018-09  03 14 20 21
2018-10  01 12 18 19
2018-11  01 14 20 21
2018-12  03 14 20 21
2019-01  02 15 21 22   New Year's Day on Tuesday the 1st
2019-02  01 14 20 21
2019-03  01 14 20 21
2019-04  01 12 18 23   Good Friday the 19th, Easter Monday the 22nd
2019-05  01 15 21 22   May Day on Monday the 6th
2019-06  03 14 20 21
2019-07  01 12 18 19
2019-08  01 14 20 21
2019-09  02 13 19 20
2019-10  01 14 18 21
2019-11  01 14 20 21
2019-12  02 13 19 20
"""


@pytest.mark.parametrize("line", BY_HAND.strip().splitlines(), ids=lambda line: line[:7])
def test_a_month_falls_as_the_table_says(line: str) -> None:
    month, *days = line.split()[:5]
    dates = Calendar().dates_of(month, MonthDays())
    expected = [date.fromisoformat(f"{month}-{day}") for day in days]
    assert [dates.distribute_on, dates.due_on, london(dates.cut_off_at).date(), dates.moderate_on] == expected


def test_the_cut_off_is_at_noon_by_a_london_clock_in_winter_and_in_summer() -> None:
    cut_offs = [Calendar().dates_of(month, MonthDays()).cut_off_at for month in ("2017-03", "2017-04", "2017-11")]
    assert cut_offs == [
        datetime(2017, 3, 20, 12, tzinfo=UTC),
        datetime(2017, 4, 24, 11, tzinfo=UTC),
        datetime(2017, 11, 20, 12, tzinfo=UTC),
    ]


def test_every_date_of_a_december_with_the_council_closed_after_christmas() -> None:
    closed = Calendar([date(2017, 12, 27), date(2017, 12, 28), date(2017, 12, 29)])
    assert closed.dates_of("2017-12", MonthDays()) == RoundDates(
        roll_check_on=date(2017, 11, 17),
        sample_on=date(2017, 11, 24),
        distribute_on=date(2017, 12, 1),
        due_on=date(2017, 12, 14),
        cut_off_at=datetime(2017, 12, 20, 12, tzinfo=UTC),
        moderate_on=date(2017, 12, 21),
        outcomes_by=date(2018, 1, 3),
        draft_by=date(2018, 1, 4),
        comments_by=date(2018, 1, 9),
        sign_off_on=date(2018, 1, 11),
    )


def test_a_working_day_that_a_month_does_not_have_counts_on_and_nobody_signs_before_the_comments() -> None:
    dates = Calendar().dates_of("2018-02", MonthDays(moderate=23))  # February 2018 has 20 working days
    assert (dates.moderate_on, dates.comments_by, dates.sign_off_on) == (
        date(2018, 3, 5),
        date(2018, 3, 14),
        date(2018, 3, 15),
    )


def test_counting_goes_forwards_and_backwards_over_weekends_and_holidays() -> None:
    calendar = Calendar()
    thursday_before_easter, tuesday_after = date(2017, 4, 13), date(2017, 4, 18)
    assert calendar.after(thursday_before_easter, 1) == tuesday_after
    assert calendar.after(tuesday_after, -1) == thursday_before_easter
    assert calendar.working_days_between(date(2017, 4, 13), date(2017, 4, 19)) == [
        date(2017, 4, 13),
        date(2017, 4, 18),
        date(2017, 4, 19),
    ]


def test_a_day_has_the_hours_of_a_london_clock_when_the_clocks_change() -> None:
    spring, autumn = date(2017, 3, 26), date(2017, 10, 29)
    hours = [(end_of(day) - at_london(day, time(0))).total_seconds() / 3600 for day in (spring, autumn)]
    assert [round(n) for n in hours] == [23, 25]


@pytest.mark.parametrize(
    ("today", "next_morning"),
    [
        (date(2017, 3, 24), datetime(2017, 3, 27, 8, 5, tzinfo=UTC)),  # over the change to summer time
        (date(2017, 10, 27), datetime(2017, 10, 30, 9, 5, tzinfo=UTC)),  # and back
        (date(2017, 12, 22), datetime(2017, 12, 27, 9, 5, tzinfo=UTC)),
    ],
)
def test_the_next_morning_is_five_past_nine_in_london(today: date, next_morning: datetime) -> None:
    assert Calendar().next_morning(today) == next_morning


@pytest.mark.parametrize(
    "wrong", ["2017-13", "2017-00", "17-10", "2017-1", "october", "", "2017-10-01", "\uff12017-10"]
)
def test_what_is_not_a_month_is_refused_with_an_example(wrong: str) -> None:
    with pytest.raises(Refusal) as refused:
        first_of(wrong)
    assert refused.value.sentence == f"'{wrong}' is not a month. Write the year and the month, like 2017-08."


def test_months_follow_one_another_and_have_names() -> None:
    assert [following(month) for month in ("2017-01", "2017-02", "2017-12")] == ["2017-02", "2017-03", "2018-01"]
    assert month_name("2017-10") == "October 2017"
