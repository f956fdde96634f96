"""The twin is as strict as it says: what Google refuses, and what ours must never send."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import gspread
import pytest
from google.auth.exceptions import RefreshError
from google.oauth2.service_account import Credentials
from requests import Response, Session

from tests.twins.sheets import AS_IT_IS, SCOPE, SheetsTwin
from tests.twins.spreadsheet import Cell, Moment, Spreadsheet, Tab

KEY = "1aB-c_D2017"
VALUES = f"/v4/spreadsheets/{KEY}/values/Responses"


@pytest.fixture
def twin() -> Iterator[SheetsTwin]:
    twin = SheetsTwin({KEY: Spreadsheet([Tab("Responses", ["Timestamp"], [[1]])])}).start()
    yield twin
    twin.stop()


@pytest.fixture
def bearer(twin: SheetsTwin, tmp_path: Path) -> Iterator[Session]:
    """A session with a good pass."""
    with Session() as session:
        account = credentials(twin, tmp_path, SCOPE)
        account.refresh(asking(session))  # type: ignore[no-untyped-call]
        session.headers["Authorization"] = f"Bearer {account.token}"
        yield session


def credentials(twin: SheetsTwin, folder: Path, *scopes: str) -> Credentials:
    made: Credentials = Credentials.from_service_account_file(str(twin.key_file(folder)), scopes=scopes)  # type: ignore[no-untyped-call]
    return made


class Asked:
    """An answer to the key in the shape that its library reads."""

    def __init__(self, answer: Response) -> None:
        self.status, self.data, self.headers = answer.status_code, answer.content, answer.headers


def asking(session: Session) -> object:
    return lambda url, method, body, headers: Asked(session.request(method, url, data=body, headers=headers))


@pytest.mark.parametrize("scopes", [("https://www.googleapis.com/auth/spreadsheets",), (SCOPE, "more"), ()])
def test_a_pass_for_more_than_reading_is_a_trespass(twin: SheetsTwin, tmp_path: Path, scopes: tuple[str, ...]) -> None:
    with Session() as session, pytest.raises(RefreshError):
        credentials(twin, tmp_path, *scopes).refresh(asking(session))  # type: ignore[no-untyped-call]
    assert twin.trespasses == ["a pass was asked for wrongly: scope"]


def test_an_assertion_that_another_key_signed_is_a_trespass(twin: SheetsTwin) -> None:
    with Session() as session:
        answer = session.post(f"{twin.url}/token", data={"assertion": "e30.e30.AAAA", "grant_type": "x"})
    assert (answer.status_code, twin.trespasses) == (400, ["a pass was asked for wrongly: its signature"])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", VALUES),
        ("POST", f"{VALUES}:append"),
        ("POST", f"{VALUES}:clear"),
        ("POST", f"/v4/spreadsheets/{KEY}:batchUpdate"),
        ("POST", "/v4/spreadsheets"),
        ("DELETE", "/drive/v3/files/x"),
        ("GET", "/drive/v3/files"),
        ("GET", f"/v4/spreadsheets/{KEY}/values:batchGet"),
    ],
)
def test_a_write_or_another_address_is_a_trespass(twin: SheetsTwin, bearer: Session, method: str, path: str) -> None:
    bearer.request(method, twin.url + path)
    assert twin.trespasses == [f"{method} {path}"]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"valueRenderOption": "FORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"},
        {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "FORMATTED_STRING"},
        {**AS_IT_IS, "majorDimension": "COLUMNS"},
    ],
)
def test_values_in_another_form_are_a_trespass(twin: SheetsTwin, bearer: Session, asked: dict[str, str]) -> None:
    assert bearer.get(twin.url + VALUES, params=asked).status_code == 400
    assert len(twin.trespasses) == 1


def test_the_stock_client_as_it_comes_would_be_found_out(twin: SheetsTwin, bearer: Session) -> None:
    class Here(gspread.HTTPClient):
        def request(self, method: str, endpoint: str, *said: object, **more: object) -> Response:
            return super().request(method, endpoint.replace("https://sheets.googleapis.com", twin.url), *said, **more)  # type: ignore[arg-type]

    client = gspread.Client(auth=None, session=bearer, http_client=Here)  # type: ignore[arg-type]
    with pytest.raises(gspread.exceptions.APIError):
        client.open_by_key(KEY).sheet1.get_all_values()
    assert twin.trespasses == ["values with {}"]


def test_without_a_pass_there_is_no_answer_and_a_pass_ends(twin: SheetsTwin, bearer: Session) -> None:
    with Session() as stranger:
        assert stranger.get(twin.url + VALUES, params=AS_IT_IS).status_code == 401
    assert bearer.get(twin.url + VALUES, params=AS_IT_IS).json()["values"] == [["Timestamp"], [1]]
    began = twin.now()
    twin.now = lambda: began + 3_600
    assert bearer.get(twin.url + VALUES, params=AS_IT_IS).status_code == 401


def test_sixty_reads_a_minute_and_no_more(twin: SheetsTwin, bearer: Session) -> None:
    twin.now = lambda: 0.5
    said = [bearer.get(twin.url + VALUES, params=AS_IT_IS).status_code for _ in range(62)]
    assert said == [200] * 60 + [429] * 2
    twin.now = lambda: 60.5
    assert bearer.get(twin.url + VALUES, params=AS_IT_IS).status_code == 200


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("00123", 123),
        ("1E5", 100_000),
        ("1,234", 1_234),
        ("0.10", 0.1),
        ("true", True),
        ("'00123", "00123"),
        ("MDW-0417", "MDW-0417"),
        ("1E400", "1E400"),
        ("١٢٣", "١٢٣"),
        ("3/12/2017", Moment.on(date(2017, 12, 3))),
        ("13/31/2017", "13/31/2017"),
    ],
)
def test_what_is_typed_becomes_what_google_makes_of_it(text: str, cell: Cell) -> None:
    made = Spreadsheet([]).entered(text)
    assert (type(made), made) == (type(cell), cell)


def test_a_day_is_typed_by_the_locale() -> None:
    assert Spreadsheet([], locale="en_US").entered("3/12/2017") == Moment.on(date(2017, 3, 12))


def test_sorting_puts_numbers_first_and_what_is_empty_last() -> None:
    tab = Tab("T", ["x"], [["b"], [""], [True], [2], ["A"], [1.5]])
    tab.sort(1)
    assert tab.values() == [["x"], [1.5], [2], ["A"], ["b"], [True]]
    tab.sort(1, falling=True)
    assert tab.values() == [["x"], [True], ["b"], ["A"], [2], [1.5]]
    tab.shuffle(Random(1))
    assert len(tab.values()) == 7
