"""Cases to auditors, exactly: values in, values out.

The assignment is solved by SciPy (`linear_sum_assignment`). A person who can take k cases is k columns, each a
little dearer than the last, so an even load falls out. A pair that a hard rule forbids costs more than all soft costs
together, so it is taken only where the case cannot be placed at all, and is then left out.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from programme.cases import Case
from programme.people import Person

LATER_CASE = 100.0
SAME_SERVICE = 10.0


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be given cases: how many they have and can still take, and whether they are away throughout."""

    person: Person
    room_for: int
    holds: int = 0
    away: bool = False


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

    @property
    def mark(self) -> str:
        """The same for the same cases with the same people: by it, what is done is known to be what was seen."""
        lines = [f"{line.case.ref} {line.person.email}" for line in self.placed]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def match(cases: Sequence[Case], candidates: Sequence[Candidate]) -> Matching:
    """The best allocation there is: as many cases as can be placed, then the fairest."""
    seats = [(who, who.holds + turn) for who in candidates for turn in range(who.room_for)]
    chosen = _solve([[_cost(case, who, turn) for who, turn in seats] for case in cases])
    placed = {n: seats[seat][0].person for n, seat in chosen.items()}
    return Matching(
        tuple(Placed(cases[n], person, why(cases[n], person)) for n, person in sorted(placed.items())),
        tuple(Unplaced(case, _why_not(case, candidates)) for n, case in enumerate(cases) if n not in placed),
    )


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


def why(case: Case, person: Person) -> str:
    """The reason for one line of the preview."""
    return f"{'own' if _same_service(case, person) else 'another'} service, no tie to the child's team"


def _same_service(case: Case, person: Person) -> bool:
    return case.team is not None and person.works_for(case.team.service)


def _cost(case: Case, who: Candidate, turn: int) -> float | None:
    """What it costs to give somebody this case as their next but `turn`; None where a hard rule forbids it."""
    if blocked(case, who):
        return None
    return turn * LATER_CASE + (SAME_SERVICE if _same_service(case, who.person) else 0.0)


def _solve(costs: list[list[float | None]]) -> dict[int, int]:
    """Row → column of the cheapest assignment that uses as few forbidden pairs as can be, without those."""
    if not costs or not costs[0]:
        return {}
    # SciPy takes a third of a second and 64 MB to load, which only an allocation should pay for.
    from numpy import array  # noqa: PLC0415
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    forbidden = 1.0 + len(costs) * max(cost or 0.0 for row in costs for cost in row)
    rows, columns = linear_sum_assignment(array([[forbidden if c is None else c for c in row] for row in costs]))
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return {row: column for row, column in pairs if costs[row][column] is not None}


def _why_not(case: Case, candidates: Sequence[Candidate]) -> str:
    with_room = [who for who in candidates if who.room_for]
    if not with_room:
        return "nobody has room for one more"
    rules = [blocked(case, who) for who in with_room]
    if all(rules):
        return "nobody may read it: " + ", ".join(f"{rule} ({n})" for rule, n in sorted(Counter(rules).items()))
    return "everybody who may read it has been given another"
