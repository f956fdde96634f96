"""A little spreadsheet in memory, with what people do to one: cells have types, and rows and columns move."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from random import Random
from typing import Self, TypeVar
from zoneinfo import ZoneInfo

FIRST_DAY = date(1899, 12, 30)
DAY_SECONDS = 24 * 60 * 60
ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#ERROR!", "#NULL!")
NUMBERS = count(1)

Part = TypeVar("Part")


@dataclass(frozen=True)
class Moment:
    """A date with the time of day, as a cell keeps it: by the sheet's clock, which the cell does not know."""

    serial: float

    @classmethod
    def at(cls, instant: datetime, zone: str) -> Self:
        there = instant.astimezone(ZoneInfo(zone))
        of_day = (there.hour * 60 + there.minute) * 60 + there.second + there.microsecond / 1_000_000
        return cls(there.date().toordinal() - FIRST_DAY.toordinal() + of_day / DAY_SECONDS)

    @classmethod
    def on(cls, day: date) -> Self:
        return cls(float(day.toordinal() - FIRST_DAY.toordinal()))


@dataclass(frozen=True)
class Broken:
    """A formula that came to nothing."""

    words: str = "#REF!"


Cell = str | int | float | bool | Moment | Broken


@dataclass
class Tab:
    """One tab. Its first row holds the headings; rows and columns are counted from 1, as people count them."""

    title: str
    headings: list[Cell] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    kind: str = "GRID"
    number: int = field(default_factory=lambda: next(NUMBERS))

    def append(self, *cells: Cell) -> None:
        self.rows.append(list(cells))

    def edit(self, row: int, column: int, cell: Cell) -> None:
        """Write into a cell; row 1 holds the headings."""
        self._widen(column)
        self._row(row)[column - 1] = cell

    def delete_rows(self, first: int, how_many: int = 1) -> None:
        del self.rows[first - 2 : first - 2 + how_many]

    def insert_rows(self, before: int, how_many: int = 1) -> None:
        self.rows[before - 2 : before - 2] = [[] for _ in range(how_many)]

    def sort(self, column: int, *, falling: bool = False) -> None:
        """By a column as Google sorts it: numbers, then text, then yes and no; what is empty comes last either way."""
        self._widen(column)
        empty = [row for row in self.rows if row[column - 1] == ""]
        filled = [row for row in self.rows if row[column - 1] != ""]
        self.rows = [*sorted(filled, key=lambda row: _in_order(row[column - 1]), reverse=falling), *empty]

    def shuffle(self, chance: Random) -> None:
        chance.shuffle(self.rows)

    def column(self, title: str) -> int:
        return self.headings.index(title) + 1

    def rename_column(self, column: int, title: str) -> None:
        self.headings[column - 1] = title

    def blank_heading(self, column: int) -> None:
        self.headings[column - 1] = ""

    def move_column(self, column: int, to: int) -> None:
        self._columns(lambda row: row.insert(to - 1, row.pop(column - 1)))

    def duplicate_column(self, column: int) -> None:
        self._columns(lambda row: row.insert(column, row[column - 1]))

    def insert_column(self, before: int, title: str = "") -> None:
        self._columns(lambda row: row.insert(before - 1, ""))
        self.headings[before - 1] = title

    def delete_column(self, column: int) -> None:
        self._columns(lambda row: row.pop(column - 1))

    def values(self) -> list[list[object]]:
        """Every row from the first, as Google sends them unformatted: without the empty cells and rows at the end."""
        rows = [_without_empty_end([_sent(cell) for cell in row]) for row in [self.headings, *self.rows]]
        return _without_empty_end(rows)

    def _row(self, number: int) -> list[Cell]:
        while len(self.rows) < number - 1:
            self.rows.append([])
        row = self.headings if number == 1 else self.rows[number - 2]
        self._widen(0)
        return row

    def _columns(self, change: Callable[[list[Cell]], object]) -> None:
        self._widen(0)
        for row in [self.headings, *self.rows]:
            change(row)

    def _widen(self, least: int) -> None:
        every = [self.headings, *self.rows]
        width = max(least, *(len(row) for row in every))
        for row in every:
            row.extend([""] * (width - len(row)))


@dataclass
class Spreadsheet:
    tabs: list[Tab]
    time_zone: str = "Europe/London"
    locale: str = "en_GB"
    is_excel: bool = False

    def tab(self, title: str) -> Tab | None:
        return next((tab for tab in self.tabs if tab.title.casefold() == title.casefold()), None)

    def entered(self, text: str) -> Cell:
        """What Google makes of text that is typed into a cell whose format is left to Google."""
        if text.startswith("'"):
            return text[1:]
        if text.upper() in {"TRUE", "FALSE"}:
            return text.upper() == "TRUE"
        if re.fullmatch(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?(E[+-]?\d{1,2})?", text, re.ASCII | re.IGNORECASE):
            return _whole(float(text.replace(",", "")))
        return Moment.on(day) if (day := self._as_day(text)) else text

    def _as_day(self, text: str) -> date | None:
        found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text, re.ASCII)
        if not found:
            return None
        first, second, year = map(int, found.groups())
        month, day = (first, second) if self.locale == "en_US" else (second, first)
        try:
            return date(year, month, day)
        except ValueError:
            return None


def _sent(cell: Cell) -> object:
    match cell:
        case Moment():
            return _whole(cell.serial)
        case Broken():
            return cell.words
        case float():
            return _whole(cell)
    return cell


def _whole(number: float) -> int | float:
    """A whole number is sent without a point, as long as it can be told from its neighbours."""
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _in_order(cell: Cell) -> tuple[int, float, str]:
    match cell:
        case bool():
            return 2, float(cell), ""
        case int() | float():
            return 0, float(cell), ""
        case Moment():
            return 0, cell.serial, ""
        case Broken():
            return 3, 0.0, cell.words
    return 1, 0.0, cell.casefold()


def _without_empty_end(parts: Sequence[Part]) -> list[Part]:
    last = max((place for place, part in enumerate(parts, start=1) if part not in ("", [])), default=0)
    return list(parts[:last])
