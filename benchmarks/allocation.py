"""What an allocation costs, everything that surrounds the solver included, beside the bare solver on the same matrix.

Beside it, how much better it is than the obvious way: one record after another to whoever has the fewest and may.
"""

import random
import resource
from collections import Counter
from collections.abc import Iterator
from datetime import date
from time import perf_counter

from scipy.optimize import linear_sum_assignment

from programme.blocking import Candidate, Known, blocks_of
from programme.cases import Case
from programme.matching import Matching, match
from programme.people import Person, RoleHeld, Service, Team
from programme.planning_policy import MatchingWeights
from programme.solving import costs_of
from programme.ties import Conflict, Posting
from programme.weighing import problem_of
from programme.words import Role

SIZES = ((30, 60), (300, 600), (3_000, 6_000))
SINCE = date(2016, 10, 2)
FORBIDDEN = 1e12
"""The bare solver is given a large number where we say 'never': it takes no matrix that has no whole solution."""


def measure() -> Iterator[str]:
    for cases, people in SIZES:
        records, candidates, known = _borough(random.Random(cases), cases, people)
        began = perf_counter()
        made = match(records, candidates, known)
        mine = perf_counter() - began
        theirs = _bare(records, candidates, known)
        yield (
            f"{cases} records to {people} people in {mine:.2f} s, {mine / theirs:.1f} times the bare solver,"
            f" {_peak_mb()} MB at most; {_beside_greedy(made, records, candidates, known)}"
        )


def _borough(chance: random.Random, cases: int, people: int) -> tuple[list[Case], list[Candidate], Known]:
    """Teams of five, services of eight teams; one in twenty away, one in ten moved lately or declared a tie."""
    services = [Service(f"Service {n}") for n in range(max(people // 40, 2))]
    teams = [Team(f"Team {n}", services[n % len(services)]) for n in range(max(people // 5, 4))]
    who = [_person(n, chance, teams) for n in range(people)]
    records = [_record(n, chance, teams, who) for n in range(cases)]
    for person in who:
        if _one_in(10, chance):
            person.conflicts = [Conflict(person, SINCE, case=chance.choice(records))]
    candidates = [_candidate(person, chance, teams) for person in who]
    apart = [(chance.choice(who), chance.choice(who)) for _ in range(people // 50)]
    return records, candidates, Known(since=SINCE, apart=apart)


def _record(number: int, chance: random.Random, teams: list[Team], people: list[Person]) -> Case:
    tags = ["in court"] if _one_in(5, chance) else []
    manager = chance.choice(people)
    return Case(f"CASE-{number:05}", chance.choice(teams), "Looked After", "5-9", team_manager=manager, tags=tags)


def _one_in(many: int, chance: random.Random) -> bool:
    return chance.randrange(many) == 0


def _person(number: int, chance: random.Random, teams: list[Team]) -> Person:
    team = teams[number % len(teams)]
    role = RoleHeld(Role.TEAM_MANAGER if number < len(teams) else Role.DEPUTY_TEAM_MANAGER)
    made = Person(f"p{number}@example.org", f"P{number}", [role], team=team, service=team.service)
    made.knowledge = ["court"] if _one_in(5, chance) else []
    if _one_in(10, chance):
        made.postings = [Posting(made, chance.choice(teams), date(2016, 1, 4), date(2017, 6, 30))]
    return made


def _candidate(person: Person, chance: random.Random, teams: list[Team]) -> Candidate:
    carried = "2017-07" if _one_in(10, chance) else ""
    away = _one_in(20, chance)
    return Candidate(
        person, 1, away=away, carried_from=carried, last_team=chance.choice(teams), lately=chance.randint(0, 4)
    )


def _bare(records: list[Case], candidates: list[Candidate], known: Known) -> float:
    """Seconds that the solver alone takes on the matrix that the rules and wishes make."""
    blocks = blocks_of(records, candidates, known)
    able = [each for each in candidates if each.person not in blocks.always]
    costs, _ = costs_of(problem_of(records, able, blocks, known, MatchingWeights()))
    costs[costs > FORBIDDEN] = FORBIDDEN
    began = perf_counter()
    linear_sum_assignment(costs)
    return perf_counter() - began


def _beside_greedy(made: Matching, records: list[Case], candidates: list[Candidate], known: Known) -> str:
    """How many more are placed, and how many more wishes are met, than by going down the list."""
    blocks = blocks_of(records, candidates, known)
    held = Counter[Person]()
    greedy: dict[Case, Candidate] = {}
    for record in records:
        may = (
            each for each in candidates if held[each.person] < each.room_for and not blocks.between(record, each.person)
        )
        first = next(may, None)
        if first:
            greedy[record] = first
            held[first.person] += 1
    of = {each.person: each for each in candidates}
    ours = [(line.case, of[line.person]) for line in made.placed]
    theirs = list(greedy.items())
    return (
        f"{len(ours)} placed and {_unmet(ours)} wishes unmet, by going down the list {len(theirs)} and {_unmet(theirs)}"
    )


def _unmet(given: list[tuple[Case, Candidate]]) -> int:
    """Own service, the team audited last time, and court without knowing about it, each counted once."""
    return sum(
        (case.team is not None and who.person.works_for(case.team.service))
        + (case.team is who.last_team)
        + (bool(case.tags) and not who.person.knowledge)
        for case, who in given
    )


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
