"""A swap is asked for in chat: whom the modal offers, what stands against it, and what `/audit swap` says."""

from datetime import date, time

import pytest

from bot import names
from programme.calendar import at_london
from programme.people import Person
from storage import clock
from storage.office import Office
from tests.bot.conftest import Door, words_of
from tests.bot.swapping import REF, asked, chosen, first_said, free, last_said, post
from tests.cast import Cast

__all__ = ["free"]

ASKED = "*Asha Thornbury asks you to swap.* You would do their October 2017 audit. They take your turn in"


class TestAsking:
    def test_the_modal_lists_who_could_take_it(self, door: Door, cast: Cast, free: Person) -> None:
        door.press(cast.auditor, names.SWAP, REF)
        assert door.modal_words.split("\n") == [
            "AUD-2017-10-01, due on Friday 13 October.",
            "Whom do you ask? You take their turn in November 2017.",
            free.name,
            "available, turn in November, no tie to the child, took none this year",
            "All of these are free and have no tie to the child. Whoever is first to accept has it.",
            "*Other ways*: somebody covers for you with nothing in return, or you exchange audits of this month.",
            "Nothing in return",
            "Exchange audits",
        ]

    def test_where_nobody_can_take_it_the_modal_says_what_to_do(self, door: Door, cast: Cast) -> None:
        door.press(cast.auditor, names.SWAP, REF)
        assert door.modal_words.split("\n") == [
            "Nobody with a turn in November 2017 can take this one.",
            "Try another way below, or press *Tell the administrator*, who looks for one.",
            "AUD-2017-10-01, due on Friday 13 October.",
            "*Other ways*: somebody covers for you with nothing in return, or you exchange audits of this month.",
            "Nothing in return",
            "Exchange audits",
        ]

    def test_the_peer_reads_team_and_plan_type_and_never_the_reference(
        self, office: Office, door: Door, cast: Cast, free: Person
    ) -> None:
        door.press(cast.auditor, names.SWAP, REF)
        answer = door.submit(cast.auditor, chosen(free)).get_json()
        assert words_of(answer["view"]["blocks"]) == (
            f"{free.name} has been asked, and can answer until the end of Wednesday 4 October."
            " Until then it stays yours."
        )
        post(office, door)
        assert last_said(door, free) == [
            f"{ASKED} November 2017.",
            "Meadow, Child in Need. Due on Friday 13 October.",
            "Accept",
            "Decline",
            "You can answer until the end of Wednesday 4 October. No is a fine answer.",
        ]
        assert cast.allocation.case.ref not in str(door.twin.sent_to(str(free.slack_user_id)))

    def test_the_askers_own_message_shows_it(self, office: Office, door: Door, cast: Cast, free: Person) -> None:
        post(office, door)
        asked(office, cast, free)
        post(office, door)
        assert first_said(door, cast.auditor)[3:6] == [
            f"You have asked {free.name} to swap. Until they accept, it is yours.",
            "Open the form",
            "Withdraw",
        ]

    def test_who_holds_an_audit_already_cannot_be_asked(self, door: Door, cast: Cast, free: Person) -> None:
        door.press(cast.auditor, names.SWAP, REF)
        errors = door.submit(cast.auditor, chosen(cast.peer)).get_json()["errors"]
        assert errors == {names.PEER_FIELD: "Kofi Lindqvist has an audit already this month. Choose somebody else."}
        assert free.name != cast.peer.name

    def test_a_second_request_waits_for_the_first(self, office: Office, door: Door, cast: Cast, free: Person) -> None:
        door.press(cast.auditor, names.SWAP, REF)
        modal = door.modal
        asked(office, cast, free)
        door.twin.views.append(modal)
        answer = door.submit(cast.auditor, chosen(free)).get_json()
        assert words_of(answer["view"]["blocks"]) == (
            "You have asked somebody already. Take that back first, or wait for the answer."
        )

    @pytest.mark.parametrize("day", [13, 16])
    def test_on_the_day_it_is_due_it_is_too_late(self, office: Office, door: Door, cast: Cast, day: int) -> None:
        with office.record.writing() as session:
            clock.set_to(session, at_london(date(2017, 10, day), time(9)))
        door.press(cast.auditor, names.SWAP, REF)
        assert door.modal_words == (
            "It is too late to swap this audit: it is due. Ask for more time, or say that you cannot do it."
        )


class TestTheWord:
    def test_swap_without_a_duty_says_so(self, door: Door, cast: Cast) -> None:
        assert door.said(cast.outsider, "swap") == "You have no audit this month, so there is nothing to swap."

    def test_who_arranges_swaps_reads_how_the_months_stand(
        self, office: Office, door: Door, cast: Cast, free: Person
    ) -> None:
        asked(office, cast, free)
        assert door.said(cast.administrator, "swap").split("\n") == [
            "*This month's swaps*  1 open · 0 found nobody · 0 made",
            "Swaps, on the pages, shows and arranges them.",
            "Sign in to the pages",
        ]

    def test_who_is_asked_sees_it_there_and_at_home(self, office: Office, door: Door, cast: Cast, free: Person) -> None:
        asked(office, cast, free)
        assert door.said(free, "swap").startswith(ASKED)
        assert ASKED in door.home_of(free)
