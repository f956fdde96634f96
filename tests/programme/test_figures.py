"""The account of a month, and percentages a reader can check by hand."""

import random
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

import pytest

from programme.figures import Account, account, percent
from programme.words import AllocationState, Reason

S = AllocationState


def test_every_case_that_was_given_out_stands_in_exactly_one_place() -> None:
    counted = account(
        {
            (S.PLANNED, None): 6,
            (S.OUT, None): 2,
            (S.OUT, "capacity"): 1,
            (S.RETURNED_IN_TIME, None): 14,
            (S.RETURNED_LATE, None): 3,
            (S.NOT_RETURNED, "capacity"): 2,
            (S.NOT_RETURNED, None): 1,
            (S.SWAPPED_OUT, None): 1,
            (S.WITHDRAWN, "part_in_case"): 1,
        }
    )
    assert counted == Account(
        given_out=25,
        returned_in_time=14,
        returned_late=3,
        not_returned={"capacity": 2},
        no_reason=1,
        swapped_out=1,
        withdrawn=1,
        unaccounted=0,
        awaiting=3,
    )
    assert (counted.returned, counted.accounted, counted.balances) == (17, 25, True)


@pytest.mark.parametrize("silence", [None, "", "no_reason_given"])
def test_silence_is_no_reason_however_it_is_written(silence: str | None) -> None:
    counted = account(
        {(S.NOT_RETURNED, silence): 3, (S.NOT_RETURNED, "no_reason_given"): 2, (S.NOT_RETURNED, "technical"): 1}
    )
    assert counted.no_reason == (2 + 3 if silence != "no_reason_given" else 2)
    assert (dict(counted.not_returned), counted.balances) == ({"technical": 1}, True)


def test_what_nobody_can_account_for_keeps_the_account_from_balancing() -> None:
    counted = account({(S.RETURNED_IN_TIME, None): 4, (S.UNACCOUNTED, None): 1})
    assert (counted.given_out, counted.accounted, counted.unaccounted, counted.balances) == (5, 4, 1, False)


def test_nothing_given_out_balances_at_nothing() -> None:
    empty = account({})
    assert (empty.given_out, empty.returned, empty.balances) == (0, 0, True)


def test_a_thousand_random_months_balance_unless_something_is_unaccounted() -> None:
    chance = random.Random(2017)
    for _ in range(1000):
        pairs = [(chance.choice(list(S)), chance.choice([None, *Reason])) for _ in range(chance.randint(0, 60))]
        counted = account(Counter(pairs))
        assert counted.balances is (counted.unaccounted == 0)
        assert counted.given_out == sum(state is not S.PLANNED for state, _ in pairs)
        assert counted.accounted + counted.unaccounted == counted.given_out


@pytest.mark.parametrize(
    ("n", "of", "printed"),
    [
        (12, 17, 71),
        (1, 8, 13),
        (1, 200, 1),
        (1, 201, 0),
        (3, 8, 38),
        (5, 5, 100),
        (0, 7, 0),
        (0, 0, None),
        (7, 0, None),
    ],
)
def test_a_percentage_is_whole_and_half_goes_up(n: int, of: int, printed: int | None) -> None:
    assert percent(n, of) == printed


def test_no_percentage_differs_from_exact_arithmetic() -> None:
    exact = {
        (n, of): int((Decimal(100 * n) / Decimal(of)).quantize(Decimal(1), ROUND_HALF_UP))
        for of in range(1, 201)
        for n in range(of + 1)
    }
    assert {(n, of): percent(n, of) for n, of in exact} == exact
