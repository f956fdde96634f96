"""That the allocation is right, in random boroughs: by a plain predicate, by trying out, and by a second solver.

The second solver is the textbook's: one cheapest augmenting path after another, in plain Python, with prices that are
compared part by part. It shares nothing with SciPy.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from programme.blocking import Candidate
from programme.cases import Case
from programme.matching import Matching, match
from programme.people import Person
from tests.programme.boroughs import (
    Borough,
    Price,
    borough,
    may_read,
    price_of,
    price_of_pair,
    price_of_place,
    price_of_staying_out,
)

FEW, MANY = 300, 10_000


def matched(town: Borough) -> Matching:
    return match(town.cases, town.candidates, town.known)


def given_by(town: Borough, found: Matching) -> list[tuple[Case, Candidate | None]]:
    who = {each.person: each for each in town.candidates}
    person_of = {line.case: line.person for line in found.placed}
    return [(each, who[person_of[each]] if each in person_of else None) for each in town.cases]


def most_that_can_be_placed(town: Borough) -> int:
    """By plain augmenting paths over who may read what."""
    seats = [who for who in town.candidates for _ in range(who.room_for)]
    taken: dict[int, Case] = {}

    def finds_a_seat(record: Case, tried: set[int]) -> bool:
        for seat, who in enumerate(seats):
            if seat not in tried and may_read(town, record, who):
                tried.add(seat)
                if seat not in taken or finds_a_seat(taken[seat], tried):
                    taken[seat] = record
                    return True
        return False

    return sum(finds_a_seat(each, set()) for each in town.cases)


def faults_of(town: Borough, found: Matching) -> list[str]:
    given = given_by(town, found)
    loads = Counter(who for _, who in given if who)
    lines = [(line.case, line.because) for line in found.placed]
    lines += [(left.case, left.because) for left in found.unplaced]
    faults = {
        "a rule is broken": any(who and not may_read(town, record, who) for record, who in given),
        "somebody has too many": any(n > who.room_for for who, n in loads.items()),
        "a line has no reason": any(not because for _, because in lines),
        "what is left out has no way in": any(not each.change for each in found.unplaced),
        "not every case stands there once": Counter(town.cases) != Counter(record for record, _ in lines),
        "fewer are placed than could be": len(found.placed) != most_that_can_be_placed(town),
        "what moves is not what is said to move": {move.case for move in found.moves} != moved(town, found),
    }
    return [fault for fault, there in faults.items() if there]


def test_what_was_chosen_by_hand_is_kept_wherever_it_may_be_and_nobody_loses_a_place_by_it() -> None:
    for seed in range(FEW):
        town = borough(seed, most_people=8, most_cases=12)
        record, who = random.Random(seed).choice(town.cases), random.Random(seed).choice(town.candidates)
        pinned = replace(town, known=replace(town.known, pinned={record: who.person}))
        found = given_by(pinned, matched(pinned))
        may = may_read(town, record, who) and who.room_for > 0
        rest = Borough([each for each in town.cases if each is not record], less_one(town, who, may=may), town.known)
        assert (seed, dict(found)[record], sum(1 for _, given in found if given)) == (
            (seed, who if may else None, most_that_can_be_placed(rest) + may)
        )


def less_one(town: Borough, who: Candidate, *, may: bool) -> list[Candidate]:
    return [replace(each, room_for=each.room_for - may) if each is who else each for each in town.candidates]


def moved(town: Borough, found: Matching) -> set[Case]:
    now = {line.case: line.person for line in found.placed}
    return {record for record, person in town.known.planned.items() if now.get(record) is not person}


def check_the_rules(boroughs: int) -> None:
    faults = {}
    for seed in range(boroughs):
        town = borough(seed, most_people=8, most_cases=12, planned=seed % 2 == 0)
        faults[seed] = faults_of(town, matched(town))
    assert {seed: found for seed, found in faults.items() if found} == {}


def test_no_rule_is_broken_and_nothing_is_left_out_that_could_be_placed() -> None:
    check_the_rules(FEW)


@pytest.mark.soak
def test_the_same_in_ten_thousand_boroughs() -> None:
    check_the_rules(MANY)


def cheapest_of_all(town: Borough) -> Price:
    """Every way to place the cases, tried one by one."""
    prices = []
    choices = [[None, *(who for who in town.candidates if may_read(town, each, who))] for each in town.cases]
    for choice in product(*choices):
        loads = Counter(who for who in choice if who)
        if all(n <= who.room_for for who, n in loads.items()):
            prices.append(price_of(town, list(zip(town.cases, choice, strict=True))))
    return min(prices)


def test_no_other_allocation_of_a_small_borough_is_better() -> None:
    for seed in range(FEW):
        town = borough(seed, most_people=4, most_cases=4, planned=seed % 2 == 0)
        assert (seed, price_of(town, given_by(town, matched(town)))) == (seed, cheapest_of_all(town))


class SecondSolver:
    """Cases take places one after another, each time along the cheapest path of exchanges."""

    def __init__(self, town: Borough) -> None:
        self.town = town
        self.places = [(who, nth) for who in town.candidates for nth in range(who.room_for)]
        self.holder: dict[int, Case] = {}
        self.place_of: dict[Case, int] = {}
        self.may_have = {
            record: [place for place, (who, _) in enumerate(self.places) if may_read(town, record, who)]
            for record in town.cases
        }

    def cheapest(self) -> Price:
        while path := self._cheapest_path():
            for record, place in path:
                self.holder[place], self.place_of[record] = record, place
        total = Price()
        for record in self.town.cases:
            total += self._price(record, self.place_of.get(record))
        return total

    def _price(self, record: Case, place: int | None) -> Price:
        if place is None:
            return price_of_staying_out(self.town, record)
        who, nth = self.places[place]
        return price_of_pair(self.town, record, who) + price_of_place(self.town, who, nth)

    def _cheapest_path(self) -> list[tuple[Case, int]]:
        """By Bellman and Ford, from those without a place to an empty one; each on it goes to the place beside it."""
        self.cost: dict[Case, Parts] = {}
        self.taken_by: dict[int, tuple[Parts, Case]] = {}
        frontier = [record for record in self.town.cases if record not in self.place_of]
        for record in frontier:
            self.cost[record] = less((0,) * 5, self._price(record, None))
        while frontier:
            frontier = list(dict.fromkeys(other for record in frontier for other in self._displaced_by(record)))
        empty = [(cost, place) for place, (cost, _) in self.taken_by.items() if place not in self.holder]
        return self._back_from(min(empty)[1]) if empty else []

    def _displaced_by(self, record: Case) -> Iterator[Case]:
        """Who would have to look for another place, at less cost than was known before, if this one took theirs."""
        for place in self.may_have[record]:
            cost = more(self.cost[record], self._price(record, place))
            if self.holder.get(place) is record or (place in self.taken_by and self.taken_by[place][0] <= cost):
                continue
            self.taken_by[place] = (cost, record)
            held = self.holder.get(place)
            if held is not None:
                self.cost[held] = less(cost, self._price(held, place))
                yield held

    def _back_from(self, place: int | None) -> list[tuple[Case, int]]:
        path = []
        while place is not None:
            record = self.taken_by[place][1]
            path.append((record, place))
            place = self.place_of.get(record)
        return path


Parts = tuple[int, ...]


def parts(price: Price) -> Parts:
    return (price.unplaced, price.moved, price.developing, price.not_carried, price.wishes)


def more(cost: Parts, price: Price) -> Parts:
    return tuple(a + b for a, b in zip(cost, parts(price), strict=True))


def less(cost: Parts, price: Price) -> Parts:
    return tuple(a - b for a, b in zip(cost, parts(price), strict=True))


def test_a_second_solver_finds_nothing_better_in_a_middling_borough() -> None:
    for seed in range(25):
        town = borough(seed, most_people=25, most_cases=30, planned=seed % 2 == 0)
        assert (seed, price_of(town, given_by(town, matched(town)))) == (seed, SecondSolver(town).cheapest())


def test_a_large_borough_breaks_no_rule_either() -> None:
    town = borough(7, most_people=300, most_cases=400)
    assert faults_of(town, matched(town)) == []


def lines(found: Matching) -> list[tuple[Case, Person, str]]:
    return [(line.case, line.person, line.reason) for line in found.placed]


def test_the_same_people_and_cases_in_any_order_give_the_same_allocation() -> None:
    for seed in range(FEW):
        town = borough(seed, most_people=10, most_cases=12, planned=seed % 2 == 0)
        first = matched(town)
        again = matched(town.shuffled(random.Random(seed + 1)))
        assert (seed, lines(again), again.unplaced, again.moves) == (seed, lines(first), first.unplaced, first.moves)
        assert again.mark == first.mark


def test_what_was_allocated_stays_where_nothing_has_changed() -> None:
    for seed in range(FEW):
        town = borough(seed, most_people=10, most_cases=12)
        first = matched(town)
        planned = {line.case: line.person for line in first.placed}
        again = match(town.cases, town.candidates, replace(town.known, planned=planned))
        assert (seed, lines(again), again.moves) == (seed, lines(first), ())
