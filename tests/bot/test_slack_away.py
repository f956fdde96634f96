"""The whole app starts and works with Slack refusing, broken or gone: pages, returns, and chat that asks nothing."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

import app as front_hall
from programme.words import AllocationState
from settings import Settings
from storage import find
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE, slack_id
from tests.cast import NOW, Cast
from tests.forms.delivering import SECRET, Post
from tests.forms.responses import ANSWERS, Response, sent_by_script
from tests.storage.test_races import url_of
from tests.twins import signing
from tests.twins.signing import SIGNING_SECRET
from tests.twins.slack import BOT_TOKEN, TEAM_ID, Fault, SlackTwin

pytestmark = ON_ONE_DATABASE

AWAY: dict[str, Callable[[SlackTwin], None]] = {
    "it refuses the token": lambda twin: setattr(twin, "down", Fault(error="invalid_auth")),
    "the token was revoked": lambda twin: setattr(twin, "down", Fault(error="token_revoked")),
    "it answers 503": lambda twin: setattr(twin, "down", Fault(status=503, raw=b"Service Unavailable")),
    "it hangs up": lambda twin: setattr(twin, "down", Fault(drop=True)),
    "nobody is at its address": SlackTwin.stop,
}


@pytest.fixture(params=AWAY)
def app(request: pytest.FixtureRequest, office: Office, twin: SlackTwin) -> Iterator[Flask]:
    """Built while Slack is away already."""
    AWAY[request.param](twin)
    built = front_hall.build(
        Settings(
            _env_file=None,
            database_url=url_of(office.record),
            secret_key=SecretStr("for tests only, and long enough for it"),
            slack_bot_token=SecretStr(BOT_TOKEN),
            slack_signing_secret=SecretStr(SIGNING_SECRET),
            slack_team_id=TEAM_ID,
            slack_api_url=twin.url,
            forms_secret=SecretStr(SECRET),
            demo=True,
        )
    )
    yield built
    built.extensions["auditloop"].office.record.close()


def statuses(client: FlaskClient, *addresses: str) -> list[int]:
    return [client.get(address).status_code for address in addresses]


def test_everything_but_chat_works_and_chat_answers(app: Flask, office: Office, cast: Cast, twin: SlackTwin) -> None:
    client = app.test_client()
    assert statuses(client, "/healthz", "/readyz", "/sign-in", "/help") == [200, 200, 200, 200]
    body = sent_by_script(Response(NOW, cast.auditor.email, "MDW-0417", ANSWERS, "r1"), cast.tool)
    assert Post(office, client).deliver(body).status_code == 202
    with office.record.reading() as session:
        assert find.allocations.by_ref(session, cast.allocation.ref).state is AllocationState.RETURNED_IN_TIME
    asked = signing.command(slack_id(cast.peer))
    answer = client.post("/slack/events", data=asked.body, headers=asked.headers)
    assert "MDW-0502" in answer.text
    assert twin.calls == []
