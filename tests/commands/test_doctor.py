"""`flask doctor`: one line for each setting, and what to do about what is not well."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

import app as front_hall
from settings import Settings
from tests.twins.notify import KEY as KEY_OF_NOTIFY
from tests.twins.notify import TEMPLATE, NotifyTwin
from tests.twins.sheets import ACCOUNT, SheetsTwin
from tests.twins.spreadsheet import Spreadsheet, Tab

KEY = "1aB-c_D2017"
SECRET = SecretStr("for tests only, and long enough for it")


@pytest.fixture
def google() -> Iterator[SheetsTwin]:
    twin = SheetsTwin({KEY: Spreadsheet([Tab("Form responses 1", ["Timestamp"])])}).start()
    yield twin
    twin.stop()
    assert twin.trespasses == []


def lines(tmp_path: Path, **named: object) -> list[str]:
    """What the doctor says about the response sheet."""
    return lines_about("GOOGLE", tmp_path, **named)


def lines_about(setting: str, tmp_path: Path, **named: object) -> list[str]:
    settings = Settings(_env_file=None, database_url=f"sqlite:///{tmp_path}/a.db", secret_key=SECRET, **named)  # type: ignore[arg-type]
    built = front_hall.build(settings)
    said = built.test_cli_runner().invoke(args=["doctor"])
    built.extensions["auditloop"].office.record.close()
    return [line for line in said.stdout.splitlines() if setting in line]


def test_a_sheet_that_can_be_read_is_well(tmp_path: Path, google: SheetsTwin) -> None:
    named = {"google_service_account_file": google.key_file(tmp_path), "google_sheet_key": KEY}
    assert lines(tmp_path, **named, sheets_api_url=google.url) == [
        "ok    GOOGLE_SHEET_KEY: the response sheet can be read."
    ]


def test_a_sheet_that_is_not_shared_says_with_whom_to_share_it(tmp_path: Path, google: SheetsTwin) -> None:
    google.shared = False
    named = {"google_service_account_file": google.key_file(tmp_path), "google_sheet_key": KEY}
    said = f"We may not read the response sheet. Share it, to view only, with {ACCOUNT}."
    assert lines(tmp_path, **named, sheets_api_url=google.url) == [f"LOOK  GOOGLE_SHEET_KEY: {said}"]


def test_half_a_sheet_says_what_is_missing(tmp_path: Path) -> None:
    assert lines(tmp_path, google_sheet_key=KEY) == [
        "LOOK  GOOGLE_SERVICE_ACCOUNT_FILE: is missing. Without that key file the sheet cannot be read."
    ]
    assert lines(tmp_path, google_service_account_file=tmp_path / "key.json") == [
        "LOOK  GOOGLE_SHEET_KEY: is missing. Which response sheet is to be read?"
    ]


def test_no_sheet_is_well_too(tmp_path: Path) -> None:
    assert lines(tmp_path) == ["ok    GOOGLE_SHEET_KEY: none is named, so no Google Sheet is read."]


@pytest.mark.parametrize(
    "named",
    [
        {"google_sheet_key": "https://docs.google.com/spreadsheets/d/1aB/edit"},
        {"google_sheet_key": "1aB/../2"},
        {"google_sheet_key": "1aB?x"},
        {"sheets_api_url": "http://sheets.example.org"},
    ],
)
def test_what_would_go_astray_is_refused_at_the_start(named: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match=r"GOOGLE_SHEET_KEY is not a key|SHEETS_API_URL is not https"):
        Settings(_env_file=None, secret_key=SECRET, **named)  # type: ignore[arg-type]


class TestEmail:
    @pytest.fixture
    def notify(self) -> Iterator[NotifyTwin]:
        twin = NotifyTwin().start()
        yield twin
        twin.stop()

    def test_a_key_and_a_template_that_notify_knows_are_well(self, tmp_path: Path, notify: NotifyTwin) -> None:
        named = {"notify_api_key": SecretStr(KEY_OF_NOTIFY), "notify_template_id": TEMPLATE}
        assert lines_about("NOTIFY", tmp_path, **named, notify_api_url=notify.url) == [
            "ok    NOTIFY_API_KEY: GOV.UK Notify sends our e-mail."
        ]

    def test_a_template_of_another_kind_says_what_to_make(self, tmp_path: Path, notify: NotifyTwin) -> None:
        notify.body = "Hello"
        named = {"notify_api_key": SecretStr(KEY_OF_NOTIFY), "notify_template_id": TEMPLATE}
        [said] = lines_about("NOTIFY", tmp_path, **named, notify_api_url=notify.url)
        assert said.startswith("LOOK  NOTIFY_API_KEY: NOTIFY_TEMPLATE_ID must name an e-mail template")

    def test_half_of_it_says_what_is_missing(self, tmp_path: Path) -> None:
        [said] = lines_about("NOTIFY", tmp_path, notify_api_key=SecretStr(KEY_OF_NOTIFY))
        assert said.startswith("LOOK  NOTIFY_TEMPLATE_ID: is missing. Make one e-mail template in GOV.UK Notify")
        [said] = lines_about("NOTIFY", tmp_path, notify_template_id=TEMPLATE)
        assert said == "LOOK  NOTIFY_API_KEY: is missing. Make a live key in GOV.UK Notify."

    def test_none_is_well_too(self, tmp_path: Path) -> None:
        said = "ok    NOTIFY_API_KEY: none is set, so who is not on Slack gets no message."
        assert lines_about("NOTIFY", tmp_path) == [said]

    @pytest.mark.parametrize(
        "named", [{"notify_api_key": "half-a-key"}, {"notify_api_url": "http://notify.example.org"}]
    )
    def test_what_cannot_be_is_refused_at_the_start(self, named: dict[str, str]) -> None:
        with pytest.raises(ValidationError, match=r"NOTIFY_API_KEY is not a whole key|NOTIFY_API_URL is not https"):
            Settings(_env_file=None, secret_key=SECRET, **named)  # type: ignore[arg-type]


def test_the_numbers_are_open_to_whoever_has_a_long_token(tmp_path: Path) -> None:
    token = SecretStr("x" * 24)
    assert lines_about("METRICS_TOKEN", tmp_path) == ["ok    METRICS_TOKEN: none is set, so there is no /metrics."]
    assert lines_about("METRICS_TOKEN", tmp_path, metrics_token=token) == [
        "ok    METRICS_TOKEN: Prometheus may ask http://127.0.0.1:8000/metrics"
    ]
    with pytest.raises(ValidationError, match="METRICS_TOKEN must have at least 24 characters"):
        Settings(_env_file=None, secret_key=SECRET, metrics_token=SecretStr("x" * 23))
