"""Pairs for moderation: nobody reads what they may not, and the load stays even."""

import random
from collections import Counter
from datetime import UTC, date, datetime
from itertools import combinations

from programme.allocations import Allocation
from programme.blocking import Candidate, Known, blocks_of
from programme.pairing import Readers, pair_up
from programme.people import Person, Service, Team
from programme.rounds import Round
from programme.ties import Conflict, Posting
from programme.words import AllocationState, Role, RoundState
from tests.programme.builders import case, person

OCTOBER = Round("2017-10", "Fathers", RoundState.DISTRIBUTED)
BOROUGHS = 200
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


def readers_of(people: list[Person], known: Known, audits: list[Allocation]) -> Readers:
    blocks = blocks_of([audit.case for audit in audits], [Candidate(who, 1) for who in people], known)
    return Readers(people, {}, known, blocks)


def tied(chance: random.Random, people: list[Person], audits: list[Allocation]) -> Known:
    """Some have declared a tie, worked in another team until lately, or are kept apart from somebody."""
    for who in people:
        if chance.random() < 0.3:
            who.conflicts = [Conflict(who, date(2017, 1, 9), case=chance.choice(audits).case)]
        if chance.random() < 0.3:
            who.postings = [Posting(who, chance.choice(audits).case.team or Team("None", Service("None")))]
    apart = [tuple(chance.sample(people, 2)) for _ in range(chance.randint(0, 3))]
    return Known(apart=[(one, other) for one, other in apart])


def test_what_ties_somebody_keeps_it_from_them_and_none_is_left_that_two_may_read() -> None:
    for seed in range(BOROUGHS):
        chance = random.Random(seed)
        people, audits = borough(chance)
        moderators = [who for who in people if who.moderates]
        known = tied(chance, people, audits)
        made = pair_up(audits, moderators, {}, a_pair=4, known=known)
        assert made == pair_up(audits[::-1], moderators[::-1], {}, a_pair=4, known=known)
        readers = readers_of(moderators, known, audits)
        for each in made.paired:
            assert readers.may_read(each.audit, each.pair)
            assert readers.may_be_a_pair(*each.pair)
        for left in made.unpaired:
            may = [who for who in moderators if not readers.rule(left.audit, who)]
            assert not any(readers.may_be_a_pair(*pair) for pair in combinations(may, 2))


def moderating(*names: str, knowledge: dict[str, list[str]] | None = None) -> list[Person]:
    """Moderators, by turns of two services."""
    homes = [Service("North"), Service("South")]
    made = [person(name, Role.PRACTICE_LEARNING, service=homes[n % 2]) for n, name in enumerate(names)]
    for each in made:
        each.moderates, each.knowledge = True, (knowledge or {}).get(each.name, [])
    return made


def audit_of(ref: str, *tags: str, holder: Person | None = None) -> Allocation:
    record = case(f"MDW-{ref}")
    record.tags = list(tags)
    return Allocation(f"AUD-{ref}", OCTOBER, record, AllocationState.RETURNED_IN_TIME, holder=holder)


def test_who_knows_about_it_reads_it() -> None:
    people = moderating("P0", "P1", "P2", "P3", knowledge={"P2": ["court"]})
    audits = [audit_of("1", "in court"), audit_of("2")]
    made = pair_up(audits, people, {}, a_pair=1).paired
    assert [(each.audit.ref, [who.name for who in each.pair], each.because) for each in made] == [
        ("AUD-1", ["P2", "P3"], "of North and South; knows about court"),
        ("AUD-2", ["P0", "P1"], "of North and South"),
    ]


def test_who_is_kept_apart_from_the_auditor_or_from_one_another() -> None:
    people, asha = moderating("P0", "P1", "P2", "P3"), person("Asha")
    known = Known(apart=[(people[0], asha), (people[2], people[3])])
    [made] = pair_up([audit_of("1", holder=asha)], people, {}, a_pair=4, known=known).paired
    assert [who.name for who in made.pair] == ["P1", "P2"]


def test_what_has_no_pair_says_which_rules_keep_it() -> None:
    people = moderating("P0", "P1", "P2")
    audit = audit_of("1", holder=people[0])
    people[1].conflicts = [Conflict(people[1], date(2017, 1, 9), case=audit.case)]

    def why(*moderators: Person) -> str:
        [left] = pair_up([audit], moderators, {}, a_pair=4).unpaired
        return left.because

    assert why() == "nobody who moderates is there"
    assert why(people[2]) == "only one moderator is there"
    assert why(*people) == "only one may read it: did the audit (1), has declared a tie to it (1)"
    assert why(*people[:2]) == "nobody who moderates may read it: did the audit (1), has declared a tie to it (1)"
    same = moderating("Q0", "Q1", "Q2")[::2]
    assert why(*same) == "everybody who may read it is of one service, or kept apart"


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
