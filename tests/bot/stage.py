"""One office for many presses: somebody of every role and in every relation, and the record put back after each.

Each role is held by somebody who holds no other and has no tie to anything; the relations are those of the cast to
AUD-2017-10-01, which the auditor holds, and to what came of it. A place is put back from a copy in memory, by SQLite.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from programme.people import Person, RoleHeld, Service, Team
from programme.policy import Policy
from programme.rota import Turn
from programme.rulebook import Rulebook
from programme.words import Competency, Role
from storage import clock, migrate
from storage.office import Office
from storage.session import Record
from tests import cast as casting
from tests.bot.conftest import Door, open_door, slack_id, words_of
from tests.bot.swapping import somebody_free
from tests.bot.test_actions import deputy, sent
from tests.cast import MONTH, NOW, Cast, here
from tests.databases import Databases
from tests.twins.slack import SlackTwin

NOT_COMPARED = {"heard", "app_home", "home_change", "knock"}
"""The marks of requests, there so that nothing is done twice; what is drawn anew of App Home; and who is unknown."""
SHOWS = {"views.open", "views.update", "views.push", "chat.postEphemeral"}

Table = list[tuple[Any, ...]]


@dataclass
class Stage:
    office: Office
    cast: Cast
    door: Door
    people: dict[str, Person]
    """By what they are here: a role, or a relation."""
    file: sqlite3.Connection

    def everything(self) -> dict[str, Table]:
        """The whole record but the marks of what was heard."""
        named = self.file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = sorted({name for (name,) in named} - NOT_COMPARED)
        return {name: self.file.execute(f"SELECT * FROM {name}").fetchall() for name in tables}

    def copied(self) -> sqlite3.Connection:
        """The record as it is now, in memory."""
        copy = sqlite3.connect(":memory:")
        self.file.backup(copy)
        return copy

    def shown(self, ask: Callable[[], TestResponse]) -> str:
        """What one request shows to who made it: in the answer, in a modal, or in words that do not stay."""
        before = len(self.door.twin.calls)
        answer = ask()
        assert answer.status_code == 200
        said = (answer.get_json() or {}) if answer.data else {}
        called = [body for method, body in self.door.twin.calls[before:] if method in SHOWS]
        return "\n".join(filter(None, map(words_in, [said, *called])))


def words_in(shown: Mapping[str, Any]) -> str:
    """Where there are blocks, Slack shows those instead of the text."""
    blocks = shown.get("view", shown).get("blocks")
    return words_of(blocks) or str(shown.get("text") or "") or "\n".join(shown.get("errors", {}).values())


@contextmanager
def set_up(databases: Databases) -> Iterator[Stage]:
    with databases.lent("sqlite", migrate.upgrade) as url:
        rules, path = Rulebook.of(Policy()), url.removeprefix("sqlite:///")
        office, cast = Office(Record(url), rules, "http://127.0.0.1:5000", demo=True), casting.gather(rules)
        with office.record.writing() as session:
            casting.keep(session, cast)
            clock.set_to(session, NOW)
        twin = SlackTwin().start()
        people = _people(office, cast)
        twin.users.update({person.email: slack_id(person) for person in people.values()})
        file = sqlite3.connect(path)
        yield Stage(office, cast, open_door(office, twin), people, file)
        twin.stop()
        file.close()
        office.record.close()


RELATIONS = (
    *("the holder", "another holder", "who was asked", "who was not asked", "a paused auditor"),
    *("the holder's Head", "the owner", "the owner's deputy", "the child's Head", "the social worker", "an outsider"),
)
UNKNOWN_HERE = ("who has moved on", "who is not here yet", "an unknown account")
"""The first two hold every role there is."""
EVERYBODY = frozenset({*map(str, Role), *RELATIONS})
ANYBODY = EVERYBODY | set(UNKNOWN_HERE)


def _people(office: Office, cast: Cast) -> dict[str, Person]:
    sent(office, cast)
    relations = {
        "the holder": cast.auditor,
        "another holder": cast.peer,
        "who was asked": somebody_free(office, cast),
        "who was not asked": somebody_free(office, cast, "Paloma Quillfeather"),
        "the holder's Head": cast.head_of_service,
        "the owner": cast.team_manager,
        "the owner's deputy": deputy(office, cast),
        "the child's Head": cast.childs_head_of_service,
        "the social worker": cast.social_worker,
        "an outsider": cast.outsider,
        "an unknown account": Person("unknown@example.org", "Unknown", slack_user_id="UUNKNOWN"),
    }
    near = {str(Role.ADMINISTRATOR): cast.administrator, str(Role.HEAD_OF_QUALITY): cast.head_of_quality}
    return {**relations, **_of_each_role(office, but=set(near)), **near, **_beside_them(office, cast)}


def _of_each_role(office: Office, *, but: set[str]) -> dict[str, Person]:
    """Somebody of a third service for each, but for who holds no other role in the cast already."""
    service = Service("Early Help")
    team = Team("Lakeside", service)
    made = {str(role): _person(str(role), role) for role in Role if str(role) not in but}
    for person in made.values():
        person.team, person.service = (None, service) if Role.HEAD_OF_SERVICE in person.roles else (team, service)
    with office.record.writing() as session:
        session.add_all(made.values())
    return made


def _beside_them(office: Office, cast: Cast) -> dict[str, Person]:
    gone, coming = _person("gone", *Role), _person("coming", *Role)
    gone.ends, coming.starts = NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=60)
    paused = _person("paused", Role.AUDITOR)
    paused.competency = Competency.PAUSED
    with office.record.writing() as session:
        for person in (gone, coming):
            person.team, person.service = here(session, cast.auditor).team, here(session, cast.auditor).service
        session.add_all([gone, coming, paused, Turn(paused, MONTH)])
    return {"who has moved on": gone, "who is not here yet": coming, "a paused auditor": paused}


def _person(name: str, *roles: Role) -> Person:
    return Person(
        f"{name}@example.org", f"Rolf {name}", [RoleHeld(role) for role in roles], slack_user_id=f"U{name.upper()}"
    )


@pytest.fixture(scope="module")
def stage(databases: Databases) -> Iterator[Stage]:
    with set_up(databases) as stage:
        yield stage


@pytest.fixture(autouse=True)
def as_it_was(stage: Stage) -> Iterator[None]:
    """After each test the record is what it was before."""
    at_first = stage.copied()
    yield
    at_first.backup(stage.file)
    at_first.close()
