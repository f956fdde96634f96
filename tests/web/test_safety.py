"""A child who is unsafe stands first on the start page of whoever was told, until somebody has it in hand."""

import pytest

from storage.office import Office
from tests.bot.test_safety import REF, alarm, now
from tests.cast import Cast
from tests.web.conftest import Browser


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
