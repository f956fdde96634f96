"""The form's tests use the pages' app and browsers; a sheet's, a twin of Google and a clock for waiting by."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from forms.asking import Patience
from forms.sheets import ResponseSheet, SheetPlace
from tests.forms.clock import Clock
from tests.twins.sheets import SheetsTwin
from tests.twins.spreadsheet import Cell, Spreadsheet, Tab
from tests.web.conftest import app, browser, nobody

__all__ = ["app", "browser", "nobody"]

KEY = "1aB-c_D2017"
TITLE = "Form responses 1"
HEADINGS: list[Cell] = ["Timestamp", "The child's case reference", "What is strong here?"]


@pytest.fixture
def ticking() -> Clock:
    return Clock()


@pytest.fixture
def tab() -> Tab:
    return Tab(TITLE, list(HEADINGS))


@pytest.fixture
def book(tab: Tab) -> Spreadsheet:
    return Spreadsheet([tab])


@pytest.fixture
def twin(ticking: Clock, book: Spreadsheet) -> Iterator[SheetsTwin]:
    twin = SheetsTwin({KEY: book}, now=ticking).start()
    yield twin
    twin.stop()
    assert twin.trespasses == []


@pytest.fixture
def place(twin: SheetsTwin, tmp_path: Path) -> SheetPlace:
    return SheetPlace(twin.key_file(tmp_path), KEY, TITLE, twin.url)


@pytest.fixture
def patience(ticking: Clock) -> Patience:
    """Waits as long as it ever may, on a clock of its own."""
    return Patience(wait=ticking.wait, now=ticking, chance=lambda: 1.0)


@pytest.fixture
def sheet(place: SheetPlace, patience: Patience) -> ResponseSheet:
    return ResponseSheet(place, patience)
