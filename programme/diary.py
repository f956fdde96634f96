"""What somebody has to do by which day, as a calendar file (RFC 5545) for their own calendar.

Calendars are shared and shown on lock screens: in it stand our own references and nothing else.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from programme.actions import Action
from programme.allocations import Allocation
from programme.calendar import london
from programme.moderation import Moderation

OCTETS_IN_A_LINE = 75
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Entry:
    """A whole day. `mark` stays the same when the day moves, so that a calendar moves it, too."""

    mark: str
    on: date
    said: str
    path: str = "/"


def entries(
    audits: Iterable[Allocation], to_moderate: Iterable[Moderation], actions: Iterable[Action]
) -> Iterator[Entry]:
    for audit in audits:
        if audit.due_on is not None:
            yield Entry(f"{audit.ref}-due", audit.due_on, f"{audit.ref} is due")
    for each in to_moderate:
        ref, day = each.allocation.ref, each.allocation.round.moderate_on
        if day is not None:
            yield Entry(f"{ref}-moderation", day, f"Moderate {ref}")
    for action in actions:
        path = f"/actions/{action.ref}"
        yield Entry(f"{action.ref}-due", london(action.due_at).date(), f"{action.ref} is due", path)


def calendar_file(days: Iterable[Entry], *, address: str, made_at: datetime) -> bytes:
    """`address` is where our pages are found; entries lead there."""
    inner = [line for day in days for line in _event(day, address, made_at)]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Auditloop//EN", *inner, "END:VCALENDAR"]
    return b"".join(_folded(line) for line in lines)


def _event(day: Entry, address: str, made_at: datetime) -> Sequence[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{day.mark}@{address.partition('://')[2]}",
        f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{day.said.translate(ESCAPED)}",
        f"URL:{address}{day.path}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _folded(line: str) -> bytes:
    """A long line goes on in the next one after a blank; no letter of several octets is torn."""
    rows, row = [], b""
    for letter in line:
        octets = letter.encode()
        if len(row) + len(octets) > OCTETS_IN_A_LINE:
            rows.append(row)
            row = b" "
        row += octets
    return b"\r\n".join([*rows, row]) + b"\r\n"
