"""The hard rules of an allocation: who may never be given whose record, and by which rule.

Most rules hold for a whole team at once, so what they keep apart is kept by team; only a few hold for one record.
No pair of a record and a person has to be looked at before somebody asks about it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from programme.cases import Case
from programme.people import Person, Service, Team
from programme.words import Competency, Role

Pair = tuple[Case, Person]


class Rule(StrEnum):
    """Each in the words that follow 'somebody who …'."""

    PART = "manages or works with this child"
    HANDED_BACK = "had a part in it and handed it back"
    DECLARED = "has declared a tie to it"
    TEAM = "works in the child's team"
    LINE = "leads the child's team"
    FORMER_TEAM = "worked in the child's team in the last 12 months"
    KEPT_APART = "is kept apart from the child's social worker or Team Manager"
    RELEASED = "is not the one it was released to"
    BARRED = "was barred from it by hand"
    NOT_IN_POST = "is not in post for the whole time"
    AWAY = "is not at work for the whole time"


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be given records: how many they have and can still take, and what speaks for and against them.

    `carried_from` is the month whose missed turn they make up for; `last_month` when they audited last, and a child of
    which team; `lately` how many audits they did in the last 12 months.
    """

    person: Person
    room_for: int
    holds: int = 0
    away: bool = False
    in_post: bool = True
    carried_from: str = ""
    last_month: str = ""
    last_team: Team | None = None
    lately: int = 0

    @property
    def is_developing(self) -> bool:
        return self.person.competency is Competency.DEVELOPING


@dataclass(frozen=True)
class Known:
    """What stands between records and people beside what they say of themselves, and what was decided by hand.

    `since`: a team somebody left before that day is forgotten. `planned` is who has which record by now, not given out.
    """

    since: date | None = None
    handed_back: Collection[Pair] = ()
    apart: Collection[tuple[Person, Person]] = ()
    released: Mapping[Case, Person] = field(default_factory=dict)
    pinned: Mapping[Case, Person] = field(default_factory=dict)
    barred: Collection[Pair] = ()
    planned: Mapping[Case, Person] = field(default_factory=dict)
    core_first: bool = False


NOTHING_KNOWN = Known()


@dataclass(frozen=True)
class Blocks:
    """Which rule keeps whom from what."""

    always: Mapping[Person, Rule]
    by_team: Mapping[tuple[Team, Person], Rule]
    by_case: Mapping[Pair, Rule]
    released: Mapping[Case, Person]

    def between(self, case: Case, person: Person) -> Rule | None:
        """The rule that keeps this record from this person, if any does; what was said by hand comes last."""
        if self.released.get(case, person) is not person:
            return Rule.RELEASED
        of_case = self.by_case.get((case, person))
        of_team = self.by_team.get((case.team, person)) if case.team else None
        rules = (of_case if of_case is not Rule.BARRED else None, of_team, self.always.get(person), of_case)
        return next((rule for rule in rules if rule), None)


def blocks_of(cases: Sequence[Case], candidates: Sequence[Candidate], known: Known = NOTHING_KNOWN) -> Blocks:
    always = {who.person: rule for who in candidates if (rule := _always(who))}
    teams = {case.team: None for case in cases if case.team}
    of_service: dict[Service, list[Team]] = {}
    for team in teams:
        of_service.setdefault(team.service, []).append(team)
    by_team: dict[tuple[Team, Person], Rule] = {}
    for who in candidates:
        for team, rule in _team_ties(who.person, of_service, known.since):
            if team in teams:
                by_team.setdefault((team, who.person), rule)
    by_case: dict[Pair, Rule] = {}
    for pair, rule in _case_ties(cases, [who.person for who in candidates], known):
        by_case.setdefault(pair, rule)
    return Blocks(always, by_team, by_case, known.released)


def blocked(case: Case, who: Candidate, known: Known = NOTHING_KNOWN) -> str:
    """The hard rule that keeps one record from one person, in words; empty where none does."""
    return blocks_of([case], [who], known).between(case, who.person) or ""


def _always(who: Candidate) -> Rule | None:
    if not who.in_post:
        return Rule.NOT_IN_POST
    return Rule.AWAY if who.away else None


def _team_ties(
    person: Person, of_service: Mapping[Service, Sequence[Team]], since: date | None
) -> Iterator[tuple[Team, Rule]]:
    """Every team whose children this person may not read about."""
    for conflict in person.conflicts:
        if conflict.team:
            yield conflict.team, Rule.DECLARED
    if person.team:
        yield person.team, Rule.TEAM
    if person.service and Role.HEAD_OF_SERVICE in person.roles:
        yield from ((team, Rule.LINE) for team in of_service.get(person.service, ()) if person.leads(team))
    for posting in person.postings:
        if since is None or posting.last_day is None or posting.last_day >= since:
            yield posting.team, Rule.FORMER_TEAM


def _case_ties(cases: Sequence[Case], people: Sequence[Person], known: Known) -> Iterator[tuple[Pair, Rule]]:
    """Every record that somebody may not read although they have no tie to its team; the first rule counts."""
    near = [(case, who) for case in cases for who in (case.team_manager, case.social_worker) if who]
    yield from ((pair, Rule.PART) for pair in near)
    yield from ((pair, Rule.HANDED_BACK) for pair in known.handed_back)
    for person in people:
        yield from (((each.case, person), Rule.DECLARED) for each in person.conflicts if each.case)
    apart = _both_ways(known.apart)
    yield from (((case, other), Rule.KEPT_APART) for case, who in near for other in apart.get(who, ()))
    yield from ((pair, Rule.BARRED) for pair in known.barred)


def _both_ways(pairs: Iterable[tuple[Person, Person]]) -> dict[Person, list[Person]]:
    """Each person with everybody they are kept apart from."""
    apart: dict[Person, list[Person]] = {}
    for one, other in pairs:
        apart.setdefault(one, []).append(other)
        apart.setdefault(other, []).append(one)
    return apart
