"""The response sheet, read by the real gspread from the twin: exactly as it stands."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from forms.asking import Patience
from forms.sheets import ResponseSheet, SheetPlace, Snapshot
from tests.forms.clock import Clock
from tests.forms.conftest import HEADINGS, KEY
from tests.twins.sheets import SheetsTwin
from tests.twins.spreadsheet import ERRORS, Broken, Cell, Moment, Spreadsheet, Tab


def cells(snapshot: Snapshot) -> list[tuple[object, ...]]:
    return [row for _, row in snapshot.rows]


def test_a_read_is_the_sheet_as_it_stands_in_two_calls(sheet: ResponseSheet, tab: Tab, twin: SheetsTwin) -> None:
    tab.append(Moment.at(datetime(2017, 10, 3, 8, 30, tzinfo=UTC), "Europe/London"), "MDW-0417", "Warm.")
    assert sheet.read() == Snapshot(
        headings=("Timestamp", "The child's case reference", "What is strong here?"),
        rows=((2, (43011.395833333336, "MDW-0417", "Warm.")),),
        time_zone="Europe/London",
    )
    assert twin.calls == ["token", "metadata", "values"]


def test_a_second_read_keeps_its_pass_and_sees_what_changed(
    sheet: ResponseSheet, tab: Tab, book: Spreadsheet, twin: SheetsTwin
) -> None:
    sheet.read()
    tab.append(1, "MDW-0417")
    book.time_zone = "America/New_York"
    again = sheet.read()
    assert (again.rows, again.time_zone) == (((2, (1, "MDW-0417", "")),), "America/New_York")
    assert twin.calls == ["token", "metadata", "values", "metadata", "values"]


def test_a_pass_that_ran_out_is_exchanged(sheet: ResponseSheet, ticking: Clock, twin: SheetsTwin) -> None:
    sheet.read()
    ticking.now += 3_601
    assert sheet.read().headings == tuple(HEADINGS)
    assert twin.calls[3:] == ["metadata", "token", "metadata", "values"]


AWKWARD: list[Cell] = [
    *("00123", "0012345", "1E5", "1E400", "NaN", "1,234", "١٢٣", "=1+1", "+44", "-5", "@x", "'quoted", '"quoted"'),
    *(
        "a;b",
        "a,b",
        "Zoë",
        "“curly”",
        "🙂",
        "null",
        "TRUE",
        "2017-10-31",
        "1/2",
        "3-4",
        "0",
        "0.10",
        "é́",
        " x ",
        "\u200b",
    ),
    *("a\nb", "a\r\nb", "\t", "\\", "<b>", "&amp;", "\x7f", "\ufeff", "x" * 50_000),
    *(0, 1, -1, 12345, 1.5, 0.1, 43011.395833333336, 1e15, 1.2345678901234567e19, 1e-7, True, False),
]


@pytest.mark.parametrize("cell", AWKWARD, ids=lambda cell: ascii(cell)[:20])
def test_a_cell_comes_as_it_is(sheet: ResponseSheet, tab: Tab, cell: Cell) -> None:
    tab.append(1, cell, "x")
    read = sheet.read().rows[0][1][1]
    assert (type(read), read) == (type(cell), cell)


@pytest.mark.parametrize("words", ERRORS)
def test_a_broken_formula_comes_as_its_words(sheet: ResponseSheet, tab: Tab, words: str) -> None:
    tab.append(1, Broken(words), "x")
    assert cells(sheet.read()) == [(1, words, "x")]


def test_what_google_leaves_out_is_put_back(sheet: ResponseSheet, tab: Tab) -> None:
    tab.append(1)
    tab.append()
    tab.append("", "", "")
    tab.append(2, "", "z")
    tab.append(3, "b", "c", "", "")
    tab.append(4, "b", "c", "", "a note beside the table")
    assert sheet.read().rows == (
        (2, (1, "", "")),
        (5, (2, "", "z")),
        (6, (3, "b", "c")),
        (7, (4, "b", "c", "", "a note beside the table")),
    )


def test_a_thousand_blank_rows_leave_the_numbers_of_the_rest(sheet: ResponseSheet, tab: Tab) -> None:
    tab.append(1, "a", "b")
    tab.insert_rows(2, 1_000)
    assert sheet.read().rows == ((1_002, (1, "a", "b")),)


def test_an_empty_tab_is_read_as_empty_and_is_not_away(sheet: ResponseSheet, tab: Tab) -> None:
    tab.headings.clear()
    assert sheet.read() == Snapshot((), (), "Europe/London")


def test_headings_come_as_they_are(sheet: ResponseSheet, tab: Tab) -> None:
    tab.append(1, "a", "b")
    tab.blank_heading(2)
    tab.duplicate_column(3)
    tab.insert_column(1, " Note ")
    tab.edit(1, 6, 2017)
    assert sheet.read().headings == (" Note ", "Timestamp", "", "What is strong here?", "What is strong here?", "2017")


def test_rows_have_the_numbers_they_stand_at(sheet: ResponseSheet, tab: Tab) -> None:
    for serial in range(1, 6):
        tab.append(serial, f"MDW-{serial:04}", "x")
    tab.delete_rows(3)
    tab.sort(1, falling=True)
    tab.insert_rows(3)
    assert [(number, row[0]) for number, row in sheet.read().rows] == [(2, 5), (4, 4), (5, 3), (6, 1)]
    tab.shuffle(Random(7))
    assert sorted(row[0] for _, row in sheet.read().rows if isinstance(row[0], int)) == [1, 3, 4, 5]


def test_columns_stand_where_they_stand(sheet: ResponseSheet, tab: Tab) -> None:
    tab.append(1, "a", "b")
    tab.move_column(3, 1)
    tab.rename_column(2, "When")
    tab.delete_column(3)
    assert sheet.read() == Snapshot(("What is strong here?", "When"), ((2, ("b", 1)),), "Europe/London")


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Pacific/Auckland"])
@pytest.mark.parametrize("locale", ["en_GB", "en_US"])
@pytest.mark.parametrize("hour", [0, 1, 2, 12, 23])
def test_a_day_is_the_same_day_in_every_zone_and_locale(
    sheet: ResponseSheet, tab: Tab, book: Spreadsheet, zone: str, locale: str, hour: int
) -> None:
    """The hours in which London's clock goes back are among them."""
    book.time_zone, book.locale = zone, locale
    at = datetime(2017, 10, 29, hour, 30, tzinfo=UTC)
    tab.append(Moment.at(at, zone), book.entered("03/12/2017"), "x")
    when, typed, _ = cells(sheet.read())[0]
    assert isinstance(when, float)
    on_the_wall = datetime(1899, 12, 30, tzinfo=UTC) + timedelta(days=when)
    expected = Moment.at(at, zone).serial
    assert abs((on_the_wall - datetime(1899, 12, 30, tzinfo=UTC)).total_seconds() - expected * 86_400) < 0.001
    assert typed == Moment.on(date(2017, 3, 12) if locale == "en_US" else date(2017, 12, 3)).serial


def test_the_first_tab_with_cells_is_meant_where_none_is_named(
    place: SheetPlace, patience: Patience, book: Spreadsheet, tab: Tab
) -> None:
    book.tabs = [Tab("A chart", kind="OBJECT"), tab, Tab("Notes", ["x"])]
    first = SheetPlace(place.key_file, KEY, "", place.api_url)
    assert ResponseSheet(first, patience).read().headings == tuple(HEADINGS)


@pytest.mark.parametrize("title", ["Form responses 1", "It's O'Brien's", "A1", "Réponses / 2017?&#%", "'", "🙂"])
def test_any_title_of_a_tab_will_do(
    place: SheetPlace, patience: Patience, book: Spreadsheet, tab: Tab, title: str
) -> None:
    tab.title = title
    book.tabs = [Tab("Other", ["x"]), tab]
    named = SheetPlace(place.key_file, KEY, f" {title.upper()}", place.api_url)
    assert ResponseSheet(named, patience).read().headings == tuple(HEADINGS)
