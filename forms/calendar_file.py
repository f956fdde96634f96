"""A calendar file (iCalendar, RFC 5545) read as rows: who is not at work, from which day to which.

What an event is called is never read: why somebody is not at work is nobody's business here.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Component, Event

from programme.calendar import london
from programme.refusals import Fault, Faulty, Refusal

HEADINGS = ("email", "first_day", "last_day")


def read_events(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The headings, then a row for each person of each event. An event that repeats, or names nobody, is refused."""
    try:
        calendar: Component = Calendar.from_ical(path.read_bytes())
    except ValueError as error:
        msg = f"{path.name} cannot be read as a calendar. Save it again as iCalendar (.ics)."
        raise Refusal(msg, field="file") from error
    events = [each for each in calendar.walk("VEVENT") if isinstance(each, Event)]
    happening = [(n, each) for n, each in enumerate(events, start=1) if each.get("STATUS") != "CANCELLED"]
    faults = [Fault(f"Event {n}", fault) for n, event in happening if (fault := _fault(event))]
    if faults:
        raise Faulty("The calendar has events that cannot be read. Nothing was taken in.", faults)
    yield 0, list(HEADINGS)
    for n, event in happening:
        first, last = _days(event)
        yield from ((n, [email, first.isoformat(), last.isoformat()]) for email in _people(event))


def _fault(event: Event) -> str:
    if "RRULE" in event:
        return "repeats. Enter each absence by itself."
    if "DTSTART" not in event:
        return "has no first day."
    return "" if _people(event) else "names nobody: give it an attendee or an organizer."


def _people(event: Event) -> list[str]:
    """Addresses of those who attend; of who made it, where nobody does."""
    said = event.get("ATTENDEE") or event.get("ORGANIZER") or []
    each = said if isinstance(said, list) else [said]
    return [str(one).lower().removeprefix("mailto:") for one in each]


def _days(event: Event) -> tuple[date, date]:
    """First and last day. What ends at midnight, as whole days do, ends the day before."""
    start, end = event.start, event.end
    first = _day(start)
    last = _day(end - timedelta(microseconds=1)) if isinstance(end, datetime) else end - timedelta(days=1)
    return first, max(first, last)


def _day(when: date) -> date:
    if not isinstance(when, datetime):
        return when
    return london(when).date() if when.tzinfo else when.date()
