"""Rules and wishes as numbers: what it costs to give each case to each person, by groups of cases."""

from collections.abc import Hashable, Mapping, Sequence
from math import inf
from typing import TypeVar

from programme import explaining
from programme.blocking import Blocks, Candidate, Known
from programme.cases import Case
from programme.people import Person
from programme.planning_policy import MatchingWeights
from programme.solving import Layer, Problem, Seat

Thing = TypeVar("Thing", bound=Hashable)


def problem_of(
    cases: Sequence[Case], able: Sequence[Candidate], blocks: Blocks, known: Known, weights: MatchingWeights
) -> Problem:
    """The same in numbers: a row for each case, a column for each person, and what they cost by groups of cases."""
    column_of = {who.person: column for column, who in enumerate(able)}
    row_of = {case: row for row, case in enumerate(cases)}
    return Problem(
        rows=len(cases),
        columns=len(able),
        seats=[
            _seat(column, who, nth, known, weights) for column, who in enumerate(able) for nth in range(who.room_for)
        ],
        layers=_layers(cases, able, blocks, column_of, weights),
        never=[(row_of[case], column_of[who]) for case, who in blocks.by_case if case in row_of and who in column_of],
        only={row_of[case]: column_of.get(who, len(able)) for case, who in known.released.items() if case in row_of},
        stay={row_of[case]: column_of.get(who, len(able)) for case, who in known.planned.items() if case in row_of},
    )


def _seat(column: int, who: Candidate, nth: int, known: Known, weights: MatchingWeights) -> Seat:
    """Core auditors come before developing ones, under the core scheme; and who carries a turn over, with that one."""
    has = who.holds + nth
    later = known.core_first and who.is_developing
    waits = not (who.carried_from and has == 0)
    return Seat(column, has * weights.another_audit + who.lately * weights.lately, rank=2 * later + waits)


def _layers(
    cases: Sequence[Case],
    able: Sequence[Candidate],
    blocks: Blocks,
    column_of: Mapping[Person, int],
    weights: MatchingWeights,
) -> list[Layer]:
    teams, team_of = numbered([case.team for case in cases])
    services, service_of = numbered([case.team.service if case.team else None for case in cases])
    areas = {area for who in able for area in who.person.knowledge}
    needs, need_of = numbered([explaining.needed(case, areas) for case in cases])
    home = [(services.get(who.person.own_service), column) for column, who in enumerate(able) if who.person.own_service]
    last = [(teams.get(who.last_team), column) for column, who in enumerate(able) if who.last_team]
    tied = [(team, who) for team, who in blocks.by_team if team in teams and who in column_of]
    lack = {
        (n, column): len(need - set(who.person.knowledge))
        for need, n in needs.items()
        for column, who in enumerate(able)
        if need
    }
    return [
        Layer(team_of, {(teams[team], column_of[who]): inf for team, who in tied}),
        Layer(service_of, {(n, column): weights.same_service for n, column in home if n is not None}),
        Layer(team_of, {(n, column): weights.same_team for n, column in last if n is not None}),
        Layer(need_of, {cell: n * weights.unknown_area for cell, n in lack.items()}),
    ]


def numbered(things: Sequence[Thing]) -> tuple[dict[Thing, int], list[int]]:
    """A number for each thing, and the number of each in the order they came."""
    number_of = {thing: number for number, thing in enumerate(dict.fromkeys(things))}
    return number_of, [number_of[thing] for thing in things]
