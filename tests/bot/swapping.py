"""A swap under way: somebody of next month's group who is free, and what people press."""

from collections.abc import Callable

import pytest

from bot import names
from programme.calendar import following
from programme.people import Person, RoleHeld
from programme.rota import Turn
from programme.swaps import Swap
from programme.words import Role
from scheduler.post.postman import Postman
from scheduler.post.redrawing import Redrawing
from scheduler.post.ways import Ways
from storage import find, swapping
from storage.office import Office
from tests.bot.conftest import Door, words_of
from tests.cast import MONTH, Cast, here

REF = "AUD-2017-10-01"


def somebody_free(office: Office, cast: Cast, name: str = "Lindiwe Ashgrove") -> Person:
    """Of the peer's team and group, with a turn next month and no audit in this."""
    first = name.split(maxsplit=1)[0]
    with office.record.writing() as session:
        beside = here(session, cast.peer)
        person = Person(
            email=f"{first.lower()}@example.org",
            name=name,
            roles_held=[RoleHeld(Role.TEAM_MANAGER)],
            team=beside.team,
            service=beside.service,
            group=beside.group,
            slack_user_id=f"U{first.upper()}",
        )
        session.add_all([person, Turn(person, following(MONTH))])
    return person


def asked(office: Office, cast: Cast, *peers: Person, ref: str = REF) -> Swap:
    with office.record.writing() as session:
        return swapping.ask(session, office, ref, [each.email for each in peers], here(session, cast.auditor))


def chosen(*peers: Person) -> dict[str, object]:
    """What the modal that asks is filled in with."""
    return {names.PEER_FIELD: {names.PEER_FIELD: {"selected_options": [{"value": peer.email} for peer in peers]}}}


def now(office: Office, ref: str) -> Swap:
    with office.record.reading() as session:
        return find.swaps.by_ref(session, ref)


def post(office: Office, door: Door) -> None:
    """All that waits goes out, and all that has changed is drawn again."""
    ways = Ways(door.bot, None, has_slack=True)
    Postman(office, ways.render, ways.send, "w").deliver_until_empty()
    Redrawing(office, door.bot.render, door.bot.redraw).sweep()


def last_said(door: Door, person: Person) -> list[str]:
    return words_of(door.twin.sent_to(str(person.slack_user_id))[-1]["blocks"]).split("\n")


def first_said(door: Door, person: Person) -> list[str]:
    return words_of(door.twin.sent_to(str(person.slack_user_id))[0]["blocks"]).split("\n")


Free = Callable[[], Person]


@pytest.fixture
def free(office: Office, cast: Cast, door: Door) -> Person:
    person = somebody_free(office, cast)
    door.twin.users[person.email] = str(person.slack_user_id)
    return person
