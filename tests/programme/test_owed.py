"""Who still owes an audit, by how their month went."""

import pytest

from programme.owed import Ended, Part, Went, owed
from programme.rota import CARRIED, Turn
from programme.words import AllocationState, Reason
from tests.programme.test_rota import asha

JULY, AUGUST, SEPTEMBER = "2017-07", "2017-08", "2017-09"
NOT, LATE, BACK = AllocationState.NOT_RETURNED, AllocationState.RETURNED_LATE, AllocationState.WITHDRAWN


def part(*held: Ended, month: str = JULY, carried_from: str = "", why: str = CARRIED, away: bool = False) -> Part:
    turn = Turn(asha, month, why, carried_from) if carried_from else Turn(asha, month)
    return Part(asha, month, turn, held, away)


HOW_IT_WENT = {
    "returned": (part(Ended(AllocationState.RETURNED_IN_TIME)), Went.DID),
    "returned late": (part(Ended(LATE)), Went.DID),
    "one of two came back": (part(Ended(NOT), Ended(LATE)), Went.DID),
    "still out": (part(Ended(AllocationState.OUT)), Went.UNDER_WAY),
    "one out and one not returned": (part(Ended(NOT), Ended(AllocationState.OUT)), Went.UNDER_WAY),
    "silence": (part(Ended(NOT)), Went.MISSED),
    "no time": (part(Ended(NOT, Reason.CAPACITY)), Went.MISSED),
    "away for some of it": (part(Ended(NOT, Reason.NOT_AT_WORK)), Went.MISSED),
    "away for all of it": (part(Ended(NOT, Reason.NOT_AT_WORK), away=True), Went.COULD_NOT),
    "a part in the record": (part(Ended(NOT, Reason.PART_IN_CASE)), Went.EXCUSED),
    "not suitable": (part(Ended(NOT, Reason.NOT_SUITABLE)), Went.EXCUSED),
    "handed back": (part(Ended(BACK, Reason.PART_IN_CASE)), Went.EXCUSED),
    "handed back, and missed the next": (part(Ended(BACK, Reason.PART_IN_CASE), Ended(NOT)), Went.MISSED),
    "given nothing": (part(), Went.COULD_NOT),
}


@pytest.mark.parametrize("name", HOW_IT_WENT)
def test_how_a_month_went_and_whether_anything_is_owed(name: str) -> None:
    month, went = HOW_IT_WENT[name]
    assert month.went is went
    assert [(each.person, each.missed) for each in owed([month], given_out={JULY}, over={JULY})] == (
        [(asha, JULY)] if went is Went.MISSED else []
    )


def test_a_member_of_the_core_group_makes_up_for_nothing() -> None:
    assert owed([part(Ended(NOT, in_core=True))], given_out={JULY}, over={JULY}) == []


def test_several_missed_in_one_month_are_owed_once() -> None:
    assert len(owed([part(Ended(NOT), Ended(NOT))], given_out={JULY}, over={JULY})) == 1


MISSED = part(Ended(NOT))


@pytest.mark.parametrize("why", [CARRIED, "swapped with Kofi in July 2017"])
def test_one_whose_carry_over_has_been_given_out_is_not_owed_again(why: str) -> None:
    carried = part(Ended(AllocationState.OUT), month=AUGUST, carried_from=JULY, why=why)
    assert owed([MISSED, carried], given_out={JULY, AUGUST}, over={JULY}) == []


def test_one_whose_carry_over_is_not_given_out_yet_may_still_be_placed() -> None:
    carried = part(month=AUGUST, carried_from=JULY)
    assert [each.missed for each in owed([MISSED, carried], given_out={JULY}, over={JULY})] == [JULY]


def test_a_swapped_carry_over_stays_where_the_swap_put_it() -> None:
    carried = part(month=AUGUST, carried_from=JULY, why="swapped with Kofi in July 2017")
    assert owed([MISSED, carried], given_out={JULY}, over={JULY}) == []


@pytest.mark.parametrize(
    "held", [(), (Ended(BACK, Reason.PART_IN_CASE),), (Ended(NOT),)], ids=["given nothing", "handed back", "missed"]
)
def test_a_carry_over_that_was_not_done_is_owed_as_one(held: tuple[Ended, ...]) -> None:
    carried = part(*held, month=AUGUST, carried_from=JULY)
    found = owed([MISSED, carried], given_out={JULY, AUGUST}, over={JULY, AUGUST})
    assert [each.missed for each in found] == [AUGUST]


def test_a_carry_over_is_not_given_up_while_its_month_goes_on() -> None:
    carried = part(month=AUGUST, carried_from=JULY)
    assert owed([MISSED, carried], given_out={JULY, AUGUST}, over={JULY}) == []


def test_what_was_made_up_for_is_done() -> None:
    carried = part(Ended(AllocationState.RETURNED_IN_TIME), month=AUGUST, carried_from=JULY)
    assert owed([MISSED, carried, part(month=SEPTEMBER)], given_out={JULY, AUGUST}, over={JULY, AUGUST}) == []


@pytest.mark.parametrize("held", [(), (Ended(NOT),)], ids=["given nothing", "missed"])
def test_one_that_comes_in_after_all_settles_what_was_to_make_up_for_it(held: tuple[Ended, ...]) -> None:
    carried = part(*held, month=AUGUST, carried_from=JULY)
    again = part(month=SEPTEMBER, carried_from=AUGUST)
    months = [part(Ended(LATE)), carried, again]
    assert owed(months, given_out={JULY, AUGUST}, over={JULY, AUGUST}) == []
