"""A day as chat shows it: each person hears once, of all that is theirs, and reads there how each part ended."""

from collections.abc import Callable
from datetime import date, time

import pytest

from bot import names
from programme.actions import Action
from programme.calendar import at_london, end_of
from programme.words import ActionState, Priority
from scheduler.work import Worker
from storage import clock, find
from storage.office import Office
from tests.bot.conftest import Door, words_of
from tests.cast import Cast, here

AUDIT, ACTION = "AUD-2017-10-02", "ACT-2017-10-02-1"
SEVENTEENTH = at_london(date(2017, 10, 17), time(9))


class Nothing:
    """Nothing comes in."""

    def take_up(self, enough: Callable[[], bool]) -> None: ...
    def poll(self, enough: Callable[[], bool]) -> None: ...


def a_morning(office: Office, door: Door) -> None:
    """The worker does everything once, as it is on Tuesday 17 October."""
    with office.record.writing() as session:
        clock.set_to(session, SEVENTEENTH)
    Worker(office, door.bot, name="host:1", collects=Nothing()).sweep_once()


def heard(door: Door, account: str) -> list[str]:
    """What stands in their messages, but for the one that gave the case out."""
    said = [words_of(message["blocks"]) for message in door.twin.sent_to(account)]
    return [words for words in said if "2 things for you today" in words]


@pytest.fixture
def an_action_late(office: Office, cast: Cast) -> None:
    """The peer, whose audit was due on Friday, has an action that was due on Thursday."""
    with office.record.writing() as session:
        audit, owner = find.allocations.by_ref(session, AUDIT), here(session, cast.peer)
        due, sent = end_of(date(2017, 10, 12)), at_london(date(2017, 10, 2), time(10))
        session.add(Action(ACTION, audit, "A", "B", Priority.STANDARD, due, owner, ActionState.SENT, sent_at=sent))


@pytest.mark.usefixtures("an_action_late")
def test_who_has_several_things_hears_of_them_in_one_message(office: Office, door: Door, cast: Cast) -> None:
    a_morning(office, door)
    [peer], [head] = heard(door, "UKOFI"), heard(door, "UMAREN")
    assert [AUDIT in peer, ACTION in peer, peer.count("Sign in to the pages")] == [True, True, 1]
    assert "2 audits in your service were due and are not in yet" in head
    assert "1 action in your service was due" in head
    again = len(door.twin.sent_to("UKOFI"))
    a_morning(office, door)
    assert len(door.twin.sent_to("UKOFI")) == again
    assert cast.peer.slack_user_id == "UKOFI"


@pytest.mark.usefixtures("an_action_late")
def test_what_is_settled_says_so_where_it_stood_and_the_other_part_stays(
    office: Office, door: Door, cast: Cast
) -> None:
    a_morning(office, door)
    door.press(cast.peer, names.CANNOT_DO, AUDIT)
    chosen = {"selected_option": {"value": "capacity"}}
    door.submit(cast.peer, {names.REASON_FIELD: {names.REASON_FIELD: chosen}})
    a_morning(office, door)
    [peer] = heard(door, "UKOFI")
    assert f"*{AUDIT}*: you have said what stops you. Thank you." in peer
    assert (ACTION in peer, "Open the form" in peer) == (True, False)
