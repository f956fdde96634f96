"""A swap in chat, from the button to the two messages that say it is made; and what nobody else can press."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot import names
from programme.calendar import at_london
from programme.people import Person
from programme.policy import SwapRules
from programme.rulebook import Rulebook
from programme.words import AllocationState, OfferState, SwapState
from scheduler.sweeps.swaps import EndingSwaps
from storage import clock, find
from storage.office import Office
from tests.bot.conftest import Door, open_door
from tests.bot.swapping import REF, asked, first_said, free, last_said, now, post
from tests.cast import MONTH, NOW, Cast, here

__all__ = ["free"]

ASKED = "*Asha Thornbury asks you to swap.* You would do their October 2017 audit. They take your turn in"

YOURS_ONCE = "It is yours once the administrator says yes."

COULD_NOT = "Lindiwe Ashgrove could not take it. That was said on Monday 2 October at 09:05."


def turns(office: Office) -> dict[str, list[str]]:
    with office.record.reading() as session:
        every = find.turns.of_months(session, [MONTH, "2017-11"])
        return {month: [turn.person.name for turn in every if turn.month == month] for month in (MONTH, "2017-11")}


class TestAccepting:
    def test_the_audit_moves_and_the_turns_are_exchanged(
        self, office: Office, door: Door, cast: Cast, free: Person
    ) -> None:
        post(office, door)
        swap = asked(office, cast, free)
        post(office, door)
        assert turns(office) == {MONTH: [cast.auditor.name], "2017-11": [cast.peer.name, free.name]}
        door.press(free, names.ACCEPT, swap.ref)
        assert door.modal_words == (
            "Thank you. The audit is yours now, and Asha Thornbury takes your turn in November 2017."
        )
        with office.record.reading() as session:
            audit = find.allocations.by_ref(session, REF)
        assert audit.holder is not None
        assert (audit.holder.email, audit.state, audit.token == cast.allocation.token) == (
            free.email,
            AllocationState.OUT,
            False,
        )
        assert turns(office) == {MONTH: [free.name], "2017-11": [cast.auditor.name, cast.peer.name]}
        assert [(offer.state, now(office, swap.ref).state) for offer in now(office, swap.ref).offers] == [
            (OfferState.ACCEPTED, SwapState.ACCEPTED)
        ]

    def test_both_are_told_and_what_was_said_before_is_settled(
        self, office: Office, door: Door, cast: Cast, free: Person
    ) -> None:
        post(office, door)
        swap = asked(office, cast, free)
        post(office, door)
        door.press(free, names.ACCEPT, swap.ref)
        post(office, door)
        assert last_said(door, cast.auditor) == [
            f"*{free.name} has taken your October 2017 audit.* You have their turn in November 2017.",
            "There is nothing more to do for this one.",
        ]
        assert last_said(door, free) == [
            "*Thank you for swapping.* Asha Thornbury takes your turn in November 2017.",
            "*MDW-0417*  Fathers",
            "Due on Friday 13 October  (AUD-2017-10-01)",
            "Open the form",
            "Swap",
            "I can't do this one",
            "Undo",
            "If you find that you cannot, undo it by the end of Tuesday 3 October.",
        ]
        assert last_said(door, cast.administrator) == [
            f"*AUD-2017-10-01 was swapped*: {free.name} does it, and Asha Thornbury has November 2017 instead.",
            "Undo",
        ]
        assert first_said(door, cast.auditor) == [
            "*MDW-0417*  Fathers  (AUD-2017-10-01)",
            "With somebody else now. There is nothing more to do.",
        ]
        assert first_said(door, free) == [
            f"*A request to swap.* {free.name} accepted this swap on Monday 2 October at 09:05."
        ]

    def test_pressing_again_says_that_it_is_done(self, office: Office, door: Door, cast: Cast, free: Person) -> None:
        swap = asked(office, cast, free)
        for _ in range(2):
            door.press(free, names.ACCEPT, swap.ref)
        assert door.modal_words == "You have accepted this already. The audit is yours."
        for _ in range(2):
            door.press(free, names.UNDO, swap.ref)
        assert door.modal_words == "You have undone this already. The audit is with Asha Thornbury again."
        door.press(cast.administrator, names.UNDO, swap.ref)
        undone = f"{free.name} undid this swap on Monday 2 October at 09:05."
        assert door.modal_words == f"{undone} The audit is with Asha Thornbury again."

    def test_who_could_not_take_it_is_thanked_again(self, office: Office, door: Door, cast: Cast, free: Person) -> None:
        swap = asked(office, cast, free)
        for _ in range(2):
            door.press(free, names.DECLINE, swap.ref)
        assert door.modal_words == "You have said that you cannot take it. Thank you for answering."
        door.press(cast.auditor, names.WITHDRAW, swap.ref)
        assert door.modal_words == COULD_NOT

    def test_what_was_taken_back_is_taken_back(self, office: Office, door: Door, cast: Cast, free: Person) -> None:
        swap = asked(office, cast, free)
        for _ in range(2):
            door.press(cast.auditor, names.WITHDRAW, swap.ref)
        assert door.modal_words == "You have taken this request back already."

    @pytest.mark.parametrize(
        ("approval", "yours"),
        [(False, "If nobody was quicker, it is yours from now on."), (True, YOURS_ONCE)],
    )
    def test_who_is_asked_reads_what_accepting_brings(
        self, office: Office, door: Door, cast: Cast, free: Person, *, approval: bool, yours: str
    ) -> None:
        asked(office, cast, free)
        policy = replace(office.rules.policy, swaps=SwapRules(approval=approval))
        careful = open_door(replace(office, rules=Rulebook.of(policy)), door.twin)
        accept, _ = careful.command(free, "swap").get_json()["blocks"][1]["elements"]
        assert accept["confirm"]["text"]["text"] == f"{yours} They take your turn in November 2017."

    @pytest.mark.parametrize("action", [names.ACCEPT, names.DECLINE])
    def test_nobody_else_can_answer(self, office: Office, door: Door, cast: Cast, free: Person, action: str) -> None:
        swap = asked(office, cast, free)
        for stranger in cast.everyone:
            door.press(stranger, action, swap.ref)
            assert door.modal_words == "Somebody else was asked this. Type /audit to see what is yours."
        assert now(office, swap.ref).state is SwapState.OPEN

    def test_it_is_judged_again_on_accepting(self, office: Office, door: Door, cast: Cast, free: Person) -> None:
        swap = asked(office, cast, free)
        with office.record.writing() as session:
            find.allocations.by_ref(session, "AUD-2017-10-02").holder = here(session, free)
        door.press(free, names.ACCEPT, swap.ref)
        assert door.modal_words == (
            f"This swap cannot be made any more: {free.name} has an audit already this month."
            " The administrator can help."
        )

    def test_the_old_form_is_dead_and_the_new_one_opens(
        self, office: Office, door: Door, cast: Cast, free: Person
    ) -> None:
        swap = asked(office, cast, free)
        door.press(free, names.ACCEPT, swap.ref)
        door.press(cast.auditor, names.OPEN_FORM, REF)
        assert door.modal_words == "This child's record is with somebody else. Type /audit to see what is yours."
        door.press(free, names.OPEN_FORM, REF)
        assert door.modal_words.split("\n")[0] == "The form for AUD-2017-10-01 is ready."


class TestEnding:
    def test_declining_tells_the_asker_and_the_administrator(
        self, office: Office, door: Door, cast: Cast, free: Person
    ) -> None:
        swap = asked(office, cast, free)
        door.press(free, names.DECLINE, swap.ref)
        assert door.modal_words == "Thank you for answering. Asha Thornbury is told."
        post(office, door)
        assert last_said(door, cast.auditor)[:1] == [
            f"*Your audit is still yours.* {COULD_NOT} You can ask somebody else."
        ]
        assert last_said(door, cast.administrator) == [
            f"*Asha Thornbury found nobody to swap AUD-2017-10-01 with.* {COULD_NOT}",
            "It is still with them.",
            "*Who could still take it*",
            "Maren Castellane: available, no tie to the child, took none this year",
            f"{free.name}: available, turn in November, no tie to the child, took none this year",
            "Arrange a swap",
        ]

    def test_the_asker_takes_it_back(self, office: Office, door: Door, cast: Cast, free: Person) -> None:
        swap = asked(office, cast, free)
        post(office, door)
        door.press(free, names.WITHDRAW, swap.ref)
        assert door.modal_words == "Only who asked can take a swap back."
        door.press(cast.auditor, names.WITHDRAW, swap.ref)
        post(office, door)
        assert last_said(door, free) == [
            "*A request to swap.* Asha Thornbury took this request back on Monday 2 October at 09:05."
        ]

    @pytest.mark.parametrize(("hour", "ended"), [(date(2017, 10, 4), 0), (date(2017, 10, 5), 1)])
    def test_after_two_working_days_it_ends(
        self, office: Office, cast: Cast, free: Person, hour: date, ended: int
    ) -> None:
        asked(office, cast, free)
        with office.record.writing() as session:
            clock.set_to(session, at_london(hour, time(9)))
        assert [EndingSwaps(office).sweep() for _ in range(2)] == [ended, 0]

    def test_once_the_audit_is_in_the_request_ends_quietly(self, office: Office, cast: Cast, free: Person) -> None:
        swap = asked(office, cast, free)
        with office.record.writing() as session:
            audit = find.allocations.by_ref(session, REF, to_change=True)
            audit.state, audit.returned_at = AllocationState.RETURNED_IN_TIME, NOW
        EndingSwaps(office).sweep()
        assert now(office, swap.ref).state is SwapState.WITHDRAWN
        with office.record.reading() as session:
            assert find.notices.of_kind(session, "swap_ended") == []

    def test_on_the_day_the_audit_is_due_it_has_ended_and_both_are_told(
        self, office: Office, cast: Cast, free: Person
    ) -> None:
        with office.record.writing() as session:
            clock.set_to(session, at_london(date(2017, 10, 12), time(9)))
        swap = asked(office, cast, free)
        with office.record.writing() as session:
            clock.set_to(session, at_london(date(2017, 10, 13), time(0, 0, 5)))
        EndingSwaps(office).sweep()
        assert now(office, swap.ref).state is SwapState.EXPIRED
        with office.record.reading() as session:
            told = [each.person.email for each in find.notices.of_kind(session, "swap_ended")]
        assert told == [cast.auditor.email, cast.administrator.email]
