"""The Slack door with the strict twin behind it and the cast in its workspace."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot import names
from bot.app import Bot, SlackAccount
from programme.cases import Case, FrameEntry
from programme.people import Person, RoleHeld
from programme.rota import Turn
from programme.words import Role
from scheduler.post.homes import Homes
from storage import find
from storage.office import Office
from tests.cast import MONTH, Cast, here
from tests.scheduler.later import later
from tests.twins import signing
from tests.twins.signing import SIGNING_SECRET, Signed
from tests.twins.slack import BOT_ID, BOT_TOKEN, BOT_USER_ID, TEAM_ID, SlackTwin

ON_ONE_DATABASE = pytest.mark.parametrize("database_kind", ["sqlite"])
"""For what writes nothing, or looks at pages in a browser: it need not be tried on both."""


def slack_id(person: Person) -> str:
    assert person.slack_user_id is not None
    return person.slack_user_id


@dataclass(frozen=True)
class Door:
    """Slack's address of ours, and what was shown to people behind it."""

    twin: SlackTwin
    bot: Bot
    client: FlaskClient
    office: Office
    minutes: Iterator[int] = field(default_factory=lambda: count(1))

    def send(self, signed: Signed) -> TestResponse:
        """What came back, once all that is said afterwards was said."""
        answer = self.answered(signed)
        self.bot.afterwards.finish()
        return answer

    def answered(self, signed: Signed) -> TestResponse:
        """What came back, whatever is still to be said."""
        return self.client.post("/slack/events", data=signed.body, headers=signed.headers)

    def command(self, person: Person, words: str = "") -> TestResponse:
        return self.send(signing.command(slack_id(person), words, trigger=self.twin.trigger()))

    def press(self, person: Person, action: str, value: str) -> TestResponse:
        return self.send(signing.press(slack_id(person), action, value, trigger=self.twin.trigger()))

    def submit(self, person: Person, values: dict[str, Any]) -> TestResponse:
        """Send the newest modal, filled in."""
        return self.send(signing.submission(slack_id(person), self.modal, values))

    def said(self, person: Person, words: str = "") -> str:
        """All that /audit answers, a line each; where there are blocks, Slack shows those."""
        answer = self.command(person, words).get_json()
        return words_of(answer.get("blocks")) or str(answer["text"])

    def home_of(self, person: Person) -> str:
        """What stands there once it was opened, and the worker has seen it."""
        self.send(signing.event(slack_id(person), names.HOME_OPENED, tab="home"))
        return self.at_home(slack_id(person))

    def at_home(self, account: str) -> str:
        """What stands there by now, a minute after the last look."""
        self.draw_homes()
        return words_of(self.twin.homes[account]["blocks"])

    def draw_homes(self) -> None:
        by_now = later(self.office, minutes=next(self.minutes))
        Homes(by_now, self.bot.draw_home, self.bot.publish_home).sweep()

    @property
    def modal(self) -> dict[str, Any]:
        """The newest modal."""
        return [view for view in self.twin.views if view["type"] == "modal"][-1]

    @property
    def modal_words(self) -> str:
        """Everything the newest modal says."""
        return words_of(self.modal["blocks"])


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


def reason(chosen: str, words: str | None = None) -> dict[str, Any]:
    """What the reason's modal is filled in with."""
    return {
        names.REASON_FIELD: {names.REASON_FIELD: {"selected_option": {"value": chosen}}},
        names.WORDS_FIELD: {names.WORDS_FIELD: {"value": words}},
    }


@pytest.fixture
def twin(cast: Cast) -> Iterator[SlackTwin]:
    twin = SlackTwin(users={person.email: slack_id(person) for person in cast.everyone}).start()
    yield twin
    twin.stop()


def account(twin: SlackTwin) -> SlackAccount:
    return SlackAccount(BOT_TOKEN, SIGNING_SECRET, "", TEAM_ID, twin.url, BOT_ID, BOT_USER_ID)


def open_door(office: Office, twin: SlackTwin) -> Door:
    """A process as it has just begun: it has spoken with nobody yet."""
    bot = Bot(office, account(twin))
    app = Flask("door")
    app.register_blueprint(bot.routes())
    return Door(twin, bot, app.test_client(), office)


@pytest.fixture
def door(office: Office, twin: SlackTwin) -> Door:
    return open_door(office, twin)


@pytest.fixture
def joined(office: Office, cast: Cast, twin: SlackTwin) -> Callable[[str], Person]:
    """Somebody else joins the auditor's group, and chat: so there is room for one case more."""

    def join(name: str) -> Person:
        with office.record.writing() as session:
            beside = here(session, cast.peer)
            first = name.split(maxsplit=1)[0]
            person = Person(
                email=f"{first.lower()}@example.org",
                name=name,
                roles_held=[RoleHeld(Role.TEAM_MANAGER)],
                team=beside.team,
                service=beside.service,
                group=here(session, cast.auditor).group,
                slack_user_id=f"U{first.upper()}",
            )
            session.add_all([person, Turn(person, MONTH)])
        twin.users[person.email] = slack_id(person)
        return person

    return join


@pytest.fixture
def two_more_drawn(office: Office, cast: Cast) -> None:
    """Two more of the frame are drawn, and wait for an auditor."""
    with office.record.writing() as session:
        team = here(session, cast.team_manager).team
        worker, manager = here(session, cast.social_worker), here(session, cast.team_manager)
        for place, ref in enumerate(["MDW-0601", "MDW-0602"], start=3):
            case = Case(ref, team, "Looked After", "16 to 17", worker, manager)
            session.add(FrameEntry(MONTH, case, drawn_as=place))


def history_of(office: Office, kind: str) -> int:
    """How many messages of one kind there are, whatever became of them."""
    with office.record.reading() as session:
        return len(find.notices.of_kind(session, kind))
