"""Random boroughs with every tie the rules know, and the programme's hard rules said again in another way."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from programme.blocking import Candidate, Known
from programme.cases import Case
from programme.people import Person, Service, Team
from programme.planning_policy import MatchingWeights
from programme.ties import Conflict, Posting
from programme.words import Competency, Role
from tests.programme.builders import case, person

TODAY, YEAR_AGO = date(2017, 10, 2), date(2016, 10, 2)
MANAGING = (Role.TEAM_MANAGER, Role.DEPUTY_TEAM_MANAGER)
KINDS = (None, Competency.COMPETENT, Competency.DEVELOPING, Competency.CORE)
LEFT_ON = (None, date(2016, 9, 1), date(2016, 10, 2), date(2017, 6, 1))
WEIGHTS = MatchingWeights()


@dataclass(frozen=True)
class Borough:
    cases: list[Case]
    candidates: list[Candidate]
    known: Known

    def shuffled(self, chance: random.Random) -> "Borough":
        return Borough(
            chance.sample(self.cases, len(self.cases)), chance.sample(self.candidates, len(self.candidates)), self.known
        )


def borough(seed: int, *, most_people: int, most_cases: int, planned: bool = False) -> Borough:
    """Services, teams and people of every kind; more or fewer cases than there is room; ties in every direction."""
    chance = random.Random(seed)
    services = [Service(f"Service {n}") for n in range(chance.randint(1, 4))]
    teams = [Team(f"Team {n}", chance.choice(services)) for n in range(chance.randint(1, 7))]
    candidates = [a_candidate(chance, n, teams, services) for n in range(chance.randint(1, most_people))]
    workers = [person(f"Worker{n}", Role.SOCIAL_WORKER, team=chance.choice(teams)) for n in range(3)]
    cases = [a_case(chance, n, teams, workers, candidates) for n in range(chance.randint(1, most_cases))]
    declare(chance, cases, teams, candidates)
    return Borough(cases, candidates, ties(chance, cases, workers, candidates, planned=planned))


def a_candidate(chance: random.Random, number: int, teams: list[Team], services: list[Service]) -> Candidate:
    who = (
        person(f"Head{number}", Role.HEAD_OF_SERVICE, service=chance.choice(services))
        if chance.random() < 0.2
        else person(f"Manager{number}", chance.choice(MANAGING), team=chance.choice(teams))
    )
    who.competency = chance.choice(KINDS)
    who.postings = [
        Posting(who, chance.choice(teams), None, chance.choice(LEFT_ON)) for _ in range(chance.choice([0, 0, 1]))
    ]
    who.knowledge = chance.choice([[], [], ["court"], ["court", "fostering"]])
    return Candidate(
        who,
        room_for=chance.choice([0, 1, 1, 1, 2, 5]),
        holds=chance.choice([0, 0, 0, 1]),
        away=chance.random() < 0.1,
        in_post=chance.random() > 0.05,
        carried_from=chance.choice(["", "", "2017-07"]),
        last_month="2017-06",
        last_team=chance.choice([None, *teams]),
        lately=chance.randint(0, 4),
    )


def a_case(
    chance: random.Random, number: int, teams: list[Team], workers: list[Person], candidates: list[Candidate]
) -> Case:
    managers = [None, *(each.person for each in candidates)]
    made = case(
        f"CASE-{number:03}",
        chance.choice([*teams, None]),
        social_worker=chance.choice(workers),
        team_manager=chance.choice(managers),
    )
    made.tags = chance.choice([[], [], ["in court"], ["in court", "fostering"]])
    return made


def declare(chance: random.Random, cases: list[Case], teams: list[Team], candidates: list[Candidate]) -> None:
    for who in (each.person for each in candidates):
        if chance.random() < 0.1:
            who.conflicts = [Conflict(who, TODAY, case=chance.choice(cases))]
        if chance.random() < 0.1:
            who.conflicts = [*who.conflicts, Conflict(who, TODAY, team=chance.choice(teams))]


def ties(
    chance: random.Random, cases: list[Case], workers: list[Person], candidates: list[Candidate], *, planned: bool
) -> Known:
    people = [each.person for each in candidates]

    def some(share: float) -> list[Case]:
        return [each for each in cases if chance.random() < share]

    return Known(
        since=YEAR_AGO,
        handed_back={(each, chance.choice(people)) for each in some(0.1)},
        apart=[(chance.choice(people), chance.choice([*workers, *people])) for _ in range(chance.randint(0, 2))],
        released={each: chance.choice(people) for each in some(0.05)},
        barred={(each, chance.choice(people)) for each in some(0.1)},
        planned={each: chance.choice(people) for each in some(0.5)} if planned else {},
        core_first=chance.random() < 0.5,
    )


def may_read(town: Borough, record: Case, who: Candidate) -> bool:
    """The programme's hard rules, from the policy's words and in another way than the code says them."""
    reader, known = who.person, town.known
    had_a_part = [each for each in (record.social_worker, record.team_manager) if each is not None]
    no_reasons = [
        who.away,
        not who.in_post,
        reader in had_a_part,
        (record, reader) in known.handed_back,
        (record, reader) in known.barred,
        record in known.released and known.released[record] is not reader,
        any(tie.case is record for tie in reader.conflicts),
        any({reader, near} == {*pair} for pair in known.apart for near in had_a_part if near is not reader),
    ]
    if record.team is not None:
        stays = [post for post in reader.postings if post.last_day is None or post.last_day >= YEAR_AGO]
        no_reasons += [
            reader.team is record.team,
            Role.HEAD_OF_SERVICE in reader.roles and record.team.service is reader.service,
            any(tie.team is record.team for tie in reader.conflicts),
            any(post.team is record.team for post in stays),
        ]
    return not any(no_reasons)


@dataclass(frozen=True, order=True)
class Price:
    """What an allocation is judged by, the first thing first: fewer is better in each."""

    unplaced: int = 0
    moved: int = 0
    developing: int = 0
    not_carried: int = 0
    wishes: int = 0

    def __add__(self, other: "Price") -> "Price":
        return Price(
            self.unplaced + other.unplaced,
            self.moved + other.moved,
            self.developing + other.developing,
            self.not_carried + other.not_carried,
            self.wishes + other.wishes,
        )


def price_of_staying_out(town: Borough, record: Case) -> Price:
    return Price(unplaced=1, moved=int(record in town.known.planned))


def price_of_pair(town: Borough, record: Case, who: Candidate) -> Price:
    """What one pair costs by itself."""
    planned, team = town.known.planned.get(record), record.team
    could = [each for each in town.candidates if each.room_for and each.in_post and not each.away]
    every_area = {area for each in could for area in each.person.knowledge}
    asked = {area for area in every_area for tag in record.tags if area in tag.split()}
    return Price(
        moved=int(planned is not None and planned is not who.person),
        wishes=WEIGHTS.same_service * (team is not None and who.person.own_service is team.service)
        + WEIGHTS.same_team * (team is not None and who.last_team is team)
        + WEIGHTS.unknown_area * len(asked - {*who.person.knowledge}),
    )


def price_of_place(town: Borough, who: Candidate, nth: int) -> Price:
    """What it costs that somebody takes their next but `nth`."""
    has = who.holds + nth
    return Price(
        developing=int(town.known.core_first and who.person.competency is Competency.DEVELOPING),
        not_carried=int(not who.carried_from or has > 0),
        wishes=WEIGHTS.another_audit * has + WEIGHTS.lately * who.lately,
    )


def price_of(town: Borough, given: Sequence[tuple[Case, Candidate | None]]) -> Price:
    """What a whole allocation costs."""
    total, has = Price(), dict.fromkeys(town.candidates, 0)
    for record, who in given:
        if who is None:
            total += price_of_staying_out(town, record)
        else:
            total += price_of_pair(town, record, who) + price_of_place(town, who, has[who])
            has[who] += 1
    return total
