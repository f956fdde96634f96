"""Pairs for moderation: nobody reads what they may not, and the load stays even."""

import random
from collections import Counter
from datetime import UTC, datetime

from programme.allocations import Allocation
from programme.pairing import pair_up
from programme.people import Person, Service, Team
from programme.rounds import Round
from programme.words import AllocationState, Role, RoundState
from tests.programme.builders import case, person

OCTOBER = Round("2017-10", "Fathers", RoundState.DISTRIBUTED)
NOW = datetime(2017, 10, 20, tzinfo=UTC)


def borough(chance: random.Random) -> tuple[list[Person], list[Allocation]]:
    """Some services with teams, people in them, and audits of one another's children."""
    services = [Service(f"Service {n}") for n in range(chance.randint(1, 4))]
    teams = [Team(f"Team {n}", chance.choice(services)) for n in range(chance.randint(2, 8))]
    people = [
        person(f"Person {n}", chance.choice([Role.TEAM_MANAGER, Role.DEPUTY_TEAM_MANAGER]), team=chance.choice(teams))
        for n in range(chance.randint(2, 20))
    ]
    people += [person(f"Head {n}", Role.HEAD_OF_SERVICE, service=service) for n, service in enumerate(services)]
    for each in people:
        each.moderates = chance.random() < 0.7
    audits = [
        Allocation(
            f"AUD-{n}",
            OCTOBER,
            case(f"MDW-{n}", chance.choice(teams), team_manager=chance.choice(people)),
            AllocationState.RETURNED_IN_TIME,
            holder=chance.choice(people),
        )
        for n in range(chance.randint(1, 15))
    ]
    return people, audits


def test_nobody_reads_what_they_may_not() -> None:
    for seed in range(200):
        people, audits = borough(random.Random(seed))
        made = pair_up(audits, people, {}, a_pair=4)
        assert len(made.paired) + len(made.unpaired) == len(audits)
        for each in made.paired:
            first, second = each.pair
            assert [who.moderates for who in each.pair] == [True, True]
            assert each.audit.holder not in each.pair
            assert [who.leads(each.audit.case.team) or who.works_in(each.audit.case.team) for who in each.pair] == [
                False,
                False,
            ]
            assert each.audit.case.team_manager not in each.pair
            assert first.own_service is not second.own_service


def test_what_has_no_pair_has_none_that_could_be() -> None:
    for seed in range(200):
        people, audits = borough(random.Random(seed))
        for left in pair_up(audits, people, {}, a_pair=4).unpaired:
            services = {id(who.own_service) for who in people if who.can_moderate(left.audit)}
            assert len(services) < 2


def test_the_load_stays_even_where_anybody_may_read_anything() -> None:
    homes = [Service("North"), Service("South")]
    people = [person(f"P{n}", Role.PRACTICE_LEARNING, service=homes[n % 2]) for n in range(8)]
    for each in people:
        each.moderates = True
    audits = [Allocation(f"AUD-{n}", OCTOBER, case(f"MDW-{n}"), AllocationState.RETURNED_IN_TIME) for n in range(16)]
    given = Counter(who.name for each in pair_up(audits, people, {}, a_pair=4).paired for who in each.pair)
    assert set(given.values()) == {4}


def test_who_has_some_already_gets_fewer() -> None:
    homes = [Service("North"), Service("South")]
    people = [person(f"P{n}", Role.PRACTICE_LEARNING, service=homes[n % 2]) for n in range(4)]
    for each in people:
        each.moderates = True
    audits = [Allocation("AUD-1", OCTOBER, case(), AllocationState.RETURNED_IN_TIME)]
    [made] = pair_up(audits, people, {people[0]: 1, people[1]: 1}, a_pair=4).paired
    assert [who.name for who in made.pair] == ["P2", "P3"]


def test_the_same_two_read_as_many_as_one_pair_reads() -> None:
    homes = [Service("North"), Service("South")]
    people = [person(f"P{n}", Role.PRACTICE_LEARNING, service=homes[n % 2]) for n in range(8)]
    for each in people:
        each.moderates = True
    audits = [Allocation(f"AUD-{n}", OCTOBER, case(f"MDW-{n}"), AllocationState.RETURNED_IN_TIME) for n in range(11)]
    made = Counter(tuple(who.name for who in each.pair) for each in pair_up(audits, people, {}, a_pair=4).paired)
    assert made == {("P0", "P1"): 4, ("P2", "P3"): 4, ("P4", "P5"): 3}
