"""Fourteen years of months, their dates and their ladders, against days counted off on a list, and two by hand."""

from dataclasses import astuple
from datetime import date, datetime, time, timedelta

import pytest

from programme.calendar import Calendar, RoundDates, at_london, london
from programme.chasing import (
    CHECK_IN,
    CLOSING,
    DAY_BEFORE,
    HEAD_TOLD,
    WAS_DUE,
    StepTaken,
    audit_ladder,
    due_of_audit,
    is_reminding_time,
)
from programme.policy import Closures, MonthDays, Policy
from programme.reminders import take
from programme.rulebook import Rulebook
from tests.cast import gather

# England's bank holidays by the rules for them, with the days that were proclaimed in 2020, 2022 and 2023.
BANK_HOLIDAYS = """
2017 01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26
2018 01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26
2019 01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26
2020 01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28
2021 01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28
2022 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27
2023 01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26
2024 01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26
2025 01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26
2026 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28
2027 01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28
2028 01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26
2029 01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26
2030 01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26
"""

FREE = {
    date.fromisoformat(f"{year}-{day}")
    for year, *days in (line.split() for line in BANK_HOLIDAYS.strip().splitlines())
    for day in days
}
FIRST = date(2017, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range((date(2030, 12, 31) - FIRST).days + 1)]
WORKING = [day for day in DAYS if day.weekday() < 5 and day not in FREE]
MONTHS = [f"{year}-{month:02d}" for year in range(2017, 2031) for month in range(1, 13)]
CALENDAR = Calendar()
WHOLE = MONTHS[1:-1]
"""Those whose first days before and last days after lie on the list."""

# month: check-in, day before, was due, Head of Service told, closing. Bank holidays and closure days by hand.
LADDERS = """
2017-01 09 13 17 18 20   New Year's Day kept on Monday the 2nd
2017-02 07 13 15 16 20
2017-03 07 13 15 16 20
2017-04 07 13 19 20 24   Good Friday the 14th, Easter Monday the 17th
2017-05 08 12 16 17 19   May Day on Monday the 1st
2017-06 07 13 15 16 20
2017-07 07 13 17 18 20
2017-08 07 11 15 16 18
2017-09 07 13 15 18 20
2017-10 06 12 16 17 19
2017-11 07 13 15 16 20
2017-12 07 13 15 18 20
2018-01 08 12 16 17 19   New Year's Day on Monday the 1st
2018-02 07 13 15 16 20
2018-03 07 13 15 16 20
2018-04 09 13 17 18 20   Easter Monday the 2nd
2018-05 08 14 16 17 21   May Day on Monday the 7th
2018-06 07 13 15 18 20
2018-07 06 12 16 17 19
2018-08 07 13 15 16 20
2018-09 07 13 17 18 20
2018-10 05 11 15 16 18
2018-11 07 13 15 16 20
2018-12 07 13 17 18 20
2019-01 08 14 16 17 21   New Year's Day on Tuesday the 1st
2019-02 07 13 15 18 20
2019-03 07 13 15 18 20
2019-04 05 11 15 16 18   Good Friday the 19th
2019-05 08 14 16 17 21   May Day on Monday the 6th
2019-06 07 13 17 18 20
2019-07 05 11 15 16 18
2019-08 07 13 15 16 20
2019-09 06 12 16 17 19
2019-10 07 11 15 16 18
2019-11 07 13 15 18 20
2019-12 06 12 16 17 19
"""

CHRISTMAS = Closures((date(2026, 12, 24), date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)))


def test_every_day_of_fourteen_years_is_a_working_day_or_is_not() -> None:
    assert [day for day in DAYS if CALENDAR.is_working(day)] == WORKING


@pytest.mark.parametrize("month", WHOLE)
def test_a_months_dates_are_those_that_are_counted_off_on_the_list(month: str) -> None:
    first = next(place for place, day in enumerate(WORKING) if f"{day:%Y-%m}" == month)
    next_first = next(place for place, day in enumerate(WORKING) if place > first and f"{day:%Y-%m}" != month)
    dates = CALENDAR.dates_of(month, MonthDays())
    assert astuple(dates) == astuple(
        RoundDates(
            roll_check_on=WORKING[first - 10],
            sample_on=WORKING[first - 5],
            distribute_on=WORKING[first],
            due_on=WORKING[first + 9],
            cut_off_at=at_london(WORKING[first + 13], MonthDays().cut_off_hour),
            moderate_on=WORKING[first + 14],
            outcomes_by=WORKING[first + 17],
            draft_by=WORKING[first + 18],
            comments_by=WORKING[first + 21],
            sign_off_on=WORKING[max(next_first + 7, first + 22)],
        )
    )


@pytest.mark.parametrize("month", WHOLE)
def test_and_its_ladder_has_five_steps_on_five_working_days_in_order(month: str) -> None:
    first = next(place for place, day in enumerate(WORKING) if f"{day:%Y-%m}" == month)
    assert ladder(month, Policy()) == {
        CHECK_IN: WORKING[first + 4],
        DAY_BEFORE: WORKING[first + 8],
        WAS_DUE: WORKING[first + 10],
        HEAD_TOLD: WORKING[first + 11],
        CLOSING: WORKING[first + 13],
    }


def ladder(month: str, policy: Policy) -> dict[str, date]:
    rules = Rulebook.of(policy)
    dates = rules.calendar.dates_of(month, policy.month)
    steps = audit_ladder(dates.due_on, london(dates.cut_off_at).date(), rules)
    assert [step.on for step in steps] == sorted({step.on for step in steps})
    return dict(steps)


@pytest.mark.parametrize("line", LADDERS.strip().splitlines(), ids=lambda line: line[:7])
def test_a_months_ladder_falls_as_the_table_says(line: str) -> None:
    month, *days = line.split()[:6]
    assert [f"{day:%d}" for day in ladder(month, Policy()).values()] == days


def test_no_month_of_three_years_has_two_steps_on_one_day() -> None:
    for closed in ((), (date(2017, 12, 14), date(2017, 12, 15), date(2018, 8, 16))):
        policy = Policy(calendar=Closures(closed))
        for month in MONTHS[:36]:
            assert len(ladder(month, policy)) == 5


def test_three_years_of_ladders_hour_by_hour_say_each_step_once_and_in_the_first_hour_of_its_day(
    rules: Rulebook,
) -> None:
    """Over bank holidays, and the clocks going forward and back."""
    for month in MONTHS[:36]:
        assert heard(month, rules) == [(name, at_london(on, time(9))) for name, on in ladder(month, Policy()).items()]


def heard(month: str, rules: Rulebook) -> list[tuple[str, datetime]]:
    """What the auditor of one audit, who never answers, hears from its giving out until a week after the cut-off."""
    audit, dates = gather(rules).allocation, rules.calendar.dates_of(month, rules.policy.month)
    audit.due_on, audit.round.cut_off_at = dates.due_on, dates.cut_off_at
    audit.given_out_at = now = at_london(dates.distribute_on, time(9))
    taken: list[StepTaken] = []
    while now < dates.cut_off_at + timedelta(days=7):
        due = due_of_audit(audit, taken, now=now, rules=rules).names if is_reminding_time(now, rules) else ()
        taken += take(audit.ref, due, dates.due_on, at=now)
        now += timedelta(hours=1)
    return [(each.step, each.taken_at) for each in taken]


def test_december_2026_with_the_council_closed_over_christmas() -> None:
    """Boxing Day is a Saturday, so Monday the 28th is kept for it; what follows moderation lies in January."""
    policy = Policy(calendar=CHRISTMAS)
    assert Rulebook.of(policy).calendar.dates_of("2026-12", MonthDays()) == RoundDates(
        roll_check_on=date(2026, 11, 17),
        sample_on=date(2026, 11, 24),
        distribute_on=date(2026, 12, 1),
        due_on=date(2026, 12, 14),
        cut_off_at=at_london(date(2026, 12, 18), MonthDays().cut_off_hour),
        moderate_on=date(2026, 12, 21),
        outcomes_by=date(2027, 1, 4),
        draft_by=date(2027, 1, 5),
        comments_by=date(2027, 1, 8),
        sign_off_on=date(2027, 1, 13),
    )
    assert {step: f"{day:%-d %B}" for step, day in ladder("2026-12", policy).items()} == {
        CHECK_IN: "7 December",
        DAY_BEFORE: "11 December",
        WAS_DUE: "15 December",
        HEAD_TOLD: "16 December",
        CLOSING: "18 December",
    }


def test_april_2028_with_easter_in_its_midst() -> None:
    """It begins on a Saturday; Good Friday is the 14th, Easter Monday the 17th, May Day Monday the 1st."""
    assert CALENDAR.dates_of("2028-04", MonthDays()) == RoundDates(
        roll_check_on=date(2028, 3, 20),
        sample_on=date(2028, 3, 27),
        distribute_on=date(2028, 4, 3),
        due_on=date(2028, 4, 18),
        cut_off_at=at_london(date(2028, 4, 24), MonthDays().cut_off_hour),
        moderate_on=date(2028, 4, 25),
        outcomes_by=date(2028, 4, 28),
        draft_by=date(2028, 5, 2),
        comments_by=date(2028, 5, 5),
        sign_off_on=date(2028, 5, 11),
    )
    assert {step: f"{day:%-d %B}" for step, day in ladder("2028-04", Policy()).items()} == {
        CHECK_IN: "7 April",
        DAY_BEFORE: "13 April",
        WAS_DUE: "19 April",
        HEAD_TOLD: "20 April",
        CLOSING: "24 April",
    }
