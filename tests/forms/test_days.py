"""A day typed in any broken way is an error by its field and never a fault of ours; one that is a day is that day."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as some

from forms import typed
from storage.office import Office
from tests.cast import Cast
from tests.forms.filling import RIGHT, address, fill_in, post, send
from tests.web.conftest import Browser

NAME = "action_1.due"
NO_SUCH_DAY = "Action 1: there is no such day. Write it in numbers, like 31 10 2017."

ARABIC = "\N{ARABIC-INDIC DIGIT ONE}\N{ARABIC-INDIC DIGIT ZERO}"

BROKEN: list[dict[str, str | list[str]]] = [
    {"day": "soon", "month": "", "year": ""},
    {"day": "31", "month": "2", "year": "2017"},
    {"day": ARABIC, "month": ARABIC, "year": ARABIC * 2},
    {"day": "31", "month": "10"},
    {"year": "2017"},
    {"day": "31", "month": "10", "year": "17"},
    {"day": "0", "month": "0", "year": "0000"},
    {"day": "-1", "month": "+2", "year": "2_17"},
    {"day": "1" * 10_000, "month": "1", "year": "2017"},
    {"day": ["1", "2"], "month": "10", "year": "2017"},
    {"day": "1\x00", "month": "soon", "year": "2017"},
    {"day": "²", "month": "10", "year": "2017"},
]

ACTION = {name: said for name, said in RIGHT.items() if name.startswith("action_")}


@pytest.mark.parametrize("day", BROKEN, ids=lambda day: ascii(day)[:40])
def test_a_broken_day_is_an_error_by_its_field(
    browser: Browser, cast: Cast, day: Mapping[str, str | list[str]]
) -> None:
    client = browser(cast.auditor)
    fill_in(client, cast, RIGHT)
    parts = {f"{NAME}.{part}": words for part, words in day.items()}
    answer = client.post(address(cast, "actions"), data={"part": "actions", "go": "check", **ACTION, **parts})
    assert answer.status_code in {303, 422}
    check = client.get(address(cast, "check")).text
    assert f'actions?back=check#action_1-due">{NO_SUCH_DAY}' in check
    page = client.get(f"{address(cast, 'actions')}?back=check").text
    assert (f'href="#action_1-due">{NO_SUCH_DAY}' in page, 'id="action_1-due"' in page) == (True, True)


def try_anything(browser: Browser, cast: Cast, many: int) -> None:
    client = browser(cast.auditor)
    part = some.text(max_size=40) | some.sampled_from(["", "1", "31", "02", "2017", "9999", "0001", ARABIC, "\x00"])

    @seed(1710)
    @settings(max_examples=many, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(day=part, month=part, year=part, again=some.lists(part, max_size=3))
    def never_a_fault_of_ours(day: str, month: str, year: str, again: list[str]) -> None:
        typed_in = {f"{NAME}.day": [day, *again], f"{NAME}.month": month, f"{NAME}.year": year}
        sent = {"part": "actions", "go": "check", **ACTION, **typed_in}
        assert client.post(address(cast, "actions"), data=sent).status_code in {303, 422}
        pages = [client.get(address(cast, page)).status_code for page in ("actions?back=check", "check", "print")]
        assert pages == [200] * 3

    never_a_fault_of_ours()


def test_whatever_is_typed_for_a_day_the_pages_answer(browser: Browser, cast: Cast) -> None:
    try_anything(browser, cast, 15)


@pytest.mark.soak
def test_two_thousand_days_and_the_pages_answer(browser: Browser, cast: Cast) -> None:
    try_anything(browser, cast, 2_000)


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(some.dates())
def test_a_day_that_is_sent_is_typed_again_as_the_same_day(day: date) -> None:
    said = typed.opened({NAME: day.isoformat()})
    assert typed.answer(said, NAME) == day.isoformat()


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(some.text(max_size=30))
def test_what_was_no_day_is_no_day_again(words: str) -> None:
    said = typed.opened({NAME: words})
    assert typed.answer(said, NAME).split() == words.split()


def test_what_was_typed_wrong_is_kept_as_it_was(browser: Browser, office: Office, cast: Cast) -> None:  # noqa: ARG001
    client = browser(cast.auditor)
    post(client, cast, "actions", ACTION | {f"{NAME}.day": "31", f"{NAME}.month": "Feb", f"{NAME}.year": "2017"})
    page = client.get(address(cast, "actions")).text
    assert [f'value="{words}"' in page for words in ("31", "Feb", "2017")] == [True] * 3


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_day_far_away_is_sent_as_any_other(browser: Browser, cast: Cast, year: str) -> None:
    client = browser(cast.auditor)
    fill_in(client, cast, RIGHT)
    due = {f"{NAME}.day": "31", f"{NAME}.month": "12", f"{NAME}.year": year}
    post(client, cast, "actions", ACTION | due)
    assert send(client, cast).status_code in {303, 422}
