"""A month's swaps for who reads them: what waits, in which order, what ends soon, and each step in words."""

from datetime import date, time, timedelta

import pytest

from programme.calendar import at_london, end_of
from programme.people import Person
from programme.rulebook import Rulebook
from programme.swap_board import Step, board, ends_soon
from programme.swaps import Offer, Swap
from programme.words import OfferState, SwapKind, SwapState
from tests.cast import NOW, Cast, gather


@pytest.fixture
def people(rules: Rulebook) -> Cast:
    return gather(rules)


def swap_of(
    people: Cast, state: SwapState = SwapState.OPEN, *peers: Person, says: OfferState = OfferState.WAITING
) -> Swap:
    offers = [Offer(peer, says) for peer in peers]
    ends = NOW + timedelta(days=2)
    return Swap("SW-TEST", people.allocation, people.auditor, SwapKind.TWO_WAY, state, NOW, ends, offers=offers)


@pytest.mark.parametrize(
    ("ends", "soon"), [(date(2017, 10, 6), True), (date(2017, 10, 9), True), (date(2017, 10, 10), False)]
)
def test_within_a_working_day_is_soon_and_a_weekend_is_none(
    people: Cast, rules: Rulebook, ends: date, *, soon: bool
) -> None:
    swap = swap_of(people)
    swap.ends_at = end_of(ends)
    assert ends_soon(swap, date(2017, 10, 6), rules) is soon


def test_what_ends_first_stands_first_and_settled_ones_are_not_there(people: Cast) -> None:
    late, early = swap_of(people), swap_of(people)
    early.ends_at = at_london(date(2017, 10, 3), time(12))
    waits = swap_of(people, SwapState.AWAITING_APPROVAL, people.peer, says=OfferState.ACCEPTED)
    over = [swap_of(people, state) for state in (SwapState.WITHDRAWN, SwapState.UNDONE, SwapState.EXPIRED)]
    seen = board([late, early, waits, *over], over[2:], people.administrator)
    assert (seen.still_open, seen.to_approve, seen.made, seen.failed) == ([early, late], [waits], [], [over[2]])


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("administrator", True),
        ("head_of_quality", True),
        ("head_of_service", True),
        ("childs_head_of_service", False),
        ("auditor", False),
        ("peer", False),
        ("outsider", False),
    ],
)
def test_who_sees_a_swap_among_a_months(people: Cast, who: str, *, sees: bool) -> None:
    swap = swap_of(people, SwapState.OPEN, people.peer)
    assert board([swap], [], getattr(people, who)).still_open == ([swap] if sees else [])


def test_who_acts_for_somebody_stands_beside_them(people: Cast) -> None:
    swap = swap_of(people)
    said = [
        Step(NOW, "swap_ended", swap, by, for_).who
        for by, for_ in [(people.administrator, people.auditor), (people.auditor, None), (None, None)]
    ]
    assert said == ["Bronwen Achterberg for Asha Thornbury", "Asha Thornbury", "By itself"]


def test_each_step_in_words(people: Cast) -> None:
    nobody, swap = swap_of(people), swap_of(people, SwapState.ACCEPTED, people.peer, says=OfferState.ACCEPTED)
    runs, asker, taker = people.administrator, people.auditor, people.peer
    steps = [
        Step(NOW, "swap_asked", swap, asker, None),
        Step(NOW, "swap_answered", swap, taker, None),
        Step(NOW, "swap_to_approve", swap, taker, None),
        Step(NOW, "swap_accepted", swap, taker, None),
        Step(NOW, "swap_accepted", swap, runs, asker),
        Step(NOW, "swap_undone", swap, runs, taker),
        Step(NOW, "swap_ended", nobody, asker, None, {"how": "declined"}),
        Step(NOW, "swap_ended", swap, runs, asker, {"how": "declined"}),
        Step(NOW, "swap_ended", swap, taker, None, {"how": "declined"}),
        Step(NOW, "swap_ended", swap, runs, asker, {"how": "withdrawn"}),
        Step(NOW, "swap_ended", swap, None, None, {"how": "expired"}),
    ]
    assert [step.what for step in steps] == [
        "asked Kofi Lindqvist",
        "could not take it; others still may",
        "would take it, if it is approved",
        "accepted",
        "made it: Kofi Lindqvist has it",
        "undid it: the audit is with Asha Thornbury again",
        "found nobody to ask",
        "did not approve it",
        "could not take it; nobody is left who could",
        "took the request back",
        "the time to answer was over",
    ]
