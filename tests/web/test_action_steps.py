"""The steps of an action on its page: what each reader finds there, and what an answer does."""

from datetime import date

import pytest

from programme.extending import Wanted
from programme.words import ActionState
from storage import extending, find, looking_again, passing_on
from storage.office import Office
from tests.acting import seen
from tests.bot.test_actions import REF, sent, state
from tests.cast import Cast, here
from tests.storage.test_made_safe import goes_on_to
from tests.web.conftest import Browser
from tests.web.test_actions import PAGE, SAID, errors


def all_asked(office: Office, cast: Cast) -> None:
    """More time waits for an answer, who was named has not accepted, and it is to be looked at again."""
    sent(office, cast, many=2)
    with office.record.writing() as session:
        me = here(session, cast.team_manager)
        for until in (date(2017, 10, 16), date(2017, 10, 23)):
            extending.ask(session, office, REF, Wanted(until, "The school is closed until then."), me)
        passing_on.pass_on(session, office, REF, str(here(session, cast.peer).id), "Their team has it now.", by=me)
        looking_again.doubt(session, office, REF, "This was done in August.", by=me)


APPROVE, ACCEPT, PLACE, ANSWER = 'id="approve"', 'id="accept"', 'id="place"', 'id="answer"'
FINDS = {
    "team_manager": set(),
    "social_worker": set(),
    "peer": {ACCEPT},
    "childs_head_of_service": {APPROVE, PLACE},
    "head_of_quality": {APPROVE, PLACE, ANSWER},
    "administrator": set(),
}


@pytest.mark.parametrize("who", FINDS)
def test_each_finds_what_waits_for_them_to_answer(office: Office, browser: Browser, cast: Cast, who: str) -> None:
    all_asked(office, cast)
    answer = browser(getattr(cast, who)).get(PAGE)
    assert answer.status_code == 200
    assert {each for each in (APPROVE, ACCEPT, PLACE, ANSWER) if each in answer.text} == FINDS[who]


def test_the_head_approves_and_who_was_named_accepts(office: Office, browser: Browser, cast: Cast) -> None:
    all_asked(office, cast)
    browser(cast.childs_head_of_service).post(PAGE, data={"step": "approve"})
    browser(cast.peer).post(PAGE, data={"step": "accept"})
    with office.record.reading() as session:
        action = find.actions.by_ref(session, REF)
        assert (action.due_on, action.owner.email) == (date(2017, 10, 23), "kofi@example.org")


def test_an_answer_that_is_not_whole_comes_back_with_its_words(office: Office, browser: Browser, cast: Cast) -> None:
    all_asked(office, cast)
    client = browser(cast.head_of_quality)
    said = {"step": "answer", "answer_how": "changed", "answer_why": "Another step helps more."}
    answer = client.post(PAGE, data=said)
    wrong = ["Change the step, the measure, the priority or the date, or choose another answer."]
    assert (answer.status_code, errors(answer.text), "Another step helps more." in answer.text) == (422, wrong, True)
    assert client.post(PAGE, data=said | {"answer_step": "Meet the school."}).location == PAGE
    assert "Meet the school." in client.get(PAGE).text


def test_withdrawing_asks_first_and_is_no_administrators(office: Office, browser: Browser, cast: Cast) -> None:
    sent(office, cast)
    why = {"why": "It was done in August."}
    assert browser(cast.administrator).post(f"{PAGE}/withdraw", data=why).status_code == 404
    client = browser(cast.head_of_quality)
    assert "Withdraw this action?" in client.get(f"{PAGE}/withdraw").text
    assert errors(client.post(f"{PAGE}/withdraw", data={"why": ""}).text) == ["Say why it is withdrawn, in a sentence."]
    assert client.post(f"{PAGE}/withdraw", data=why).location == PAGE
    assert state(office) is ActionState.WITHDRAWN


def test_several_are_confirmed_and_what_is_not_whole_keeps_its_words(
    office: Office, browser: Browser, cast: Cast
) -> None:
    sent(office, cast, many=2)
    second = "ACT-2017-10-01-2"
    said = {f"{REF}.{name}": words for name, words in SAID.items()}
    said |= {f"{second}.done": "Rang the school twice.", f"{second}.done_on": "2017-10-02"}
    client = browser(cast.team_manager)
    answer = client.post("/actions/confirm", data=said)
    assert (answer.status_code, "Rang the school twice." in answer.text) == (422, True)
    assert errors(answer.text) == [f"{second}: Say what changed for the child, in a sentence."]
    assert (state(office), state(office, second)) == (ActionState.CONFIRMED, ActionState.SENT)


def test_a_late_one_is_answered_by_who_leads_its_owner(office: Office, browser: Browser, cast: Cast) -> None:
    sent(office, cast)
    head, page = browser(cast.childs_head_of_service), f"/actions/{REF}"
    assert "I will take it" not in head.get(page).text
    goes_on_to(office, date(2017, 10, 12))
    assert "I will take it" in head.get(page).text
    assert "I will take it" not in browser(cast.team_manager).get(page).text
    done = head.post(page, data={"step": "spoken"}, follow_redirects=True).text
    assert "Noted: you have spoken to Tomasz Ferreday." in done
    head.post(page, data={"step": "mine"})
    assert seen(office).owner.email == cast.childs_head_of_service.email
