"""A response of a Google Form read by our names, whether the script sent it or it stands in the sheet.

Both become the same fields, so that what came by both ways is one submission. Nothing is converted that may have been
changed on the way: what is not certain is read as it stands and named, and a person looks at it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from forms.columns import Column, Kind, columns
from forms.files import SPREADSHEET_ERRORS
from programme.refusals import Fault
from programme.tool import AuditTool
from storage.types import UNKEEPABLE

SOURCE = "google"
DAY_ZERO = date(1899, 12, 30)
"""What a serial date counts from (Google Sheets API, DateTimeRenderOption)."""
LAST_SERIAL = 2_958_465.0
"""The last day of the year 9999."""


Answer = tuple[str, str, object]
"""An item's id (empty where it is not known), its title, and its value: text, a list of texts, or a sheet's cell."""


@dataclass(frozen=True)
class Known:
    """What our Google Forms ask: by the item's id where a form's map was saved, and by title."""

    by_item: Mapping[str, Column]
    by_title: Mapping[str, Column]

    @classmethod
    def of(cls, tools: Iterable[AuditTool]) -> "Known":
        """Of every version of the tool, the latest first: where two ask alike, the latest counts."""
        by_item: dict[str, Column] = {}
        by_title: dict[str, Column] = {}
        for tool in tools:
            named = {column.name: column for column in columns(tool)}
            for column in named.values():
                by_title.setdefault(plain(column.title), column)
            for item in tool.form_items:
                if item.name in named:
                    by_item.setdefault(item.item, named[item.name])
        return cls(by_item, by_title)

    def column(self, item: str, title: str) -> Column | None:
        return self.by_item.get(item) or self.by_title.get(plain(title))


@dataclass
class Response:
    """The fields of one response by our names, and what could not be made sure of."""

    fields: dict[str, str] = field(default_factory=dict)
    unsure: list[Fault] = field(default_factory=list)

    def take(self, column: Column, value: object) -> None:
        if column.only_leads:
            return
        words = self._words(column, value)
        if words and self.fields.get(column.name, words) != words:
            self.doubt(column.name, f"'{column.title}' was answered twice, not alike.")
        if words:
            self.fields.setdefault(column.name, words)

    def unknown(self, title: str, value: object) -> None:
        if value not in ("", []):
            self.doubt("form", f"'{title[:100]}' is no question of ours; its answer was not read.")

    def _words(self, column: Column, value: object) -> str:
        if isinstance(value, list):
            return ";".join(_coded(column, str(each)) for each in value)
        if isinstance(value, str):
            value = self._keepable(column, value)
            if value.strip() in SPREADSHEET_ERRORS:
                self.doubt(column.name, f"The sheet shows its error {value.strip()} instead of an answer.")
            return _of_text(column, value)
        return self._of_number(column, value)

    def _of_number(self, column: Column, value: object) -> str:
        """A date is a number in a sheet; any other number was a text before the sheet made a number of it."""
        if column.kind is Kind.DAY and isinstance(value, int | float) and 1 <= value <= LAST_SERIAL:
            return (DAY_ZERO + timedelta(days=int(value))).isoformat()
        shown = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
        self.doubt(column.name, f"The sheet made the number {shown} of '{column.title}'. Is that what was typed?")
        return shown

    def _keepable(self, column: Column, value: str) -> str:
        """No database keeps a NUL or half a character."""
        if UNKEEPABLE.search(value):
            self.doubt(column.name, f"'{column.title}' has a character in it that cannot be kept.")
        return UNKEEPABLE.sub("\N{REPLACEMENT CHARACTER}", value)

    def doubt(self, name: str, sentence: str) -> None:
        self.unsure.append(Fault(name, sentence))


def read(answers: Iterable[Answer], known: Known) -> Response:
    """Every answer under our name for its question; an answer to no question of ours is named, not dropped silently."""
    response = Response()
    for item, title, value in answers:
        column = known.column(item, title)
        if column is None:
            response.unknown(title, value)
        else:
            response.take(column, value)
    return response


def as_received(what: object) -> str:
    """What arrived, as text that can be kept: a half character or a NUL stands as its escape."""
    return json.dumps(what, ensure_ascii=True, default=str)


def plain(title: str) -> str:
    """A title as it is compared: without regard to capitals and to how many spaces there are."""
    return " ".join(title.split()).casefold()


def at_the_second(instant: datetime) -> datetime:
    """A sheet keeps a time as a fraction of a day, so a response is known by its second."""
    return (instant.astimezone(UTC) + timedelta(microseconds=500)).replace(microsecond=0)


def moment_of(serial: float, zone: ZoneInfo) -> datetime:
    """The instant a sheet's cell stands for, on the clock of the sheet's own time zone."""
    local = datetime.combine(DAY_ZERO, datetime.min.time()) + timedelta(days=serial)
    return at_the_second(local.replace(tzinfo=zone))


def _of_text(column: Column, value: str) -> str:
    if column.kind is Kind.TICKS:
        return ";".join(_coded(column, each) for each in _ticked(column, value))
    return _coded(column, value)


def _ticked(column: Column, value: str) -> Sequence[str]:
    """A sheet puts a comma between what was ticked; a label may hold one itself."""
    if any("," in label for label in column.choices.values()):
        return [label for label in column.choices.values() if plain(label) in plain(value)]
    return [each for each in value.split(",") if each.strip()]


def _coded(column: Column, label: str) -> str:
    """The value that a label stands for; what is no label stays as it was written."""
    values = {plain(said): value for value, said in column.choices.items()}
    return values.get(plain(label), label)
