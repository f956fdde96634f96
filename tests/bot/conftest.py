"""The Slack door with the strict twin behind it and the cast in its workspace."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.app import Bot, SlackAccount
from programme.people import Person
from storage.office import Office
from tests.cast import Cast, here
from tests.twins import signing
from tests.twins.signing import SIGNING_SECRET, Signed
from tests.twins.slack import BOT_ID, BOT_TOKEN, BOT_USER_ID, TEAM_ID, SlackTwin


def slack_id(person: Person) -> str:
    return "U" + person.email.partition("@")[0].upper().replace(".", "")


@dataclass(frozen=True)
class Door:
    """Slack's address of ours, and what was shown to people behind it."""

    twin: SlackTwin
    bot: Bot
    client: FlaskClient

    def send(self, signed: Signed) -> TestResponse:
        return self.client.post("/slack/events", data=signed.body, headers=signed.headers)

    def command(self, person: Person, words: str = "") -> TestResponse:
        return self.send(signing.command(slack_id(person), words, trigger=self.twin.trigger()))

    def press(self, person: Person, action: str, value: str) -> TestResponse:
        return self.send(signing.press(slack_id(person), action, value, trigger=self.twin.trigger()))

    @property
    def modal_words(self) -> str:
        """Everything the newest modal says."""
        return words_of(self.twin.views[-1]["blocks"])


def words_of(blocks: object) -> str:
    """Every text in some blocks, in order, a line each."""
    if isinstance(blocks, list):
        return "\n".join(filter(None, map(words_of, blocks)))
    if not isinstance(blocks, dict):
        return ""
    text = blocks.get("text")
    own = text if isinstance(text, str) else ""
    inner = [words_of(value) for key, value in blocks.items() if isinstance(value, dict | list) and key != "confirm"]
    return "\n".join(filter(None, [own, *inner]))


@pytest.fixture
def twin(office: Office, cast: Cast) -> Iterator[SlackTwin]:
    with office.record.writing() as session:
        for person in cast.everyone:
            here(session, person).slack_user_id = slack_id(person)
    twin = SlackTwin(users={person.email: slack_id(person) for person in cast.everyone}).start()
    yield twin
    twin.stop()


def account(twin: SlackTwin) -> SlackAccount:
    return SlackAccount(BOT_TOKEN, SIGNING_SECRET, "", TEAM_ID, twin.url, BOT_ID, BOT_USER_ID)


@pytest.fixture
def door(office: Office, twin: SlackTwin) -> Door:
    bot = Bot(office, account(twin))
    app = Flask("door")
    app.register_blueprint(bot.routes())
    return Door(twin, bot, app.test_client())
