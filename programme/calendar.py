"""Working days, London time and the dates of a month. The only place that knows either."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

from programme.policy import MonthDays
from programme.refusals import Refusal

LONDON = ZoneInfo("Europe/London")
MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])", re.ASCII)


def london(instant: datetime) -> datetime:
    """The same instant as a London clock shows it."""
    return instant.astimezone(LONDON)


def at_london(day: date, hour: time) -> datetime:
    """The UTC instant at which a London clock shows this day and hour."""
    return datetime.combine(day, hour, LONDON).astimezone(UTC)


def hour_typed(words: str) -> time | None:
    """An hour as people write it, 09:40 or 9.40; None where it is none."""
    try:
        return time.fromisoformat(words.strip().replace(".", ":").zfill(5)).replace(tzinfo=None)
    except ValueError:
        return None


def end_of(day: date) -> datetime:
    """The last second of a London day, as a UTC instant."""
    return at_london(day, time(23, 59, 59))


def first_of(month: str) -> date:
    """The first day of a month written 2017-08."""
    if not MONTH.fullmatch(month):
        msg = f"'{month}' is not a month. Write the year and the month, like 2017-08."
        raise Refusal(msg, field="month")
    return date(int(month[:4]), int(month[5:]), 1)


def month_name(month: str) -> str:
    """'October 2017' for 2017-10."""
    return first_of(month).strftime("%B %Y")


def preceding(month: str) -> str:
    """The month before this one."""
    return (first_of(month) - timedelta(days=1)).strftime("%Y-%m")


def following(month: str) -> str:
    """The month after this one."""
    return (first_of(month) + timedelta(days=31)).strftime("%Y-%m")


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one of a shorter month."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    return _same_day(day, first)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first + timedelta(days=31)).replace(day=1)
    return _same_day(day, first)


def _same_day(day: date, first: date) -> date:
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


@dataclass(frozen=True)
class RoundDates:
    """Every date of one round; only the cut-off has an hour."""

    roll_check_on: date
    sample_on: date
    distribute_on: date
    due_on: date
    cut_off_at: datetime
    moderate_on: date
    outcomes_by: date
    draft_by: date
    comments_by: date
    sign_off_on: date


class Calendar:
    """Monday to Friday less England's bank holidays (the `holidays` library) and the council's closure days."""

    def __init__(self, closure_days: Collection[date] = ()) -> None:
        self._closed = frozenset(closure_days)
        self._bank_holidays = holidays.country_holidays("GB", subdiv="ENG")

    def is_working(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self._closed and day not in self._bank_holidays  # noqa: PLR2004

    def after(self, day: date, working_days: int) -> date:
        """The day that lies so many working days after (or, if negative, before) this one."""
        step = timedelta(days=1 if working_days >= 0 else -1)
        left = abs(working_days)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def working_day(self, month: str, number: int) -> date:
        """Working day `number` of a month, counting on into the next where the month is too short."""
        return self.after(first_of(month) - timedelta(days=1), number)

    def next_morning(self, day: date) -> datetime:
        """Five past nine on the next working day: when the demo's clock is moved on."""
        return at_london(self.after(day, 1), time(9, 5))

    def working_days_between(self, first: date, last: date) -> list[date]:
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in days if self.is_working(day)]

    def dates_of(self, month: str, days: MonthDays) -> RoundDates:
        """The dates of a round under a policy; those after moderation count from moderation."""
        first = first_of(month)
        moderate_on = self.working_day(month, days.moderate)
        comments_by = self.after(moderate_on, days.draft_after + days.comments_after)
        return RoundDates(
            roll_check_on=self.after(first, -days.roll_check_before),
            sample_on=self.after(first, -days.sample_before),
            distribute_on=self.working_day(month, days.distribute),
            due_on=self.working_day(month, days.due),
            cut_off_at=at_london(self.working_day(month, days.cut_off), days.cut_off_hour),
            moderate_on=moderate_on,
            outcomes_by=self.after(moderate_on, days.outcomes_after),
            draft_by=self.after(moderate_on, days.draft_after),
            comments_by=comments_by,
            # A long month moves what follows moderation on; nobody signs before the comments are in.
            sign_off_on=max(self.working_day(following(month), days.sign_off), self.after(comments_by, 1)),
        )
