"""The pages of actions: who sees which, and confirming one."""

import re

import pytest

from programme.words import ActionState
from storage.office import Office
from tests.bot.test_actions import REF, deputy, sent, state
from tests.cast import Cast
from tests.web.conftest import Browser

SEE_IT = ("team_manager", "childs_head_of_service", "social_worker", "administrator", "head_of_quality")
PAGE = f"/actions/{REF}"
SAID = {
    "done": "Visited at home and at school.",
    "done_on": "2017-10-02",
    "changed": "She sleeps at home again.",
    "recorded_on": "2017-10-02",
    "recorded_where": "Case note of 2 October",
}


def errors(page: str) -> list[str]:
    return re.findall(r'<a href="#[\w-]+">(.*?)</a>', page)


@pytest.mark.parametrize("who", SEE_IT)
def test_who_may_see_it_sees_it_in_the_list(office: Office, browser: Browser, cast: Cast, who: str) -> None:
    sent(office, cast)
    client = browser(getattr(cast, who))
    assert (REF in client.get("/actions").text, client.get(PAGE).status_code) == (True, 200)


@pytest.mark.parametrize("who", ["auditor", "peer", "head_of_service", "outsider"])
def test_nobody_else_does(office: Office, browser: Browser, cast: Cast, who: str) -> None:
    sent(office, cast)
    client = browser(getattr(cast, who))
    assert (REF in client.get("/actions").text, client.get(PAGE).status_code) == (False, 404)
    assert client.post(PAGE, data=SAID).status_code == 404
    assert state(office) is ActionState.SENT


@pytest.mark.parametrize("who", ["childs_head_of_service", "social_worker", "administrator", "head_of_quality"])
def test_who_may_only_look_confirms_nothing(office: Office, browser: Browser, cast: Cast, who: str) -> None:
    sent(office, cast)
    client = browser(getattr(cast, who))
    assert "Only Tomasz Ferreday or a deputy can confirm it." in client.get(PAGE).text
    assert (client.post(PAGE, data=SAID).status_code, state(office)) == (404, ActionState.SENT)


def test_the_owner_confirms_and_reads_what_was_kept(office: Office, browser: Browser, cast: Cast) -> None:
    sent(office, cast)
    client = browser(cast.team_manager)
    assert client.post(PAGE, data=SAID).location == PAGE
    page = client.get(PAGE).text
    assert (state(office), "She sleeps at home again." in page) == (ActionState.CONFIRMED, True)
    assert REF in client.get("/actions?state=confirmed").text


def test_a_deputy_confirms(office: Office, browser: Browser, cast: Cast) -> None:
    sent(office, cast)
    browser(deputy(office, cast)).post(PAGE, data=SAID)
    assert state(office) is ActionState.CONFIRMED


WRONG = [
    ("done", "noted", "Say what was done, in a sentence."),
    ("done_on", "tomorrow", "This is not a day. Write it as 2017-10-31."),
    ("recorded_on", "2017-10-03", "This day is still to come."),
]


@pytest.mark.parametrize(("field", "typed", "sentence"), WRONG)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    office: Office, browser: Browser, cast: Cast, field: str, typed: str, sentence: str
) -> None:
    sent(office, cast)
    answer = browser(cast.team_manager).post(PAGE, data=SAID | {field: typed})
    assert (answer.status_code, errors(answer.text)) == (422, [sentence])
    assert (typed in answer.text, "She sleeps at home again." in answer.text) == (True, True)


def test_confirmed_twice_the_second_reads_who_was_first(office: Office, browser: Browser, cast: Cast) -> None:
    sent(office, cast)
    client = browser(cast.team_manager)
    client.post(PAGE, data=SAID)
    answer = client.post(PAGE, data=SAID)
    assert errors(answer.text) == ["Confirmed on Monday 2 October by Tomasz Ferreday. Thank you."]


def test_where_there_is_none_it_says_so(browser: Browser, cast: Cast) -> None:
    assert "Nothing to show here." in browser(cast.team_manager).get("/actions").text
