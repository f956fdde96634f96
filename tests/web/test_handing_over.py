"""The page on which actions go to another owner several at once."""

import pytest
from flask.testing import FlaskClient

from storage import find
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.cast import Cast
from tests.storage.test_handing_over import ONE, TWO, actions, owners
from tests.web.conftest import Browser
from tests.web.sent import errors_in

__all__ = ["actions"]

pytestmark = ON_ONE_DATABASE

PAGE = "/actions/hand-over"


def test_what_is_ticked_goes_to_who_is_chosen(office: Office, browser: Browser, cast: Cast) -> None:
    client: FlaskClient = browser(cast.administrator)
    assert f'href="{PAGE}"' in client.get("/actions").text
    shown = client.get(PAGE).text
    assert (f'value="{ONE}"' in shown, "Stepcanary" in shown, cast.outsider.email in shown) == (True, False, False)
    answer = client.post(PAGE, data={"ref": [ONE, TWO], "to": cast.childs_head_of_service.email})
    assert (answer.status_code, answer.location) == (303, "/actions")
    assert owners(office) == dict.fromkeys((ONE, TWO), cast.childs_head_of_service.email)
    assert "2 actions are with Idris Wolowicz now." in client.get("/actions").text


@pytest.mark.parametrize(
    ("sent", "field"), [({"to": "idris@example.org"}, "ref"), ({"ref": [ONE]}, "to"), ({"ref": [ONE], "to": "x"}, "to")]
)
def test_what_is_missing_is_asked_for_and_what_was_ticked_stays(
    office: Office, browser: Browser, cast: Cast, sent: dict[str, object], field: str
) -> None:
    answer = browser(cast.administrator).post(PAGE, data=sent)
    assert (answer.status_code, list(errors_in(answer.text))) == (422, [field])
    assert ("checked" in answer.text) == ("ref" in sent)
    with office.record.reading() as session:
        assert find.actions.by_ref(session, ONE).owner.email == cast.team_manager.email


def test_the_filters_of_the_list_count_here_too(browser: Browser, cast: Cast) -> None:
    client = browser(cast.administrator)
    assert ONE not in client.get(f"{PAGE}?service=Help+and+Protection").text
    assert ONE in client.get(f"{PAGE}?service=Care+and+Permanence").text


@pytest.mark.parametrize("who", ["auditor", "team_manager", "social_worker", "outsider"])
def test_it_is_for_who_runs_the_month_and_heads_of_service(browser: Browser, cast: Cast, who: str) -> None:
    client = browser(getattr(cast, who))
    assert client.get(PAGE).status_code == 404
    assert PAGE not in client.get("/actions").text


def test_another_services_head_finds_nothing_of_it(browser: Browser, cast: Cast) -> None:
    assert ONE not in browser(cast.head_of_service).get(PAGE).text
