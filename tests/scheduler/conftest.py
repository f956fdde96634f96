"""Slack and GOV.UK Notify as twins, and both ways of a message through them."""

from collections.abc import Iterator

import pytest

from bot.app import Bot, SlackAccount
from scheduler.post.email import Email, client
from scheduler.post.ways import Ways
from storage.office import Office
from tests.cast import Cast
from tests.twins.notify import KEY, TEMPLATE, NotifyTwin
from tests.twins.signing import SIGNING_SECRET
from tests.twins.slack import BOT_TOKEN, TEAM_ID, SlackTwin


@pytest.fixture
def slack(cast: Cast) -> Iterator[SlackTwin]:
    twin = SlackTwin(users={each.email: str(each.slack_user_id) for each in cast.everyone}).start()
    yield twin
    twin.stop()


@pytest.fixture
def notify() -> Iterator[NotifyTwin]:
    twin = NotifyTwin().start()
    yield twin
    twin.stop()


@pytest.fixture
def ways(office: Office, slack: SlackTwin, notify: NotifyTwin) -> Ways:
    bot = Bot(office, SlackAccount(BOT_TOKEN, SIGNING_SECRET, team_id=TEAM_ID, api_url=slack.url))
    return Ways(bot, Email(office, client(KEY, notify.url), TEMPLATE), has_slack=True)
