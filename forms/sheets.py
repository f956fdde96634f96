"""The sheet that a Google Form writes its responses to: read as it stands, never written to, never converted.

Text stays text and a number stays a number; what a cell means is judged where its column is known. A date is a number
too: days since 30 December 1899, on the clock of the sheet's own time zone.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from forms.asking import GOOGLE, NOT_GOOGLE, Key, Line, Patience, SheetAway

__all__ = ["ResponseSheet", "SheetAway", "SheetPlace", "Snapshot"]

READ_ONLY = "https://www.googleapis.com/auth/spreadsheets.readonly"
ABOUT = {"fields": "properties(timeZone),sheets(properties(title,sheetType))"}
AS_IT_IS = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}

NO_FILE = "The key file for Google cannot be found. Look at GOOGLE_SERVICE_ACCOUNT_FILE."
CLOSED_FILE = "The key file for Google cannot be read by this process. Look at who may read it."
NO_KEY = (
    "The file that GOOGLE_SERVICE_ACCOUNT_FILE names holds no service account's key. Make a new key in the Google "
    "Cloud console and save it there as JSON."
)
NO_TAB = "The sheet has no tab named '{}'. Look at GOOGLE_WORKSHEET or --tab, or give the tab its name back."
NO_TAB_AT_ALL = "The sheet has no tab with rows and columns. Look at its key."


@dataclass(frozen=True)
class Snapshot:
    """A sheet at one moment. A row has its number in the sheet and a cell for each heading; a blank row is left out.

    It has more cells than there are headings where somebody wrote beside the table. `time_zone` is Google's name, which
    is not always one of the time zone database.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[object, ...]], ...]
    time_zone: str


@dataclass(frozen=True)
class SheetPlace:
    """Where the sheet is, and the key that opens it. `worksheet` is a tab's name; empty is the first tab."""

    key_file: Path
    sheet_key: str
    worksheet: str = ""
    api_url: str = GOOGLE


class Api(Protocol):
    """The two questions to gspread's client."""

    def fetch_sheet_metadata(self, key: str, params: Any, /) -> Mapping[str, Any]: ...  # noqa: ANN401 - gspread's
    def values_get(self, key: str, cells: str, params: Any, /) -> Any: ...  # noqa: ANN401 - gspread's


class ResponseSheet:
    """One response sheet. A read is two calls: what the sheet is like, which may change at any time, and its values."""

    def __init__(self, place: SheetPlace, patience: Patience | None = None) -> None:
        self._place = place
        self._patience = patience or Patience()
        self._connected: tuple[Api, Line] | None = None

    def read(self) -> Snapshot:
        """The sheet as it is now. Raises `SheetAway`."""
        try:
            return self._read()
        except SheetAway as away:
            if away.lost:
                self._connected = None  # the key may be exchanged before the next poll
            raise

    def state(self) -> str:
        """Empty when the sheet can be read; otherwise what is wrong and what to do."""
        try:
            self.read()
        except SheetAway as away:
            return away.sentence
        return ""

    def _read(self) -> Snapshot:
        if self._connected is None:
            self._connected = _connect(self._place, self._patience)
        api, line = self._connected
        line.tries = self._patience.begin()
        about = api.fetch_sheet_metadata(self._place.sheet_key, ABOUT)
        if "sheets" not in about:
            raise SheetAway(NOT_GOOGLE, lost=False)
        cells = _quoted(_tab(about, self._place.worksheet))
        values = api.values_get(self._place.sheet_key, cells, AS_IT_IS).get("values", [])
        return _snapshot(values, about["properties"]["timeZone"])


def _connect(place: SheetPlace, patience: Patience) -> tuple[Api, Line]:
    """Only a process that polls needs gspread: it takes most of a second and 40 MB, so it is imported here alone."""
    import gspread  # noqa: PLC0415
    import requests  # noqa: PLC0415 - gspread's own
    from google.oauth2.service_account import Credentials  # noqa: PLC0415 - gspread's own

    info = _key_in(place.key_file)
    try:
        account = Credentials.from_service_account_info(info, scopes=[READ_ONLY])  # type: ignore[no-untyped-call]
    except ValueError:
        raise SheetAway(NO_KEY, lost=True) from None
    session = requests.Session()
    key: Key = account
    line = Line(session.request, key, place.api_url, patience.begin())

    class ReadingClient(gspread.HTTPClient):
        """gspread's client on our line. What would write is refused before it leaves."""

        def request(
            self,
            method: str,
            endpoint: str,
            params: Mapping[str, object] | None = None,
            *_body: object,
            **_more: object,
        ) -> Any:  # noqa: ANN401 - gspread's
            if method != "get":
                raise PermissionError("The response sheet is never written to.")
            return line.get(endpoint, params or {})

    return gspread.authorize(account, http_client=ReadingClient, session=session).http_client, line


def _key_in(file: Path) -> dict[str, object]:
    try:
        info = json.loads(file.read_bytes())
    except FileNotFoundError:
        raise SheetAway(NO_FILE, lost=True) from None
    except OSError:
        raise SheetAway(CLOSED_FILE, lost=True) from None
    except ValueError:
        raise SheetAway(NO_KEY, lost=True) from None
    if not isinstance(info, dict):
        raise SheetAway(NO_KEY, lost=True)
    return info


def _tab(about: Mapping[str, Any], wanted: str) -> str:
    """The title of the tab as Google has it; Google tells no two tabs apart by capitals."""
    tabs = [each["properties"] for each in about["sheets"]]
    titles = [str(tab["title"]) for tab in tabs if tab.get("sheetType", "GRID") == "GRID"]
    found = [title for title in titles if not wanted or _plain(title) == _plain(wanted)]
    if not found:
        raise SheetAway(NO_TAB.format(wanted) if wanted else NO_TAB_AT_ALL, lost=True)
    return found[0]


def _plain(title: str) -> str:
    return title.strip().casefold()


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def _snapshot(values: Sequence[Sequence[object]], time_zone: str) -> Snapshot:
    headings = tuple(str(cell) for cell in _to_the_last(values[0], 0)) if values else ()
    rows = ((number, _to_the_last(row, len(headings))) for number, row in enumerate(values[1:], start=2))
    return Snapshot(headings, tuple(row for row in rows if any(cell != "" for cell in row[1])), time_zone)


def _to_the_last(cells: Sequence[object], least: int) -> tuple[object, ...]:
    """At least so many cells, with text of no length for what Google leaves out; more if there is something in them."""
    last = max((place for place, cell in enumerate(cells, start=1) if cell != ""), default=0)
    width = max(last, least)
    return (*cells[:width], *[""] * (width - len(cells)))
