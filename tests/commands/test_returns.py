"""`flask returns …`: a file as one unit, a dry run that changes nothing, and what is held."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path

from click.testing import Result
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import select

from programme.words import AllocationState
from storage import find, tables
from storage.office import Office
from tests.forms.responses import ANSWERS

ASHAS: Mapping[str, str] = {
    "case_ref": "MDW-0417",
    "auditor": "asha@example.org",
    "submitted_at": "2017-10-12 16:30",
    **{name: words for name, words in ANSWERS.items() if name != "part_in_case"},
}
KOFIS: Mapping[str, str] = {**ASHAS, "case_ref": "MDW-0502", "auditor": "kofi@example.org", "impact": ""}


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["returns", *words])


def file_of(folder: Path, *rows: Mapping[str, str]) -> str:
    path = folder / "returns.csv"
    with path.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def taken(app: Flask, file: str, *more: str) -> Result:
    return run(app, "import", file, "--as", "bronwen@example.org", *more)


def states(office: Office) -> list[AllocationState]:
    refs = ("AUD-2017-10-01", "AUD-2017-10-02")
    with office.record.reading() as session:
        return [find.allocations.by_ref(session, ref).state for ref in refs]


def test_what_is_whole_counts_and_what_is_not_is_held(app: Flask, office: Office, tmp_path: Path) -> None:
    said = taken(app, file_of(tmp_path, ASHAS, KOFIS))
    assert said.stdout == "2 returns: 1 taken in, 1 held.\n"
    assert states(office) == [AllocationState.RETURNED_IN_TIME, AllocationState.OUT]


def test_a_dry_run_says_the_same_and_changes_nothing(app: Flask, office: Office, tmp_path: Path) -> None:
    said = taken(app, file_of(tmp_path, ASHAS, KOFIS), "--dry-run")
    assert said.stdout == "Nothing was changed. 2 returns: 1 taken in, 1 held.\n"
    assert states(office) == [AllocationState.OUT] * 2
    with office.record.reading() as session:
        assert find.submissions.count_held(session) == 0


def test_the_same_file_again_adds_nothing(app: Flask, tmp_path: Path) -> None:
    file = file_of(tmp_path, ASHAS, KOFIS)
    taken(app, file)
    assert taken(app, file).stdout == "2 returns: 2 had already.\n"


def test_a_spreadsheet_is_read_as_well(app: Flask, office: Office, tmp_path: Path) -> None:
    book, path = Workbook(), tmp_path / "returns.xlsx"
    sheet = book.worksheets[0]
    sheet.append(list(ASHAS))
    sheet.append(list(ASHAS.values()))
    book.save(path)
    assert taken(app, str(path)).stdout == "1 return: 1 taken in.\n"
    assert states(office)[0] is AllocationState.RETURNED_IN_TIME


def test_every_fault_of_the_file_is_named_and_nothing_is_taken_in(app: Flask, office: Office, tmp_path: Path) -> None:
    nobodys = {**ASHAS, "auditor": "", "submitted_at": "last week"}
    said = taken(app, file_of(tmp_path, ASHAS, nobodys))
    assert (said.exit_code, said.stdout) == (1, "")
    assert said.stderr.splitlines()[-3:] == [
        "2 things are wrong with the file. Nothing was taken in.",
        "  Row 3, auditor: is empty. It is needed.",
        "  Row 3, submitted_at: is no time. Write it as 2017-10-13 16:30.",
    ]
    assert states(office) == [AllocationState.OUT] * 2


def test_a_column_that_is_not_ours_is_named(app: Flask, tmp_path: Path) -> None:
    said = taken(app, file_of(tmp_path, {**ASHAS, "mood": "good"}))
    assert (said.exit_code, "Column 'mood': is not one that is read here." in said.stderr) == (1, True)


def test_only_who_runs_the_month_enters_for_others(app: Flask, office: Office, tmp_path: Path) -> None:
    file = file_of(tmp_path, ASHAS)
    assert run(app, "import", file, "--as", "asha@example.org").exit_code == 1
    assert states(office) == [AllocationState.OUT] * 2


def test_who_entered_it_and_for_whom_are_both_kept(app: Flask, office: Office, tmp_path: Path) -> None:
    taken(app, file_of(tmp_path, ASHAS))
    told = tables.history.c
    with office.record.reading() as session:
        entry = session.execute(select(told.by_id, told.for_id).where(told.kind == "return_recorded")).one()
        who = [find.people.by_email(session, f"{name}@example.org") for name in ("bronwen", "asha")]
    assert [each and each.id for each in who] == list(entry)


def test_what_is_held_is_listed(app: Flask, tmp_path: Path) -> None:
    assert run(app, "held").stdout == "Nothing is held.\n"
    taken(app, file_of(tmp_path, KOFIS))
    [held] = json.loads(run(app, "held", "--json").stdout)
    assert (held["audit"], held["because"]) == ("AUD-2017-10-02", "Some answers are still needed.")
    assert held["to_mend"] == "impact: Say what difference the work made for the child."


def test_without_a_sheet_a_poll_says_what_to_set(app: Flask) -> None:
    said = run(app, "poll")
    assert (said.exit_code, said.stderr) == (
        1,
        "No response sheet is named. Set GOOGLE_SERVICE_ACCOUNT_FILE and GOOGLE_SHEET_KEY.\n",
    )
