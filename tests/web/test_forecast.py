"""The forecast and the dates of a month on the pages, by command, and the warning in chat."""

import pytest

from programme.words import RoundState
from storage import find
from storage.office import Office
from tests.cast import MONTH, Cast
from tests.web.conftest import Browser
from tests.web.test_opening import NOVEMBER, words

PAGE, DATES = f"/rounds/{MONTH}/forecast", "/rounds/2017-11/dates"


def test_the_arithmetic_stands_first(browser: Browser, cast: Cast) -> None:
    shown = words(browser(cast.administrator).get(PAGE).text)
    assert "Forecast for October 2017 At best this month gives 2; the target is 30. Likely to come back" in shown
    assert "2 still out, of which 6 in 10 come: 1." in shown
    assert "A second audit for 2 of the willing: about 1 more" in shown


@pytest.mark.parametrize(
    ("said", "status", "target"), [("24", 303, 24), ("0", 422, 30), ("many", 422, 30), ("", 422, 30)]
)
def test_another_target_stands_with_a_name(
    browser: Browser, office: Office, cast: Cast, said: str, status: int, target: int
) -> None:
    client = browser(cast.administrator)
    assert client.post(PAGE, data={"target": said}).status_code == status
    with office.record.reading() as session:
        assert find.rounds.of_month(session, MONTH).target == target
    by = f"It is {target} by {cast.administrator.name}." if status == 303 else "It is 30."
    assert by in words(client.get(PAGE).text)


def move(to: tuple[str, str, str], which: str = "due_on", **sure: str) -> dict[str, str]:
    return {"which": which, "to.day": to[0], "to.month": to[1], "to.year": to[2]} | sure


@pytest.fixture
def november(browser: Browser, cast: Cast) -> None:
    browser(cast.administrator).post("/rounds/open", data=NOVEMBER)


@pytest.mark.usefixtures("november")
def test_what_would_move_is_shown_first_and_moved_by_a_second_press(
    browser: Browser, office: Office, cast: Cast
) -> None:
    client, to = browser(cast.administrator), ("16", "11", "2017")
    with office.record.reading() as session:
        before = find.rounds.of_month(session, "2017-11").due_on
    shown = words(client.post(DATES, data=move(to)).text)
    assert "This is what would move. Nothing is changed yet." in shown
    assert "Due Tuesday 14 November 2017 Thursday 16 November 2017" in shown
    with office.record.reading() as session:
        assert find.rounds.of_month(session, "2017-11").due_on == before
    assert client.post(DATES, data=move(to, sure="yes")).status_code == 303
    assert "Due Thursday 16 November 2017" in words(client.get(DATES).text)


@pytest.mark.usefixtures("november")
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (move(("18", "11", "2017")), "Due: Saturday 18 November is no working day."),
        (move(("31", "11", "2017")), "Write the day as three numbers, like 2 10 2017."),
        (move(("", "", "")), "Say to which day it moves."),
        (move(("16", "11", "2017"), which="x"), "Choose which date moves."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_moves(
    browser: Browser, cast: Cast, said: dict[str, str], sentence: str
) -> None:
    answer = browser(cast.administrator).post(DATES, data=said)
    assert (answer.status_code, sentence in words(answer.text)) == (422, True)


def test_once_given_out_the_dates_stand(browser: Browser, office: Office, cast: Cast) -> None:
    client, page = browser(cast.administrator), f"/rounds/{MONTH}/dates"
    assert "has been given out, so its dates stand" in words(client.get(page).text)
    answer = client.post(page, data=move(("17", "10", "2017"), sure="yes"))
    assert (answer.status_code, "its dates stand" in words(answer.text)) == (422, True)
    with office.record.reading() as session:
        assert find.rounds.of_month(session, MONTH).state is RoundState.DISTRIBUTED
