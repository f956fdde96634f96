"""How an audit was, asked on a page; and the record of what somebody learnt, on their profile."""

from dataclasses import replace

from programme.competency_policy import CompetencyRules
from programme.rulebook import Rulebook
from storage.office import Office
from tests.cast import MONTH, Cast
from tests.moderated import REF, returned
from tests.storage.test_learning import moderated, says
from tests.web.conftest import Browser, pages, signed_in

PAGE = f"/audits/{REF}/learnt"


def test_it_is_asked_on_the_start_page_and_answered_once(office: Office, browser: Browser, cast: Cast) -> None:
    returned(office, cast, sets=())
    client = browser(cast.auditor)
    assert PAGE in client.get("/").text
    nothing = client.post(PAGE, data={"words": "Ask the school first."})
    assert (nothing.status_code, "Say whether it was worth your time." in nothing.text) == (422, True)
    assert "Ask the school first." in nothing.text
    client.post(PAGE, data={"worth": "yes", "words": "Ask the school first."})
    assert PAGE not in client.get("/").text
    assert "Ask the school first." in client.get(f"/competency/{cast.auditor.reference}").text
    again = client.post(PAGE, data={"worth": "no", "words": ""})
    assert (again.status_code, "You have said so on Monday 2 October. Thank you." in again.text) == (422, True)


def test_training_is_added_by_the_learner(browser: Browser, cast: Cast) -> None:
    mine, client = f"/competency/{cast.auditor.reference}", browser(cast.auditor)
    wrong = client.post(mine, data={"step": "training", "day": "2017-11-02", "words": "Plans for families."})
    assert (wrong.status_code, "Choose the day of the training, today or before." in wrong.text) == (422, True)
    client.post(mine, data={"step": "training", "day": "2017-09-20", "words": "Plans for families."})
    assert "Training, 20 September 2017" in client.get(mine).text.replace("Wednesday ", "")
    assert browser(cast.head_of_quality).post(mine, data={"step": "training"}).status_code == 404
    assert "Plans for families." in browser(cast.head_of_quality).get(mine).text


def test_nobody_else_finds_the_question(office: Office, browser: Browser, cast: Cast) -> None:
    returned(office, cast, sets=())
    for who in (cast.peer, cast.team_manager, cast.administrator, cast.outsider):
        client = browser(who)
        assert (client.get(PAGE).status_code, client.post(PAGE, data={"worth": "yes"}).status_code) == (404, 404)


def test_the_pulse_stands_in_the_workshop_once_enough_have_answered(office: Office, cast: Cast) -> None:
    other = moderated(office, cast)
    for who, worth in ((cast.auditor, "very"), (cast.peer, "no"), (other, "yes")):
        says(office, who, worth)
    shown = []
    for enough in (4, 3):
        rules = Rulebook.of(replace(office.rules.policy, competency=CompetencyRules(from_answers=enough)))
        there = replace(office, rules=rules)
        page = signed_in(pages(there), there)(cast.head_of_quality).get(f"/rounds/{MONTH}/workshop").text
        shown.append("Of 3 who said how auditing or moderating was, 2 found it worth their time." in page)
    assert shown == [False, True]
