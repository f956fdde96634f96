"""A frame that stands in a sheet: read as text, and nothing guessed where zeros may have been lost."""

import pytest

from forms.frame_sheet import rows_of
from forms.sheets import Snapshot
from programme.refusals import Faulty

HEADINGS = ("Case_Ref ", "team", "opened", "restricted", "age")


def snapshot(*rows: tuple[object, ...]) -> Snapshot:
    return Snapshot(HEADINGS, tuple(enumerate(rows, start=2)), "Europe/London")


def test_days_yes_and_whole_numbers_are_text() -> None:
    read = rows_of(snapshot(("00123", "Orchard", 42744.0, True, 7.0), ("MDW-1", "Orchard", "2017-01-09", "no", "")))
    assert read.headings == ["case_ref", "team", "opened", "restricted", "age"]
    assert [(number, list(cells.values())) for number, cells in read.rows] == [
        (2, ["00123", "Orchard", "2017-01-09", "yes", "7"]),
        (3, ["MDW-1", "Orchard", "2017-01-09", "no", ""]),
    ]


def test_a_reference_that_is_a_number_is_refused_with_its_row() -> None:
    with pytest.raises(Faulty) as refused:
        rows_of(snapshot(("MDW-1", "Orchard", "", "", ""), (123.0, "Orchard", "", "", "")))
    assert [str(fault) for fault in refused.value.faults] == [
        "Row 3, case_ref: is a number in the sheet. Format the column as plain text and type it again."
    ]
