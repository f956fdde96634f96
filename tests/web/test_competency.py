"""Competency on the pages: who sees a profile, the steps taken there, and nothing of it for anybody else."""

import re

import pytest

from programme.people import Person
from programme.words import Competency
from storage import find
from storage.office import Office
from tests.cast import Cast, here
from tests.competing import WORDS, both_evaluate, decides, develops, evaluates, leader, moderated, put_forward, said
from tests.moderated import REF
from tests.web.conftest import Browser

FORMS_OWN_SECRET = re.compile(r'name="csrf_token" value="[^"]+"')
OTHERS = ("administrator", "peer", "team_manager", "social_worker", "outsider")
PLACES = ("/", "/competency", "/history", "/outbox", "/outbox/past", "/people", "/me", "/actions", "/swaps")


@pytest.fixture
def ref(office: Office, cast: Cast) -> str:
    moderated(office, cast)
    develops(office, cast)
    return put_forward(office, cast)


@pytest.fixture
def leads(office: Office, ref: str) -> Person:  # noqa: ARG001 - they are on record by then
    with office.record.reading() as session:
        return leader(session)


def profile(cast: Cast) -> str:
    return f"/competency/{cast.auditor.reference}"


def stands(office: Office, cast: Cast) -> Competency | None:
    with office.record.reading() as session:
        return here(session, cast.auditor).competency


@pytest.mark.usefixtures("ref")
def test_a_profile_shows_counts_and_where_they_come_from(browser: Browser, cast: Cast) -> None:
    page = browser(cast.auditor).get(profile(cast)).text
    assert "It is not for appraisal" in page
    assert page.count(f'href="/audits/{REF}"') == 8  # kinder, without a date, four marks, and two lines of feedback
    assert ("1 moderated audit," in page, "Under 8 there are only counts" in page) == (True, True)
    assert [words in page for words in ("1 of 1", "Reasoncanary.", "%")] == [True, True, False]


@pytest.mark.usefixtures("ref")
@pytest.mark.parametrize("who", ["auditor", "head_of_quality", "head_of_service", "childs_head_of_service"])
def test_who_may_see_it(browser: Browser, cast: Cast, who: str) -> None:
    assert browser(getattr(cast, who)).get(profile(cast)).status_code == 200


@pytest.mark.parametrize("who", [*OTHERS, "head_of_service", "childs_head_of_service"])
def test_nobody_else_does_be_they_who_leads_them(office: Office, browser: Browser, cast: Cast, who: str) -> None:
    moderated(office, cast)
    develops(office, cast)
    client = browser(getattr(cast, who))
    assert client.get(profile(cast)).status_code == 404
    for step in ("answer", "begin", "put_forward", "core", "pause", "back", "instead", "nothing"):
        assert client.post(profile(cast), data={"step": step, "answer": "Words."}).status_code == 404
    assert stands(office, cast) is Competency.DEVELOPING


def test_leadership_signs_off_without_seeing_the_profile(
    office: Office, browser: Browser, cast: Cast, ref: str, leads: Person
) -> None:
    client = browser(leads)
    assert client.get(f"/competency/sign-offs/{ref}").status_code == 409
    both_evaluate(office, cast, ref)
    page = client.get(f"/competency/sign-offs/{ref}").text
    assert (WORDS in page, "Reasoncanary" in page, client.get(profile(cast)).status_code) == (True, False, 404)
    wrong = client.post(f"/competency/sign-offs/{ref}", data={"agrees": "no"})
    assert (wrong.status_code, "Say what would help" in wrong.text) == (422, True)
    assert client.post(f"/competency/sign-offs/{ref}", data={"agrees": "yes"}).location == "/competency"
    assert stands(office, cast) is Competency.COMPETENT


def test_the_whole_way_on_the_pages(office: Office, browser: Browser, cast: Cast) -> None:
    moderated(office, cast)
    quality, heads = browser(cast.head_of_quality), (cast.head_of_service, cast.childs_head_of_service)
    assert "Not said yet" in quality.get("/competency").text
    assert quality.post(profile(cast), data={"step": "begin"}).status_code == 303
    chosen = {"first": str(heads[0].id), "second": str(heads[0].id), "step": "put_forward"}
    same = quality.post(profile(cast), data=chosen)
    assert (same.status_code, "Choose two different Heads of Service." in same.text) == (422, True)
    assert quality.post(profile(cast), data={**chosen, "second": str(heads[1].id)}).status_code == 303
    assert "Waits for Maren Castellane and Idris Wolowicz to evaluate" in quality.get("/competency").text
    [ref] = _open(office)
    for head in heads:
        client = browser(head)
        assert "Evaluate Asha Thornbury" in client.get("/competency").text
        short = client.post(f"/competency/evaluations/{ref}", data={"evidence": "The audit."})
        assert (short.status_code, "the evaluation rests on those" in short.text) == (422, True)
        whole = {"evidence": "The audit.", "words": "Clear.", "recommends": "yes", "audits": REF}
        assert client.post(f"/competency/evaluations/{ref}", data=whole).location == "/competency"
    assert "Waits for leadership to sign off" in quality.get("/competency").text


def _open(office: Office) -> list[str]:
    with office.record.reading() as session:
        return [each.ref for each in find.competency.open_candidacies(session)]


def test_the_core_group_a_pause_and_back(office: Office, browser: Browser, cast: Cast, ref: str) -> None:
    both_evaluate(office, cast, ref)
    decides(office, ref)
    quality = browser(cast.head_of_quality)
    came_to = []
    for step in ("pause", "back", "core", "core"):
        answer = quality.post(profile(cast), data={"step": step})
        came_to.append((answer.status_code, stands(office, cast)))
    assert came_to == [
        (303, Competency.PAUSED),
        (303, Competency.COMPETENT),
        (303, Competency.CORE),
        (422, Competency.CORE),
    ]


@pytest.mark.usefixtures("ref")
def test_the_auditors_answer_stands_beside_it(browser: Browser, cast: Cast) -> None:
    mine = browser(cast.auditor)
    assert mine.post(profile(cast), data={"step": "answer", "answer": "I was new to court work."}).status_code == 303
    assert "I was new to court work." in browser(cast.childs_head_of_service).get(profile(cast)).text
    empty = mine.post(profile(cast), data={"step": "answer", "answer": " "})
    assert (empty.status_code, "Write what you would like to say." in empty.text) == (422, True)


@pytest.mark.parametrize("who", OTHERS)
def test_whatever_a_profile_says_others_read_the_same(
    office: Office, browser: Browser, cast: Cast, ref: str, who: str
) -> None:
    """Before anything is said, and after: an evaluation, one that says not yet, and the auditor's own answer."""
    client = browser(getattr(cast, who))
    places = [*PLACES, profile(cast), f"/competency/evaluations/{ref}", f"/competency/sign-offs/{ref}"]

    def all_of_it() -> dict[str, str]:
        return {place: FORMS_OWN_SECRET.sub("", client.get(place).text) for place in places}

    before = all_of_it()
    evaluates(office, ref, cast.head_of_service)
    evaluates(office, ref, cast.childs_head_of_service, said(recommends=False, words="Not yet. Canary."))
    browser(cast.auditor).post(profile(cast), data={"step": "answer", "answer": "Answercanary."})
    assert all_of_it() == before
