"""App Home keeps within what a person can take in, what Slack takes, what a record can bear, and what may be seen."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from bot import names
from bot.slash import LISTENERS
from bot.views.home import LABELS
from programme.absences import Absence
from programme.actions import Action
from programme.allocations import Allocation
from programme.calendar import end_of
from programme.cases import Case, FrameEntry
from programme.people import Person, RoleHeld
from programme.words import ActionState, AllocationState, Priority, Role
from storage import clock, find
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE, Door, words_of
from tests.bot.homing import last_row, october, raised, view
from tests.bot.swapping import asked, somebody_free
from tests.bot.test_safety import alarm
from tests.cast import NOW, Cast, here
from tests.forms.arriving import arrives
from tests.twins.limits import wrong_with_view

pytestmark = ON_ONE_DATABASE


@contextmanager
def selects(office: Office) -> Iterator[list[str]]:
    """Every statement that is asked meanwhile."""
    said: list[str] = []

    def hear(*seen: Any) -> None:  # noqa: ANN401 - whatever SQLAlchemy tells
        said.append(seen[2])

    event.listen(office.record.engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(office.record.engine, "before_cursor_execute", hear)


def much(office: Office, cast: Cast, audits: range, actions: range) -> Person:
    """A Team Manager who is everything else as well, who holds so many audits, and of whom so much is asked."""
    with office.record.writing() as session:
        me, of = here(session, cast.team_manager), find.rounds.of_month(session, "2017-10")
        asks, due = find.allocations.by_ref(session, "AUD-2017-10-01"), end_of(october(1))
        me.roles_held += [RoleHeld(role) for role in Role if role not in me.roles]
        cases = [Case(f"BIG-{n:04}", me.team, "Child in Need", "5 to 9", me, me) for n in audits]
        held = [
            Allocation(
                f"AUD-2017-10-{n}", of, each, AllocationState.OUT, me, october(13), token=f"T{n}", given_out_at=NOW
            )
            for n, each in zip(audits, cases, strict=True)
        ]
        entries = [FrameEntry("2017-10", each, drawn_as=n) for n, each in zip(audits, cases, strict=True)]
        leave = [Absence(me, day, day) for day in (october(2) + timedelta(days=n) for n in audits)]
        owed = [
            Action(f"ACT-2017-10-01-{n}", asks, "s", "m", Priority.URGENT, due, me, ActionState.SENT, sent_at=NOW)
            for n in actions
        ]
        session.add_all([*held, *owed, *entries, *leave])
    return me


def test_three_hundred_actions_and_sixty_audits_ask_no_more_of_the_record(office: Office, cast: Cast) -> None:
    me = much(office, cast, range(100, 101), range(1))
    with selects(office) as few:
        view(office, me)
    much(office, cast, range(101, 160), range(1, 300))
    with selects(office) as many:
        view(office, me)
    assert [len(many)] == [len(few)]


def test_three_hundred_actions_leave_room_for_the_rest(office: Office, cast: Cast) -> None:
    me = much(office, cast, range(100, 160), range(300))
    drawn = view(office, me)
    said = words_of(drawn["blocks"]).split("\n")
    assert wrong_with_view(drawn) == ""
    assert (said.count("Confirm complete"), said.count("Speak first"), said.count("Open the form")) == (8, 8, 2)
    left_out = (300 - 8) + (62 - 8) + (60 - 2) + 60  # actions, chosen records, audits, days of leave
    assert [line for line in said if line.startswith("And ")] == [f"And {left_out} more: sign in to the pages."]


class TestWhatMayNotBeSeen:
    """Two worlds that differ only in what somebody may not see give the same bytes."""

    @staticmethod
    def bytes_of(office: Office, *people: Person) -> list[bytes]:
        return [json.dumps(view(office, person)).encode() for person in people]

    def test_an_outsider_sees_nothing_of_anybody(self, office: Office, cast: Cast) -> None:
        free = somebody_free(office, cast)
        before = self.bytes_of(office, cast.outsider)
        asked(office, cast, free)
        self.happens(office, cast)
        assert self.bytes_of(office, cast.outsider) == before

    def test_nor_does_a_peer_or_another_service(self, office: Office, cast: Cast) -> None:
        before = self.bytes_of(office, cast.peer, cast.outsider)
        self.happens(office, cast)
        assert self.bytes_of(office, cast.peer, cast.outsider) == before

    def happens(self, office: Office, cast: Cast) -> None:
        """Actions, leave, a held return, an alert and much else, all of others."""
        raised(office, cast, (Priority.URGENT, october(1)), (Priority.IMMEDIATE, october(3)))
        with office.record.writing() as session:
            session.add(Absence(here(session, cast.auditor), october(1), october(30)))
        much(office, cast, range(100, 103), range(10, 12))
        arrives(office, cast, without=("impact",))
        alarm(office, cast)
        with office.record.writing() as session:
            clock.set_to(session, NOW)

    def test_no_word_of_an_action_and_nothing_of_a_child_but_the_reference(self, office: Office, cast: Cast) -> None:
        raised(office, cast, (Priority.URGENT, october(9)), (Priority.STANDARD, october(1)))
        said = json.dumps([view(office, person) for person in cast.everyone])
        hidden = ("canary", "Child in Need", "Child Protection", "5 to 9", "10 to 15", "Meadow")
        assert [word for word in hidden if word in said] == []


ROWS = {
    "auditor": ["My audits", "Swaps", "My actions", "How it stands", "Not at work", "Help"],
    "head_of_service": ["My audits", "Swaps", "My actions", "How it stands", "The report", "Not at work", "Help"],
    "administrator": [
        *("My actions", "The month", "Who is late", "How it stands", "The report", "Not at work", "Help")
    ],
    "head_of_quality": [
        *("My actions", "The month", "Who is late", "How it stands", "The report", "Not at work", "Help")
    ],
    "social_worker": ["Not at work", "Help"],
    "outsider": ["Not at work", "Help"],
}


class TestTheWords:
    def test_everybody_has_a_button_for_each_word_they_may_use(self, office: Office, cast: Cast) -> None:
        assert {who: last_row(office, getattr(cast, who)) for who in ROWS} == ROWS
        assert {label for row in ROWS.values() for label in row} == set(LABELS.values())
        assert {*LABELS, ""} == set(LISTENERS)

    def test_a_button_shows_what_the_word_answers(self, door: Door, cast: Cast) -> None:
        shown = {
            (names.WORD_AUDITS, "return"): "*MDW-0417*  Fathers",
            (names.WORD_SWAP, "swap"): "*MDW-0417*  Fathers",
            (names.WORD_AWAY, "away"): "*Nothing is noted.* You count as at work on every working day.",
            (names.WORD_STATUS, "status"): "*Your turn*",
            (names.WORD_ROUND, "round"): "The administrator and the Head of Quality run the month."
            " Type /audit to see what is yours.",
            (names.WORD_HELP, "help"): "*What `/audit` can do*",
        }
        for (action, word), first in shown.items():
            door.press(cast.auditor, action, word)
            assert door.modal_words.split("\n")[0] == first

    def test_a_word_that_is_none_says_so(self, door: Door, cast: Cast) -> None:
        door.press(cast.auditor, names.WORD_SWAP, "swaps")
        assert door.modal_words.startswith("`/audit` does not know that word.")
