"""The whole app with GOV.UK Notify and without Slack: what waits goes by e-mail."""

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

import app as front_hall
from settings import Settings
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.cast import Cast
from tests.storage.test_races import url_of
from tests.twins.notify import KEY, TEMPLATE, NotifyTwin

pytestmark = ON_ONE_DATABASE


@pytest.fixture
def notify() -> Iterator[NotifyTwin]:
    twin = NotifyTwin().start()
    yield twin
    twin.stop()


def test_what_waits_goes_by_email(office: Office, cast: Cast, notify: NotifyTwin) -> None:
    built = front_hall.build(
        Settings(
            _env_file=None,
            database_url=url_of(office.record),
            secret_key=SecretStr("for tests only, and long enough for it"),
            public_url="http://127.0.0.1:5000",
            notify_api_key=SecretStr(KEY),
            notify_template_id=TEMPLATE,
            notify_api_url=notify.url,
            demo=True,
        )
    )
    done = built.test_cli_runner().invoke(args=["deliver", "--until-empty"])
    assert (done.exit_code, "2" in done.stdout) == (0, True)
    for who, ref in ((cast.auditor, "AUD-2017-10-01"), (cast.peer, "AUD-2017-10-02")):
        [said] = notify.sent_to(who.email)
        assert ref in said["body"]
        assert "Answer here: http://127.0.0.1:5000/sign-in/" in said["body"]
    built.extensions["auditloop"].office.record.close()
