"""A response sheet that cannot be read: until the next poll or until a person acts, always with a plain sentence."""

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from random import random
from typing import Any

import pytest

from forms import asking, sheets
from forms.asking import Patience
from forms.sheets import ResponseSheet, SheetAway, SheetPlace
from tests.forms.clock import Clock
from tests.forms.conftest import HEADINGS, KEY, TITLE
from tests.twins.sheets import ACCOUNT, HTML_502, Fault, SheetsTwin, signing_key

BUSY = Fault(status=429, error="RESOURCE_EXHAUSTED")


def away(sheet: ResponseSheet) -> tuple[bool, str]:
    """Whether it is lost, and the sentence."""
    with pytest.raises(SheetAway) as refusal:
        sheet.read()
    return refusal.value.lost, refusal.value.sentence


# ---- lost: a person must act --------------------------------------------------------------------------------------


def unshare(twin: SheetsTwin) -> None:
    twin.shared = False


def switch_off(twin: SheetsTwin) -> None:
    twin.api_is_on = False


def delete(twin: SheetsTwin) -> None:
    twin.spreadsheets.clear()


def make_excel(twin: SheetsTwin) -> None:
    twin.spreadsheets[KEY].is_excel = True


def revoke(twin: SheetsTwin) -> None:
    twin.key_is_good = False
    twin.passes.clear()


def rename_tab(twin: SheetsTwin) -> None:
    twin.spreadsheets[KEY].tabs[0].title = "Old"


def keep_charts_only(twin: SheetsTwin) -> None:
    twin.spreadsheets[KEY].tabs[0].kind = "OBJECT"


LOSSES = [
    (unshare, asking.NO_ACCESS.format(ACCOUNT)),
    (switch_off, asking.SWITCHED_OFF),
    (delete, asking.GONE),
    (make_excel, asking.NOT_A_SHEET),
    (revoke, asking.KEY_REFUSED),
    (rename_tab, sheets.NO_TAB.format(TITLE)),
    (keep_charts_only, sheets.NO_TAB.format(TITLE)),
]


@pytest.mark.parametrize(("loss", "sentence"), LOSSES, ids=lambda each: getattr(each, "__name__", ""))
def test_lost_access_says_what_to_do_and_is_not_asked_again(
    sheet: ResponseSheet, twin: SheetsTwin, ticking: Clock, loss: Callable[[SheetsTwin], None], sentence: str
) -> None:
    sheet.read()
    twin.calls.clear()
    loss(twin)
    assert away(sheet) == (True, sentence)
    assert len(twin.reads) <= 2
    assert sheet.state() == sentence
    assert ticking.waited == ([] if loss is not revoke else [1.0])  # once, for the pass that was still held


def test_what_was_lost_is_found_again_when_somebody_acted(sheet: ResponseSheet, twin: SheetsTwin) -> None:
    revoke(twin)
    assert away(sheet)[0]
    twin.key_is_good = True
    assert sheet.read().headings == tuple(HEADINGS)
    assert sheet.state() == ""


KEY_FILES = [
    (b"", sheets.NO_KEY),
    (b"not JSON", sheets.NO_KEY),
    (b"\xff\xfe", sheets.NO_KEY),
    (b"[]", sheets.NO_KEY),
    (b"{}", sheets.NO_KEY),
    (b'{"type": "authorized_user", "client_id": "1"}', sheets.NO_KEY),
    (b'{"client_email": "a", "token_uri": "b", "private_key": "c"}', sheets.NO_KEY),
    (b'{"client_email": "a", "token_uri": "b", "private_key": 1}', sheets.NO_KEY),
]


@pytest.mark.parametrize(("content", "sentence"), KEY_FILES)
def test_a_key_file_without_a_key_says_so(
    sheet: ResponseSheet, place: SheetPlace, content: bytes, sentence: str
) -> None:
    place.key_file.write_bytes(content)
    assert away(sheet) == (True, sentence)


def test_a_key_file_that_is_not_there_or_is_no_file_says_so(
    place: SheetPlace, patience: Patience, tmp_path: Path
) -> None:
    missing = SheetPlace(tmp_path / "none.json", KEY, TITLE, place.api_url)
    assert away(ResponseSheet(missing, patience)) == (True, sheets.NO_FILE)
    folder = SheetPlace(tmp_path, KEY, TITLE, place.api_url)
    assert away(ResponseSheet(folder, patience)) == (True, sheets.CLOSED_FILE)


def test_an_exchanged_key_file_is_taken_up(sheet: ResponseSheet, place: SheetPlace) -> None:
    good = place.key_file.read_bytes()
    place.key_file.write_bytes(b"{}")
    assert away(sheet) == (True, sheets.NO_KEY)
    place.key_file.write_bytes(good)
    assert sheet.read().headings == tuple(HEADINGS)


# ---- away for now: the next poll tries again ----------------------------------------------------------------------

FAULTS = {
    "busy": BUSY,
    "500": Fault(status=500),
    "502 in HTML": Fault(status=502, raw=HTML_502),
    "503": Fault(status=503),
    "503 after the work": Fault(status=503, acts=True),
    "cut": Fault(drop=True),
    "halved": Fault(acts=True, halves=True),
    "a page": Fault(status=200, raw=b"<html>Sign in to the network</html>"),
    "a page that forbids": Fault(status=403, raw=b"<html>Blocked by policy</html>"),
    "no object": Fault(status=200, raw=b"[]"),
    "sent elsewhere": Fault(status=302, raw=b"<html>Moved</html>"),
}


@pytest.mark.parametrize("call", ["token", "metadata", "values"])
@pytest.mark.parametrize("fault", FAULTS)
def test_five_faults_are_got_over_wherever_they_come(
    sheet: ResponseSheet, twin: SheetsTwin, ticking: Clock, call: str, fault: str
) -> None:
    twin.fail_next(call, *[FAULTS[fault]] * 5)
    assert sheet.read().headings == tuple(HEADINGS)
    assert ticking.waited == [1, 2, 4, 8, 8]


@pytest.mark.parametrize("call", ["token", "metadata", "values"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_sixth_is_left_to_the_next_poll(sheet: ResponseSheet, twin: SheetsTwin, call: str, fault: str) -> None:
    twin.fail_next(call, *[FAULTS[fault]] * 6)
    assert away(sheet)[0] is False
    assert twin.calls.count(call) == 6
    assert sheet.read().headings == tuple(HEADINGS)


def test_tries_are_counted_over_the_whole_read(sheet: ResponseSheet, twin: SheetsTwin) -> None:
    for call in ("token", "metadata", "values"):
        twin.fail_next(call, BUSY, BUSY)
    assert away(sheet) == (False, asking.TOO_MUCH)
    assert twin.calls == [*["token"] * 3, *["metadata"] * 3, *["values"] * 2]


def test_the_fiftieth_429_is_got_over_in_some_polls(sheet: ResponseSheet, twin: SheetsTwin) -> None:
    twin.fail_next("values", *[BUSY] * 50)
    polls = [sheet.state() for _ in range(9)]
    assert polls == [asking.TOO_MUCH] * 8 + [""]


def test_the_quota_of_a_minute_is_waited_for(sheet: ResponseSheet, twin: SheetsTwin, ticking: Clock) -> None:
    for _ in range(30):
        sheet.read()
    ticking.now += 50
    assert sheet.read().headings == tuple(HEADINGS)
    assert ticking.waited == [1, 2, 4, 8]
    assert len(twin.reads) == 66


def test_waiting_is_by_chance_up_to_twice_as_long_each_time(
    place: SheetPlace, twin: SheetsTwin, ticking: Clock
) -> None:
    chances = iter([0.5, 0.0, 0.25, 1.0, 0.125])
    twin.fail_next("metadata", *[BUSY] * 5)
    ResponseSheet(place, Patience(wait=ticking.wait, now=ticking, chance=lambda: next(chances))).read()
    assert ticking.waited == [0.5, 0.0, 1.0, 8.0, 1.0]


def test_no_wait_goes_past_the_end_of_patience(place: SheetPlace, twin: SheetsTwin, ticking: Clock) -> None:
    twin.fail_next("metadata", *[BUSY] * 6)
    patience = Patience(wait=ticking.wait, now=ticking, chance=lambda: 1.0, whole_seconds=10)
    assert away(ResponseSheet(place, patience)) == (False, asking.TOO_MUCH)
    assert ticking.waited == [1, 2, 4]


@pytest.mark.parametrize("call", ["token", "metadata", "values"])
def test_a_hang_ends_the_read_when_patience_ends(place: SheetPlace, twin: SheetsTwin, call: str) -> None:
    """The proportions of 5, 30 and 35 seconds, a hundred times as fast."""
    twin.now = time.monotonic
    twin.fail_next(call, *[Fault(hangs=True)] * 6)
    patience = Patience(connect_seconds=0.05, answer_seconds=0.3, whole_seconds=0.35, chance=lambda: 0.01)
    began = time.monotonic()
    assert away(ResponseSheet(place, patience)) == (False, asking.NO_ANSWER)
    assert 0.3 <= time.monotonic() - began < 2
    assert twin.calls.count(call) in {1, 2}


def test_the_limits_are_those_that_were_decided() -> None:
    assert Patience() == Patience(time.sleep, time.monotonic, random, 5, 30, 35, 6)


def test_a_sheet_that_nobody_serves_is_away(place: SheetPlace, patience: Patience, ticking: Clock) -> None:
    nowhere = SheetPlace(place.key_file, KEY, TITLE, "http://127.0.0.1:1")
    assert away(ResponseSheet(nowhere, patience)) == (False, asking.NO_ANSWER)
    assert len(ticking.waited) == 5


def test_a_tab_renamed_between_the_two_calls_is_read_at_the_next_poll(sheet: ResponseSheet, twin: SheetsTwin) -> None:
    said = json.dumps({"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": "Unable to parse range"}})
    twin.fail_next("values", Fault(status=400, raw=said.encode()))
    assert away(sheet) == (False, asking.NOT_UNDERSTOOD)


def test_an_object_that_is_no_spreadsheet_is_not_taken_for_an_empty_one(sheet: ResponseSheet, twin: SheetsTwin) -> None:
    twin.fail_next("metadata", Fault(raw=b"{}"))
    assert away(sheet) == (False, asking.NOT_GOOGLE)


# ---- what it cannot do --------------------------------------------------------------------------------------------


def test_it_has_two_methods_and_none_that_writes() -> None:
    assert [name for name in vars(ResponseSheet) if not name.startswith("_")] == ["read", "state"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "POST"])
def test_gspread_could_not_write_if_it_were_told_to(sheet: ResponseSheet, twin: SheetsTwin, method: str) -> None:
    sheet.read()
    api: Any = sheet._connected[0]  # type: ignore[index]  # noqa: SLF001 - gspread's own door, which no method opens
    with pytest.raises(PermissionError):
        api.request(method, "https://sheets.googleapis.com/v4/spreadsheets/x/values/a:append", json={})
    assert twin.calls == ["token", "metadata", "values"]


@pytest.mark.parametrize("loss", [loss for loss, _ in LOSSES])
def test_nothing_secret_is_said(
    sheet: ResponseSheet,
    twin: SheetsTwin,
    place: SheetPlace,
    caplog: pytest.LogCaptureFixture,
    loss: Callable[[SheetsTwin], None],
) -> None:
    caplog.set_level("INFO")
    sheet.read()
    loss(twin)
    said = "\n".join([sheet.state(), *(each.getMessage() for each in caplog.records)])
    secrets = [KEY, "ya29.", "PRIVATE KEY", str(place.key_file), str(signing_key().private_numbers().d)]
    assert [secret for secret in secrets if secret in said] == []


def test_it_starts_no_thread_and_goes_nowhere_else(sheet: ResponseSheet) -> None:
    """google-auth's own session would ask a third address, in a thread, where the key may be used."""
    before = {thread.name for thread in threading.enumerate()}
    sheet.read()
    begun = {thread.name for thread in threading.enumerate()} - before
    assert [name for name in begun if "process_request" not in name] == []
