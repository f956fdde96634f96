"""Reading a file of rows: CSV, XLSX, or a calendar. Every cell is text, so that 00123 stays 00123."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from forms.calendar_file import read_events
from programme.refusals import Fault, Faulty, Refusal

SPREADSHEET_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#ERROR!"})


@dataclass(frozen=True)
class Rows:
    """A file's headings, and its rows by the number a reader of the file sees."""

    headings: Sequence[str]
    rows: Sequence[tuple[int, dict[str, str]]]


def read_rows(path: Path) -> Rows:
    """Read a file whole, or refuse it with everything that is wrong with its headings or cells."""
    lines = [(number, cells) for number, cells in READERS[_kind_of(path.name)](path) if any(cells)]
    if not lines:
        msg = f"{path.name} is empty."
        raise Refusal(msg)
    headings = [" ".join(heading.split()).lower() for heading in lines[0][1]]
    while headings and not headings[-1]:
        headings.pop()
    _refuse_bad_headings(headings)
    _refuse_bad_cells(lines[1:], headings)
    return Rows(headings, [(number, _by_heading(headings, cells)) for number, cells in lines[1:]])


def read_sent(name: str, content: bytes) -> Rows:
    """A file that came by a page: laid down for as long as it is read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"the file{_kind_of(name)}"
        path.write_bytes(content)
        return read_rows(path)


def _kind_of(name: str) -> str:
    kind = Path(name).suffix.lower()
    if kind not in READERS:
        msg = f"{name[:60]} is neither CSV nor XLSX. Save it as one of them."
        raise Refusal(msg, field="file")
    return kind


def _csv(path: Path) -> Iterable[tuple[int, list[str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{path.name} is not UTF-8 text. In a spreadsheet, save it as 'CSV UTF-8'."
        raise Refusal(msg) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        msg = f"{path.name}, line {reader.line_num}: {error}. Look at the quotation marks there."
        raise Refusal(msg) from error


def _xlsx(path: Path) -> Iterable[tuple[int, list[str]]]:
    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError) as error:
        msg = f"{path.name} cannot be opened as a spreadsheet. Save it again as XLSX."
        raise Refusal(msg) from error
    try:
        sheet = workbook.worksheets[0]
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, [_as_text(cell) for cell in cells]
    finally:
        workbook.close()


def _as_text(cell: object) -> str:
    """A cell as its text. A whole number loses the .0 that the file format gives it; a day is written 2017-10-31."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _by_heading(headings: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """A short row is filled up with empty cells; what is empty beyond the headings is left out."""
    return dict(zip_longest(headings, cells[: len(headings)], fillvalue=""))


def _refuse_bad_headings(headings: Sequence[str]) -> None:
    faults = [Fault(f"Column {n}", "has no heading.") for n, heading in enumerate(headings, start=1) if not heading]
    doubled = [heading for heading, times in Counter(headings).items() if heading and times > 1]
    faults += [Fault(f"Column '{heading}'", "stands in the file twice.") for heading in doubled]
    if faults:
        raise Faulty("The file's headings cannot be read. Nothing was taken in.", faults)


def _refuse_bad_cells(lines: Iterable[tuple[int, list[str]]], headings: Sequence[str]) -> None:
    faults = []
    for number, cells in lines:
        for column, cell in enumerate(cells):
            where = f"Row {number}, {headings[column] if column < len(headings) else f'column {column + 1}'}"
            if column >= len(headings) and cell:
                faults.append(Fault(where, "stands beside the table, under no heading."))
            elif cell in SPREADSHEET_ERRORS:
                faults.append(Fault(where, f"holds the spreadsheet's error {cell}."))
    if faults:
        raise Faulty("The file has cells that cannot be read. Nothing was taken in.", faults)


READERS: Mapping[str, Callable[[Path], Iterable[tuple[int, list[str]]]]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".ics": read_events,
}
"""How a file is read, by how its name ends."""
