"""The sweep of the actions' ladder, and what it says: to the owner each step once, to their Head of Service once."""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, time

import pytest

from bot import messages
from bot.views.parts import Block
from programme.absences import Absence
from programme.actions import Action
from programme.calendar import at_london, end_of
from programme.notices import Dropped, Letter
from programme.people import Person
from programme.words import ActionState, Priority
from scheduler.sweeps.reminders import Reminders
from storage import clock, find
from storage.chasing import ACTIONS
from storage.office import Office
from storage.session import Session
from tests.cast import Cast, here
from tests.storage.crowd import at_once

REF = "ACT-2017-10-01-1"
SENT_AT = at_london(date(2017, 11, 1), time(10))
DUE = date(2017, 11, 15)
"""A Wednesday."""


def on(day: int, hour: time = time(9)) -> datetime:
    return at_london(date(2017, 11, day), hour)


def raise_action(session: Session, cast: Cast, ref: str, priority: Priority, due_on: date = DUE) -> None:
    audit, owner = find.allocations.by_ref(session, cast.allocation.ref), here(session, cast.team_manager)
    words = ("Stepcanary", "Measurecanary")
    session.add(Action(ref, audit, *words, priority, end_of(due_on), owner, ActionState.SENT, sent_at=SENT_AT))


@pytest.fixture(autouse=True)
def one_action(office: Office, cast: Cast) -> None:
    """A standard action of the child's Team Manager, due on 15 November 2017."""
    with office.record.writing() as session:
        raise_action(session, cast, REF, Priority.STANDARD)


def change(office: Office, act: Callable[[Session], None]) -> None:
    with office.record.writing() as session:
        act(session)


def sweep(office: Office, day: int, hour: time = time(9)) -> int:
    change(office, lambda session: clock.set_to(session, on(day, hour)))
    return Reminders(office, ACTIONS).sweep()


def told(office: Office, kind: str) -> Counter[str]:
    with office.record.reading() as session:
        return Counter(notice.person.email for notice in find.notices.of_kind(session, kind))


def newest(office: Office, kind: str) -> Letter | Dropped:
    with office.record.reading() as session:
        return messages.render(session, office, find.notices.of_kind(session, kind)[-1])


def lines(blocks: Sequence[Block]) -> list[str]:
    return [line for block in blocks if "text" in block for line in block["text"]["text"].split("\n")]


def test_a_month_of_sweeps_reminds_the_owner_on_each_day_and_tells_the_head_once(office: Office, cast: Cast) -> None:
    days = {day: sweep(office, day) for day in range(2, 31)}
    assert {day: n for day, n in days.items() if n} == {10: 1, 15: 1, 16: 1, 20: 2, 22: 1, 27: 1}
    assert told(office, "owner_reminded") == {cast.team_manager.email: 6}
    assert told(office, "head_told_of_actions") == {cast.childs_head_of_service.email: 1}


@pytest.mark.parametrize(("priority", "day"), [(Priority.URGENT, 16), (Priority.STANDARD, 20), (Priority.PLANNED, 22)])
def test_the_head_of_service_hears_the_sooner_the_more_pressing_it_is(
    office: Office, priority: Priority, day: int
) -> None:
    change(office, lambda session: setattr(find.actions.by_ref(session, REF), "priority", priority))
    heard: list[int] = []
    for number in range(13, 25):
        sweep(office, number)
        heard += [number] * (told(office, "head_told_of_actions").total() - len(heard))
    assert heard == [day]


@pytest.mark.parametrize("state", [ActionState.CONFIRMED, ActionState.WITHDRAWN])
def test_nobody_is_reminded_of_what_is_done(office: Office, cast: Cast, state: ActionState) -> None:
    def settle(session: Session) -> None:
        me, action = here(session, cast.team_manager), find.actions.by_ref(session, REF)
        action.state, action.done, action.changed = state, "The plan was written.", "Home is calmer."
        action.done_on = action.recorded_on = date(2017, 11, 6)
        action.confirmed_by, action.confirmed_at = me, on(6)

    change(office, settle)
    assert [day for day in range(2, 31) if sweep(office, day)] == []


def test_an_immediate_action_is_not_chased_here(office: Office) -> None:
    change(office, lambda session: setattr(find.actions.by_ref(session, REF), "priority", Priority.IMMEDIATE))
    assert [day for day in range(2, 31) if sweep(office, day)] == []


def test_eight_at_once_after_an_outage_say_one_thing_each(office: Office, cast: Cast) -> None:
    change(office, lambda session: clock.set_to(session, on(21)))
    at_once(8, lambda _n: Reminders(office, ACTIONS).sweep())
    assert told(office, "owner_reminded") == {cast.team_manager.email: 1}
    assert told(office, "head_told_of_actions") == {cast.childs_head_of_service.email: 1}


def test_a_hundred_restarts_remind_once(office: Office, cast: Cast) -> None:
    assert sum(sweep(office, 15, time(9 + n // 60, n % 60)) for n in range(100)) == 1
    assert told(office, "owner_reminded") == {cast.team_manager.email: 1}


def test_several_late_ones_are_one_digest(office: Office, cast: Cast) -> None:
    def two_more(session: Session) -> None:
        for n in (2, 3):
            raise_action(session, cast, f"ACT-2017-10-01-{n}", Priority.STANDARD)

    change(office, two_more)
    sweep(office, 20)
    digest = newest(office, "head_told_of_actions")
    assert isinstance(digest, Letter)
    assert (digest.text, lines(digest.blocks)) == (
        "3 actions in your service were due",
        [
            "*3 actions in your service were due.* A word with its owner often helps.",
            *[f"*ACT-2017-10-01-{n}*  standard, Tomasz Ferreday, was due on Wednesday 15 November" for n in (1, 2, 3)],
        ],
    )


def test_while_its_owner_is_not_at_work_only_the_head_of_service_hears(office: Office, cast: Cast) -> None:
    def away(session: Session) -> None:
        session.add(Absence(here(session, cast.team_manager), date(2017, 11, 13), date(2017, 11, 21)))

    change(office, away)
    assert [day for day in range(13, 23) if sweep(office, day)] == [20, 22]
    assert told(office, "head_told_of_actions") == {cast.childs_head_of_service.email: 1}
    assert told(office, "owner_reminded") == {cast.team_manager.email: 1}


SAID = {
    10: ("An action of yours is due on Wednesday 15 November", "due on Wednesday 15 November"),
    15: ("An action of yours is due today", "due today"),
    16: ("An action of yours was due on Wednesday 15 November", "was due on Wednesday 15 November"),
}


@pytest.mark.parametrize("day", SAID)
def test_the_owner_reads_which_action_and_when_and_no_word_of_it(office: Office, day: int) -> None:
    sweep(office, day)
    letter, (text, due) = newest(office, "owner_reminded"), SAID[day]
    assert isinstance(letter, Letter)
    assert (letter.text, lines(letter.blocks)) == (
        text,
        [f"*{REF}*  standard", f"{due[:1].upper()}{due[1:]}  (MDW-0417)"],
    )


def owned_by(session: Session, person: Person) -> None:
    find.actions.by_ref(session, REF).owner = here(session, person)


def test_what_has_changed_meanwhile_is_not_sent(office: Office, cast: Cast) -> None:
    sweep(office, 16)
    change(office, lambda session: owned_by(session, cast.peer))
    assert getattr(newest(office, "owner_reminded"), "why", "") == "not theirs to do any more"
    change(office, lambda session: owned_by(session, cast.team_manager))
    assert isinstance(newest(office, "owner_reminded"), Letter)
    change(office, lambda session: setattr(find.actions.by_ref(session, REF), "due_at", end_of(date(2017, 11, 20))))
    assert getattr(newest(office, "owner_reminded"), "why", "") == "said anew since"


def test_a_digest_of_what_is_done_meanwhile_is_not_sent(office: Office) -> None:
    sweep(office, 20)
    change(office, lambda session: setattr(find.actions.by_ref(session, REF), "state", ActionState.WITHDRAWN))
    assert getattr(newest(office, "head_told_of_actions"), "why", "") == "none is late any more"


def test_one_that_breaks_is_set_aside_and_the_other_is_done(
    office: Office, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    change(office, lambda session: raise_action(session, cast, "ACT-2017-10-01-2", Priority.STANDARD))
    change(office, lambda session: setattr(find.actions.by_ref(session, REF), "due_at", end_of(date(1, 1, 3))))
    assert sweep(office, 15) == 1
    assert told(office, "owner_reminded") == {cast.team_manager.email: 1}
    assert [vars(line)["ref"] for line in caplog.records if line.levelno >= logging.ERROR] == [REF]
