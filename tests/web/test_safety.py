"""A child who is unsafe stands first on the start page of whoever was told, until somebody has it in hand."""

import pytest

from storage.office import Office
from tests.bot.test_safety import REF, after, alarm, now
from tests.cast import Cast
from tests.web.conftest import Browser

ADDRESS = f"/safety/{REF}"
SEEN = "The worker saw the child at home."


def test_it_can_be_taken_on_the_start_page(office: Office, browser: Browser, cast: Cast) -> None:
    alarm(office, cast)
    client = browser(cast.team_manager)
    assert "I have this" in client.get("/").text
    client.post("/", data={"alert": REF})
    assert now(office).taken_by is not None
    assert "I have this" not in browser(cast.head_of_quality).get("/").text


@pytest.mark.parametrize("who", ["auditor", "administrator", "outsider"])
def test_nobody_else_sees_it_there(office: Office, browser: Browser, cast: Cast, who: str) -> None:
    alarm(office, cast)
    client = browser(getattr(cast, who))
    assert ("I have this" in client.get("/").text, client.post("/", data={"alert": REF}).status_code) == (
        False,
        404,
    )


def test_its_whole_way_to_the_end(office: Office, browser: Browser, cast: Cast) -> None:
    alarm(office, cast)
    manager, head = browser(cast.team_manager), browser(cast.childs_head_of_service)
    page = manager.get(ADDRESS).text
    assert ("I have this" in page, "On which day was the child seen" in page) == (True, True)
    manager.post(ADDRESS, data={"step": "take"})
    after(office, 120)
    wrong = manager.post(ADDRESS, data={"step": "made_safe", "day": "2017-10-07", "hour": "1:00", "words": SEEN})
    assert (wrong.status_code, "after the alert came, at 02:00 on Saturday 7 October." in wrong.text) == (422, True)
    assert SEEN in wrong.text
    manager.post(ADDRESS, data={"step": "made_safe", "day": "2017-10-07", "hour": "3:00", "words": SEEN})
    assert "I agree" not in manager.get(ADDRESS).text
    assert "The child was seen or made safe at 03:00" in head.get("/").text
    page = head.get(ADDRESS).text
    assert (SEEN in page, "I agree" in page) == (True, True)
    head.post(ADDRESS, data={"step": "agree"})
    assert now(office).is_over
    assert ADDRESS not in head.get("/").text
    assert "This alert has come to its end" in manager.get(ADDRESS).text


@pytest.mark.parametrize("step", ["take", "made_safe", "agree", "", "nonsense"])
@pytest.mark.parametrize("who", ["auditor", "peer", "administrator", "outsider", "social_worker"])
def test_who_has_nothing_to_do_with_it_finds_nothing(
    office: Office, browser: Browser, cast: Cast, who: str, step: str
) -> None:
    alarm(office, cast)
    client = browser(getattr(cast, who))
    data = {"step": step, "day": "2017-10-07", "hour": "02:00", "words": SEEN}
    assert (client.get(ADDRESS).status_code, client.post(ADDRESS, data=data).status_code) == (404, 404)
    assert (now(office).taken_at, now(office).seen_at) == (None, None)


def test_a_step_that_is_not_theirs_does_not_count(office: Office, browser: Browser, cast: Cast) -> None:
    alarm(office, cast)
    head = browser(cast.head_of_service)
    refused = head.post(ADDRESS, data={"step": "made_safe", "day": "2017-10-07", "hour": "02:00", "words": SEEN})
    assert (refused.status_code, now(office).seen_at) == (404, None)
    head.post(ADDRESS, data={"step": "nonsense"})
    assert "Press one of the buttons on this page." in head.get(ADDRESS).text
