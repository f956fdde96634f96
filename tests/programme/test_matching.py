"""Cases to auditors: no hard rule is ever broken, as many are placed as can be, evenly, and the rest are named."""

import random
from collections import Counter
from itertools import product

import pytest
from numpy import array
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from programme.cases import Case
from programme.matching import Candidate, Matching, Placed, Unplaced, blocked, match
from programme.people import Person, Service, Team
from programme.words import Role
from tests.programme.builders import case, person

HELP, CARE = Service("Help and Protection"), Service("Care and Permanence")
ORCHARD, HARBOUR, MEADOW = Team("Orchard", HELP), Team("Harbour", HELP), Team("Meadow", CARE)
MANAGING = (Role.TEAM_MANAGER, Role.DEPUTY_TEAM_MANAGER)

Borough = tuple[list[Case], list[Candidate]]


def borough(seed: int, *, most_people: int, most_cases: int) -> Borough:
    """A random borough: a few services and teams, auditors of every kind, more or fewer cases than there is room."""
    chance = random.Random(seed)
    services = [Service(f"Service {n}") for n in range(chance.randint(1, 3))]
    teams = [Team(f"Team {n}", chance.choice(services)) for n in range(chance.randint(1, 5))]
    auditors = [an_auditor(chance, n, teams, services) for n in range(chance.randint(1, most_people))]
    workers = [person(f"Worker{n}", Role.SOCIAL_WORKER, team=chance.choice(teams)) for n in range(3)]
    cases = [
        case(
            f"CASE-{n}",
            chance.choice([*teams, None]),
            social_worker=chance.choice(workers),
            team_manager=chance.choice([each.person for each in auditors]),
        )
        for n in range(chance.randint(1, most_cases))
    ]
    return cases, auditors


def an_auditor(chance: random.Random, number: int, teams: list[Team], services: list[Service]) -> Candidate:
    heads = chance.random() < 0.2
    who = (
        person(f"Head{number}", Role.HEAD_OF_SERVICE, service=chance.choice(services))
        if heads
        else person(f"Manager{number}", chance.choice(MANAGING), team=chance.choice(teams))
    )
    return Candidate(who, room_for=chance.choice([0, 1, 1, 1, 5]), holds=0, away=chance.random() < 0.15)


def breaks_a_hard_rule(case: Case, person: Person) -> bool:
    """The programme's hard rules, said again in another way than the code says them."""
    if person in (case.team_manager, case.social_worker):
        return True
    own_service = Role.HEAD_OF_SERVICE in person.roles and case.team and case.team.service is person.service
    return bool(own_service or (case.team and person.team is case.team))


def most_that_can_be_placed(cases: list[Case], candidates: list[Candidate]) -> int:
    seats = [who for who in candidates for _ in range(who.room_for)]
    may = [[int(not (who.away or breaks_a_hard_rule(each, who.person))) for who in seats] for each in cases]
    return (
        int((maximum_bipartite_matching(csr_array(array(may, ndmin=2)), perm_type="column") >= 0).sum()) if seats else 0
    )


def faults_of(cases: list[Case], candidates: list[Candidate], found: Matching) -> list[str]:
    room = {who.person: who.room_for for who in candidates if not who.away}
    given = Counter(line.person for line in found.placed)
    lines: tuple[Placed | Unplaced, ...] = (*found.placed, *found.unplaced)
    faults = {
        "a rule is broken": any(breaks_a_hard_rule(line.case, line.person) for line in found.placed),
        "somebody has too many": any(n > room.get(who, 0) for who, n in given.items()),
        "a line has no reason": any(not line.because for line in lines),
        "not every case stands there once": Counter(cases) != Counter(line.case for line in lines),
        "fewer are placed than could be": len(found.placed) != most_that_can_be_placed(cases, candidates),
    }
    return [fault for fault, there in faults.items() if there]


def test_in_two_thousand_boroughs_no_rule_is_broken_and_as_many_are_placed_as_can_be() -> None:
    faults = {}
    for seed in range(2000):
        cases, candidates = borough(seed, most_people=8, most_cases=12)
        faults[seed] = faults_of(cases, candidates, match(cases, candidates))
    assert {seed: found for seed, found in faults.items() if found} == {}


def test_a_large_borough_is_still_exact() -> None:
    cases, candidates = borough(7, most_people=400, most_cases=600)
    assert faults_of(cases, candidates, match(cases, candidates)) == []


def test_no_other_allocation_of_a_small_borough_is_fairer() -> None:
    """Every way to place the cases, tried one by one: none places as many with a more even load."""
    for seed in range(300):
        cases, candidates = borough(seed, most_people=3, most_cases=4)
        found = match(cases, candidates)
        assert unevenness(Counter(line.person for line in found.placed)) == least_unevenness(
            cases, candidates, len(found.placed)
        )


def unevenness(loads: Counter[Person]) -> int:
    return sum(n * (n - 1) // 2 for n in loads.values())


def least_unevenness(cases: list[Case], candidates: list[Candidate], placed: int) -> int:
    seen = []
    for choice in product([None, *candidates], repeat=len(cases)):
        pairs = [(each, who) for each, who in zip(cases, choice, strict=True) if who]
        loads = Counter(who.person for _, who in pairs)
        fits = all(loads[who.person] <= who.room_for for _, who in pairs)
        if len(pairs) == placed and fits and not any(w.away or breaks_a_hard_rule(c, w.person) for c, w in pairs):
            seen.append(unevenness(loads))
    return min(seen)


def test_each_line_says_why() -> None:
    from_care = Candidate(person("Asha", Role.TEAM_MANAGER, team=MEADOW), room_for=1)
    from_help = Candidate(person("Kofi", Role.TEAM_MANAGER, team=HARBOUR), room_for=1)
    of_orchard, of_harbour = case("ORC-001", ORCHARD), case("HAR-001", HARBOUR)
    assert match([of_orchard, of_harbour], [from_care, from_help]) == Matching(
        placed=(
            Placed(of_orchard, from_help.person, "own service, no tie to the child's team"),
            Placed(of_harbour, from_care.person, "another service, no tie to the child's team"),
        ),
        unplaced=(),
    )


def test_another_service_is_preferred_to_the_own() -> None:
    near = Candidate(person("Kofi", Role.TEAM_MANAGER, team=HARBOUR), room_for=1)
    far = Candidate(person("Asha", Role.TEAM_MANAGER, team=MEADOW), room_for=1)
    found = match([case("ORC-001", ORCHARD)], [near, far])
    assert [line.person for line in found.placed] == [far.person]


def test_the_load_is_even_and_counts_what_somebody_holds_already() -> None:
    asha = Candidate(person("Asha", Role.AUDITOR), room_for=5)
    kofi = Candidate(person("Kofi", Role.AUDITOR), room_for=3, holds=2)
    found = match([case(f"ORC-00{n}", ORCHARD) for n in range(6)], [asha, kofi])
    assert Counter(line.person.name for line in found.placed) == {"Asha": 4, "Kofi": 2}


def test_what_cannot_be_placed_is_named_with_the_rule_that_blocks_it() -> None:
    manager = Candidate(person("Asha", Role.TEAM_MANAGER, team=ORCHARD), room_for=1)
    head = Candidate(person("Ines", Role.HEAD_OF_SERVICE, service=HELP), room_for=1)
    other = Candidate(person("Idris", Role.HEAD_OF_SERVICE, service=HELP), room_for=1)
    away = Candidate(person("Kofi", Role.TEAM_MANAGER, team=MEADOW), room_for=1, away=True)
    theirs = case("ORC-001", ORCHARD)
    assert match([theirs], [manager, head, other, away]).unplaced == (
        Unplaced(
            theirs,
            "nobody may read it: leads the child's team (2),"
            " not at work for the whole time (1), works in the child's team (1)",
        ),
    )


@pytest.mark.parametrize(
    ("rooms", "because"),
    [
        ([], "nobody has room for one more"),
        ([0, 0], "nobody has room for one more"),
        ([1], "everybody who may read it has been given another"),
    ],
)
def test_too_little_room_is_said(rooms: list[int], because: str) -> None:
    auditors = [Candidate(person(f"Asha{n}", Role.AUDITOR), room_for=room) for n, room in enumerate(rooms)]
    found = match([case("ORC-001", ORCHARD), case("ORC-002", ORCHARD)], auditors)
    assert {line.because for line in found.unplaced} == {because}


def test_nothing_to_place_is_an_empty_matching() -> None:
    assert match([], [Candidate(person("Asha", Role.AUDITOR), room_for=1)]) == Matching((), ())


def test_whoever_manages_or_works_with_the_child_may_not_read_the_record() -> None:
    manager, worker, other = (person(name, Role.AUDITOR) for name in ("Tomasz", "Noor", "Asha"))
    theirs = case("ORC-001", None, social_worker=worker, team_manager=manager)
    said = [blocked(theirs, Candidate(who, room_for=1)) for who in (manager, worker, other)]
    assert said == ["manages or works with this child", "manages or works with this child", ""]
