"""Cases to auditors, exactly: values in, values out.

The assignment is solved by SciPy (`linear_sum_assignment`). A person who can take k cases is k columns, each a
little dearer than the last, so an even load falls out. A hard rule costs more than all soft ones together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from programme.cases import Case
from programme.people import Person

FORBIDDEN = 1_000_000.0
LATER_CASE = 100.0
SAME_SERVICE = 10.0


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be given cases: how many more they can take, and whether they are away all the time."""

    person: Person
    room_for: int
    away: bool = False
    carries_over: bool = False


@dataclass(frozen=True)
class Placed:
    case: Case
    person: Person
    because: str


@dataclass(frozen=True)
class Unplaced:
    case: Case
    because: str


@dataclass(frozen=True)
class Matching:
    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]


def match(cases: Sequence[Case], candidates: Sequence[Candidate]) -> Matching:
    """The best allocation there is: as many cases as can be placed, then the fairest."""
    seats = [(who, turn) for who in candidates for turn in range(who.room_for)]
    chosen = _solve([[_cost(case, who, turn) for who, turn in seats] for case in cases])
    placed = [
        Placed(case, seats[chosen[n]][0].person, why(case, seats[chosen[n]][0]))
        for n, case in enumerate(cases)
        if n in chosen
    ]
    given = {line.case.ref for line in placed}
    unplaced = [Unplaced(case, _why_not(case, candidates)) for case in cases if case.ref not in given]
    return Matching(tuple(placed), tuple(unplaced))


def blocked(case: Case, who: Candidate) -> str:
    """The hard rule that keeps a case from somebody, in words; empty where none does."""
    person = who.person
    if person in (case.team_manager, case.social_worker):
        return "manages or works with this child"
    if person.works_in(case.team):
        return "works in the child's team"
    if person.leads(case.team):
        return "leads the child's team"
    if who.away:
        return "not at work for the whole time"
    return ""


def why(case: Case, who: Candidate) -> str:
    """The reason for one line of the preview."""
    first = "carried over, so placed first; " if who.carries_over else ""
    if _same_service(case, who.person):
        return f"{first}own service, but no tie to the child's team"
    return f"{first}another service, no tie to the child's team"


def _same_service(case: Case, person: Person) -> bool:
    service = person.service or (person.team.service if person.team else None)
    return service is not None and case.team is not None and case.team.service is service


def _cost(case: Case, who: Candidate, turn: int) -> float:
    if blocked(case, who):
        return FORBIDDEN
    near = SAME_SERVICE if _same_service(case, who.person) else 0.0
    return near + turn * LATER_CASE - (LATER_CASE / 2 if who.carries_over else 0.0)


def _solve(costs: list[list[float]]) -> dict[int, int]:
    """Row → column of the cheapest assignment, without the pairs that a hard rule forbids."""
    if not costs or not costs[0]:
        return {}
    # SciPy takes a third of a second and 64 MB to load, which only an allocation should pay for.
    from numpy import array  # noqa: PLC0415
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    rows, columns = linear_sum_assignment(array(costs))
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return {row: column for row, column in pairs if costs[row][column] < FORBIDDEN}


def _why_not(case: Case, candidates: Sequence[Candidate]) -> str:
    with_room = [who for who in candidates if who.room_for]
    if not with_room:
        return "nobody has room for one more"
    rules = [blocked(case, who) for who in with_room]
    if all(rules):
        return "nobody may read it: " + "; ".join(f"{rules.count(rule)} of them {rule}" for rule in sorted(set(rules)))
    return "everybody who may read it has been given another"
