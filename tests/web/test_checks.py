"""The page on which somebody of another service says whether the child's record shows what was done."""

from typing import Any

import pytest

from programme.checking import CheckAnswer
from programme.people import Person
from programme.words import ActionState
from storage.office import Office
from tests.bot.test_actions import REF
from tests.cast import Cast
from tests.checked import MISSING, action, asked, check, learning
from tests.web.conftest import Browser
from tests.web.test_actions import errors

PAGE = f"/actions/{REF}/check"


@pytest.fixture
def kwame(office: Office, cast: Cast) -> Person:
    person = learning(office)
    asked(office, cast)
    return person


def test_who_was_asked_reads_what_was_asked_and_what_was_done(browser: Browser, kwame: Person) -> None:
    client = browser(kwame)
    assert f'href="{PAGE}"' in client.get("/").text
    page = client.get(PAGE).text
    said = ["Stepcanary", "Measurecanary", "She sleeps at home again.", "Tomasz Ferreday", "Monday 9 October"]
    assert [words in page for words in said] == [True] * 5


def test_the_record_shows_it(browser: Browser, office: Office, kwame: Person) -> None:
    client = browser(kwame)
    assert client.post(PAGE, data={"answer": "shown"}).location == "/"
    assert "It is noted that the record shows ACT-2017-10-01-1." in client.get("/").text
    assert (action(office).state, PAGE in client.get("/").text) == (ActionState.CHECKED, False)
    assert "You said on Monday 2 October 2017 that the record shows it." in client.get(PAGE).text


def test_reopened_who_may_see_it_reads_why_and_what_had_been_said(
    browser: Browser, office: Office, cast: Cast, kwame: Person
) -> None:
    client = browser(kwame)
    client.post(PAGE, data={"answer": "reopened", "words": MISSING})
    assert (action(office).state, check(office).answer) == (ActionState.SENT, CheckAnswer.REOPENED)
    assert "She sleeps at home again." in client.get(PAGE).text
    for who in (cast.team_manager, cast.childs_head_of_service, cast.administrator):
        page = browser(who).get(f"/actions/{REF}").text
        assert [MISSING in page, "Visited at home and at school." in page, "Kwame Ashdown reopened it" in page] == [
            True
        ] * 3


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Choose what the record shows."),
        ({"answer": "perhaps"}, "Choose what the record shows."),
        ({"answer": "reopened", "words": "no"}, "Say what the record does not show, in a sentence."),
    ],
)
def test_what_is_missing_is_said_under_its_field(
    browser: Browser, office: Office, kwame: Person, said: dict[str, Any], sentence: str
) -> None:
    answer = browser(kwame).post(PAGE, data=said)
    assert (answer.status_code, errors(answer.text), check(office).waits) == (422, [sentence], True)


def test_nobody_else_sees_or_answers_it(browser: Browser, office: Office, cast: Cast, kwame: Person) -> None:
    for who in cast.everyone:
        client = browser(who)
        answers = (client.get(PAGE).status_code, client.post(PAGE, data={"answer": "shown"}).status_code)
        assert answers == (404, 404)
    assert (check(office).waits, kwame.email) == (True, "kwame@example.org")
