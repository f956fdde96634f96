"""What is held, on its pages: who sees it, what each may do there, and that nothing happens by mistake."""

import re
from datetime import timedelta
from html import unescape

import pytest

from programme.words import SubmissionState
from storage.office import Office
from tests.cast import NOW, Cast
from tests.forms.arriving import REF, arrives, now
from tests.web.conftest import Browser


def text_of(page: str) -> str:
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_nothing_held_says_so_kindly(browser: Browser, cast: Cast) -> None:
    assert "Nothing is held." in browser(cast.administrator).get("/held").text


def test_the_administrator_sees_whose_it_is_and_why(browser: Browser, office: Office, cast: Cast) -> None:
    held = arrives(office, cast, without=("impact", "overall"))
    page = text_of(browser(cast.administrator).get("/held").text)
    assert f"{REF} {held.ref} Some answers are still needed. 2 answers are to be mended." in page
    assert "by the Google Form from asha@example.org." in page


def test_the_auditor_sees_what_to_mend_and_the_way_to_the_form(browser: Browser, office: Office, cast: Cast) -> None:
    held = arrives(office, cast, without=("impact",))
    page = browser(cast.auditor).get(f"/held/{held.ref}").text
    assert "Say what difference the work made for the child." in page
    assert f'href="/returns/{cast.allocation.token}"' in page
    assert "It does not count" not in page


@pytest.mark.parametrize("who", ["peer", "outsider", "head_of_service", "team_manager", "social_worker"])
def test_nobody_else_sees_that_there_is_anything(browser: Browser, office: Office, cast: Cast, who: str) -> None:
    held = arrives(office, cast, without=("impact",))
    client = browser(getattr(cast, who))
    assert (client.get(f"/held/{held.ref}").status_code, held.ref in client.get("/held").text) == (404, False)


def test_who_may_not_decide_changes_nothing(browser: Browser, office: Office, cast: Cast) -> None:
    held = arrives(office, cast, without=("impact",))
    said = {"step": "discard", "reason": "Mine.", "sure": "yes"}
    assert browser(cast.auditor).post(f"/held/{held.ref}", data=said).status_code == 404
    assert now(office, held.ref).state is SubmissionState.HELD


@pytest.mark.parametrize(
    ("step", "came_to"), [("accept", SubmissionState.ACCEPTED), ("discard", SubmissionState.DISCARDED)]
)
def test_what_cannot_be_undone_is_asked_once_more(
    browser: Browser, office: Office, cast: Cast, step: str, came_to: SubmissionState
) -> None:
    held, client = arrives(office, cast, without=("impact",)), browser(cast.administrator)
    said = {"step": step, "reason": "Agreed by telephone."}
    asked = client.post(f"/held/{held.ref}", data=said)
    assert (asked.status_code, "This cannot be undone." in asked.text) == (200, True)
    assert now(office, held.ref).state is SubmissionState.HELD
    assert client.post(f"/held/{held.ref}", data=said | {"sure": "yes"}).status_code == 303
    assert (now(office, held.ref).state, now(office, held.ref).decision) == (came_to, "Agreed by telephone.")


def test_a_match_by_hand_lets_it_count(browser: Browser, office: Office, cast: Cast) -> None:
    held, client = arrives(office, cast, {"case_ref": "MDW-417"}), browser(cast.administrator)
    assert f'<option value="{REF}"' in client.get(f"/held/{held.ref}").text
    assert client.post(f"/held/{held.ref}", data={"step": "match", "audit": REF}).location == "/held"
    assert now(office, held.ref).state is SubmissionState.ACCEPTED


def test_a_match_to_nothing_is_refused_in_words(browser: Browser, office: Office, cast: Cast) -> None:
    held, client = arrives(office, cast, {"case_ref": "MDW-417"}), browser(cast.administrator)
    assert client.post(f"/held/{held.ref}", data={"step": "match", "audit": ""}).status_code == 422
    assert client.post(f"/held/{held.ref}", data={"step": "burn"}).status_code == 404


def test_without_a_reason_the_page_asks_for_one(browser: Browser, office: Office, cast: Cast) -> None:
    held, client = arrives(office, cast, without=("impact",)), browser(cast.administrator)
    answer = client.post(f"/held/{held.ref}", data={"step": "discard", "reason": "", "sure": "yes"})
    assert (answer.status_code, "Say why it does not count." in answer.text) == (422, True)


def test_a_newer_version_shows_what_differs_and_nothing_else(browser: Browser, office: Office, cast: Cast) -> None:
    arrives(office, cast)
    again = arrives(
        office, cast, {"impact": "It changed.", "overall": "2"}, at=NOW + timedelta(hours=1), without=("strengths",)
    )
    page = text_of(browser(cast.administrator).get(f"/held/{again.ref}").text)
    table = page.partition("In this one ")[2].partition(" As it arrived")[0]
    assert table == (
        "What is strong here? The worker knows this child well. (empty)"
        " Your overall judgement Nearly good Good"
        " What difference did the work make for the child? Home is calmer. It changed."
    )


def test_what_was_decided_stays_to_be_read(browser: Browser, office: Office, cast: Cast) -> None:
    held, client = arrives(office, cast, without=("impact",)), browser(cast.administrator)
    client.post(f"/held/{held.ref}", data={"step": "discard", "reason": "A trial run.", "sure": "yes"})
    assert f"{held.ref} , {REF}: discarded, by Bronwen Achterberg" in text_of(client.get("/held").text)
    assert "The worker knows this child well." in client.get(f"/held/{held.ref}").text
