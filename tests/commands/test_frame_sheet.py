"""`flask cases import --sheet`: the month's frame out of a Google sheet, whole or not at all."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from pydantic import SecretStr

import app as front_hall
from settings import Settings
from storage import find
from storage.office import Office
from storage.session import Record
from tests.cast import Cast
from tests.commands.test_rota import run
from tests.storage.test_races import url_of
from tests.twins.sheets import SheetsTwin
from tests.twins.spreadsheet import Spreadsheet, Tab

KEY, MONTH = "1aB-c_D2017", "2017-11"
BY = ("--round", MONTH, "--as", "bronwen@example.org")
COLUMNS = ["case_ref", "team", "social_worker", "team_manager", "plan_type", "age_band", "opened"]


@pytest.fixture
def tab() -> Tab:
    return Tab("November", [*COLUMNS])


@pytest.fixture
def twin(tab: Tab) -> Iterator[SheetsTwin]:
    twin = SheetsTwin({KEY: Spreadsheet([tab])}, now=time.time).start()
    yield twin
    twin.stop()


@pytest.fixture
def app(office: Office, cast: Cast, twin: SheetsTwin, tmp_path: Path) -> Iterator[Flask]:  # noqa: ARG001 - on record
    built = front_hall.build(
        Settings(
            _env_file=None,
            database_url=url_of(office.record),
            secret_key=SecretStr("for tests only, and long enough for it"),
            google_service_account_file=twin.key_file(tmp_path),
            sheets_api_url=twin.url,
            demo=True,
        )
    )
    yield built
    record: Record = built.extensions["auditloop"].office.record
    record.close()


def frame(office: Office) -> list[str]:
    with office.record.reading() as session:
        return sorted(each.case.ref for each in find.cases.frame(session, MONTH))


def test_it_is_taken_in_whole_or_not_at_all(app: Flask, office: Office, tab: Tab) -> None:
    run(app, "round", "open", MONTH, "--theme", "Fathers", "--group", "Linden", "--as", "bronwen@example.org")
    with office.record.reading() as session:
        known = find.cases.by_refs(session, ["MDW-0417"])["MDW-0417"]
        near, team = (known.social_worker, known.team_manager), known.team.name if known.team else ""
        people = [who.email for who in near if who]
    tab.append("00123", team, *people, "Looked After", "5-9", 42744)
    assert run(app, "cases", "import", "--sheet", KEY, "--tab", "November", *BY)[0] == 0
    assert frame(office) == ["00123"]
    tab.append(124, team, *people, "Looked After", "5-9", 42744)
    assert run(app, "cases", "import", "--sheet", KEY, *BY)[0] == 1
    assert run(app, "cases", "import", "--sheet", KEY, "--tab", "December", *BY)[0] == 1
    assert run(app, "cases", "import", *BY)[0] == 2
    assert frame(office) == ["00123"]
