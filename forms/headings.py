"""The headings of a response sheet, held against the questions of our forms before anything is read beneath them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from forms import google
from forms.arrived import Arrived
from forms.columns import columns
from forms.google import Answer, Known, plain
from forms.sheets import Snapshot
from programme.refusals import Fault
from programme.tool import AuditTool

TIMESTAMP, ADDRESS = "timestamp", "email address"
"""Google's own headings for when and by whom a response was sent."""

Row = tuple[int, Sequence[object]]
"""A row's number in the sheet, which says nothing of which response it is, and its cells."""


@dataclass(frozen=True)
class Layout:
    """Where in the sheet what stands, once its headings are known to be right."""

    headings: Sequence[str]
    places: Mapping[str, int]
    zone: ZoneInfo
    known: Known

    def arrived(self, cells: Sequence[object]) -> Arrived:
        """One row as it came. Its id is made of when and by whom it was sent, which sorting does not change."""
        sent, by = self._sent_at(cells), str(self._cell(cells, ADDRESS)).strip().lower()
        response = google.read(self._answers(cells), self.known)
        if sent is None:
            response.doubt("submitted_at", "The sheet does not say as a time when this was sent.")
        return Arrived(
            google.SOURCE,
            "row:" + sha256(f"{sent} {by}".encode()).hexdigest()[:40],
            response.fields,
            respondent=by,
            submitted_at=sent,
            received=google.as_received(dict(zip(self.headings, cells, strict=False))),
            unsure=response.unsure,
        )

    def _answers(self, cells: Sequence[object]) -> Iterator[Answer]:
        for heading, cell in zip(self.headings, cells, strict=False):
            if plain(heading) not in {TIMESTAMP, ADDRESS, ""}:
                yield "", heading, cell

    def _sent_at(self, cells: Sequence[object]) -> datetime | None:
        cell = self._cell(cells, TIMESTAMP)
        serial = cell if isinstance(cell, int | float) and not isinstance(cell, bool) else 0
        return google.moment_of(serial, self.zone) if 1 <= serial < google.LAST_SERIAL else None

    def _cell(self, cells: Sequence[object], heading: str) -> object:
        return cells[self.places[heading]] if heading in self.places else ""


def layout_of(snapshot: Snapshot, tools: Sequence[AuditTool]) -> Layout:
    places = {plain(heading): place for place, heading in enumerate(snapshot.headings)}
    return Layout(snapshot.headings, places, ZoneInfo(snapshot.time_zone), Known.of(tools))


def faults_in(snapshot: Snapshot, tools: Sequence[AuditTool]) -> list[Fault]:
    """What keeps the sheet from being read: each column that is blank, doubled, unknown or missing, and its clock."""
    written = [plain(heading) for heading in snapshot.headings]
    doubled = [each for each, times in Counter(written).items() if each and times > 1]
    known = {TIMESTAMP, ADDRESS, *Known.of(tools).by_title}
    return [
        *_without_heading(snapshot),
        *(Fault(f"Column '{each}'", "stands in the sheet twice.") for each in doubled),
        *(Fault(f"Column '{each}'", "is no question of our form.") for each in written if each and each not in known),
        *(Fault(f"Column '{each}'", "is missing, or was given another heading.") for each in _missing(written, tools)),
        *_strange_clock(snapshot.time_zone),
    ]


def _without_heading(snapshot: Snapshot) -> Iterator[Fault]:
    """A column may stand blank beside the table, but nothing may be written in it."""
    used = {place for _, cells in snapshot.rows for place, cell in enumerate(cells) if cell != ""}
    for place in sorted(used):
        if place >= len(snapshot.headings) or not snapshot.headings[place].strip():
            yield Fault(f"Column {place + 1}", "has something written in it and no heading.")


def _missing(written: Sequence[str], tools: Sequence[AuditTool]) -> list[str]:
    """What the form has whose questions stand here most; where two are as like, the later one's."""
    asked = [[column.title for column in columns(tool)] for tool in tools]
    likeliest = max(asked, key=lambda titles: sum(plain(title) in written for title in titles), default=[])
    return [title for title in ("Timestamp", "Email Address", *likeliest) if plain(title) not in written]


def _strange_clock(time_zone: str) -> Iterator[Fault]:
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield Fault("Time zone", f"'{time_zone}' is not known here. Set the sheet's to London.")
