"""Files of rows: every cell as the text it was, every fault by its place."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from forms.files import read_rows
from programme.refusals import Faulty, Refusal

AWKWARD = [
    *("00123", "0012345", "1E5", "1E400", "NaN", "1,234", "١٢٣", "=1+1", "+44", "-5", "@x", "'quoted", '"quoted"'),
    *("a;b", "a,b", "Zoë", "“curly”", "🙂", "null", "TRUE", "2017-10-31", "1/2", "3-4", "0", "0.10", "1.50", "é́"),
]


def spreadsheet(path: Path, rows: list[list[object]]) -> Path:
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)  # type: ignore[union-attr]
    workbook.save(path)
    return path


@pytest.mark.parametrize("value", AWKWARD)
def test_a_csv_cell_comes_back_as_it_was(tmp_path: Path, value: str) -> None:
    file = tmp_path / "a.csv"
    quoted = value.replace('"', '""')
    file.write_text(f'Case_Ref,b\n"{quoted}",x\n', encoding="utf-8")
    assert read_rows(file).rows == [(2, {"case_ref": value, "b": "x"})]


@pytest.mark.parametrize("value", [each for each in AWKWARD if not each.startswith("=")])
def test_an_xlsx_text_cell_comes_back_as_it_was(tmp_path: Path, value: str) -> None:
    file = spreadsheet(tmp_path / "a.xlsx", [["a", "b"], [value, "x"]])
    assert read_rows(file).rows == [(2, {"a": value, "b": "x"})]


def test_a_number_in_a_spreadsheet_is_its_digits(tmp_path: Path) -> None:
    file = spreadsheet(tmp_path / "a.xlsx", [["a", "b", "c"], [12345, 7.0, None], [None, None, None], [1.5, True, "z"]])
    assert read_rows(file).rows == [(2, {"a": "12345", "b": "7", "c": ""}), (4, {"a": "1.5", "b": "yes", "c": "z"})]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("a,A ,b\n1,2,3\n", ["Column 'a': stands in the file twice."]),
        ("a,,b\n1,2,3\n", ["Column 2: has no heading."]),
        ("a,b\n1,2,note\n", ["Row 2, column 3: stands beside the table, under no heading."]),
        ("a,b\n#REF!,2\n", ["Row 2, a: holds the spreadsheet's error #REF!."]),
    ],
)
def test_a_fault_is_named_by_its_place(tmp_path: Path, text: str, faults: list[str]) -> None:
    file = tmp_path / "a.csv"
    file.write_text(text)
    with pytest.raises(Faulty) as refusal:
        read_rows(file)
    assert [str(fault) for fault in refusal.value.faults] == faults


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.txt", b"x", "a.txt is neither CSV nor XLSX. Save it as one of them."),
        ("a.csv", b"", "a.csv is empty."),
        ("a.csv", b"a\n\xff\xfe\n", "a.csv is not UTF-8 text. In a spreadsheet, save it as 'CSV UTF-8'."),
        ("a.xlsx", b"not a zip", "a.xlsx cannot be opened as a spreadsheet. Save it again as XLSX."),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        read_rows(file)
    assert refusal.value.sentence == sentence


def test_a_short_row_is_filled_up(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a,b,c\n1\n\n2,3,4\n", encoding="utf-8-sig")
    assert read_rows(file).rows == [(2, {"a": "1", "b": "", "c": ""}), (4, {"a": "2", "b": "3", "c": "4"})]
