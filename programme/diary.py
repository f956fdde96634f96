"""What somebody has to do by which day, as a calendar file (RFC 5545) for their own calendar.

Calendars are shared and shown on lock screens: in it stand our own references and nothing else.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from programme.actions import Action
from programme.allocations import Allocation
from programme.calendar import london
from programme.moderation import Moderation, share_ref
from programme.moderation_day import Invitation, ModerationDay

OCTETS_IN_A_LINE = 75
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Entry:
    """A whole day. `mark` stays the same when the day moves, so that a calendar moves it, too."""

    mark: str
    on: date
    said: str
    path: str = "/"

    def lines(self) -> list[str]:
        return [
            f"DTSTART;VALUE=DATE:{self.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{self.on + timedelta(days=1):%Y%m%d}",
        ]

    @property
    def takes_time(self) -> bool:
        """Whether the time is taken in the calendar."""
        return False


@dataclass(frozen=True)
class Appointment:
    """Hours to keep free. `sequence` rises with each change of it, by which a calendar knows the newest."""

    mark: str
    begins_at: datetime
    ends_at: datetime
    said: str
    path: str
    place: str = ""
    sequence: int = 0
    stands: bool = True

    def lines(self) -> list[str]:
        place = [f"LOCATION:{self.place.translate(ESCAPED)}"] if self.place else []
        return [
            f"DTSTART:{_instant(self.begins_at)}",
            f"DTEND:{_instant(self.ends_at)}",
            *place,
            f"SEQUENCE:{self.sequence}",
            f"STATUS:{'CONFIRMED' if self.stands else 'CANCELLED'}",
        ]

    @property
    def takes_time(self) -> bool:
        return self.stands


def appointment(day: ModerationDay, invitation: Invitation) -> Appointment:
    """The moderation day in the calendar of one who is asked to it."""
    month = day.round.month
    return Appointment(
        mark=f"{share_ref(month, invitation.person)}-day",
        begins_at=day.begins_at,
        ends_at=day.ends_at,
        said=f"Moderation day, {day.round.name}",
        path=f"/rounds/{month}/moderation/mine",
        place=day.place,
        sequence=invitation.sequence,
        stands=invitation.stands,
    )


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


def calendar_file(days: Iterable[Entry | Appointment], *, address: str, made_at: datetime) -> bytes:
    """`address` is where our pages are found; entries lead there."""
    days = list(days)
    inner = [line for day in days for line in _event(day, address, made_at)]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Auditloop//EN", *_method(days), *inner, "END:VCALENDAR"]
    return b"".join(_folded(line) for line in lines)


def _method(days: Sequence[Entry | Appointment]) -> list[str]:
    """What a calendar is asked to do with a single appointment; a whole diary asks nothing."""
    appointments = [day for day in days if isinstance(day, Appointment)]
    if not appointments or len(appointments) < len(days):
        return []
    return [f"METHOD:{'PUBLISH' if any(day.stands for day in appointments) else 'CANCEL'}"]


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _event(day: Entry | Appointment, address: str, made_at: datetime) -> Sequence[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{day.mark}@{address.partition('://')[2]}",
        f"DTSTAMP:{_instant(made_at)}",
        *day.lines(),
        f"SUMMARY:{day.said.translate(ESCAPED)}",
        f"URL:{address}{day.path}",
        f"TRANSP:{'OPAQUE' if day.takes_time else 'TRANSPARENT'}",
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
