"""The exact arithmetic of giving rows to columns: the one room that knows NumPy and SciPy, and knows nothing of people.

A column that takes several rows is several seats, each dearer than the last, so that an even load falls out. What is
forbidden costs infinity. How many rows can be seated at all is found first (`maximum_bipartite_matching`); for the rest
as many places to stay out are added, all at one price, and `linear_sum_assignment` finds the cheapest of all the ways
to seat that many. Every cost is a whole number, and none grows beyond what a float holds exactly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any, TypeAlias

Numbers: TypeAlias = Any
"""An array of NumPy, whose types would have to be imported to be named: NumPy is loaded only where it is needed."""

Cells: TypeAlias = Mapping[tuple[int, int], float]
"""(row or group of rows, column) → what it costs."""


@dataclass(frozen=True)
class Layer:
    """What rows of one group cost alike: the group of each row, and (group, column) → cost. All else costs nothing."""

    group_of: Sequence[int]
    cells: Cells


@dataclass(frozen=True)
class Seat:
    """One place in a column. Between two places of different rank the lower is taken first, whatever else it costs."""

    column: int
    cost: int = 0
    rank: int = 0


@dataclass(frozen=True)
class Problem:
    """`seats` stand in the order of their columns. `never` are pairs that are forbidden; `only` names the one column
    a row may go to (`columns` itself is none of them); `stay` the column where it is now, which it leaves only so that
    more can be seated.
    """

    rows: int
    columns: int
    seats: Sequence[Seat]
    layers: Sequence[Layer]
    never: Sequence[tuple[int, int]] = ()
    only: Mapping[int, int] = field(default_factory=dict)
    stay: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Bottleneck:
    """Rows that can go to these columns only, which are too few: `left` are the ones without a seat.

    `one_more_each` says whether one more seat in each of these columns would seat them all.
    """

    rows: tuple[int, ...]
    left: tuple[int, ...]
    columns: tuple[int, ...]
    one_more_each: bool


@dataclass(frozen=True)
class Solution:
    """Row → column of those that have a seat, and why the others have none."""

    column_of: Mapping[int, int]
    bottlenecks: tuple[Bottleneck, ...]


def solve(problem: Problem) -> Solution:
    """The cheapest of all the ways to seat as many as can be seated."""
    from numpy import flatnonzero, full, isfinite  # noqa: PLC0415 - they take a third of a second, and 64 MB, to load
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    costs, moving = costs_of(problem)
    may = isfinite(costs)
    out = problem.rows - _most_seated(may)
    chosen = full(problem.rows, len(problem.seats))
    rows, seats = linear_sum_assignment(_with_room_to_stay_out(costs, out, moving, problem.stay) if out else costs)
    chosen[rows] = seats
    seated = flatnonzero(chosen < len(problem.seats)).tolist()
    return Solution(
        {row: problem.seats[chosen[row]].column for row in seated},
        tuple(_bottlenecks(may, chosen, [seat.column for seat in problem.seats])) if out else (),
    )


def costs_of(problem: Problem) -> tuple[Numbers, float]:
    """A cost for each row and seat, infinite where forbidden; and what it costs to move a row from where it is."""
    from numpy import array, zeros  # noqa: PLC0415

    column_of = array([seat.column for seat in problem.seats], dtype=int)
    ranks = array([float(seat.rank) for seat in problem.seats])
    costs = zeros((problem.rows, len(problem.seats)))
    dearest = float(max((seat.cost for seat in problem.seats), default=0))
    for layer in problem.layers:
        table = _table(layer, problem.columns)
        dearest += max((cost for cost in layer.cells.values() if cost < inf), default=0)
        costs += table[:, column_of][array(layer.group_of, dtype=int)]
    rank = problem.rows * dearest + 1
    costs += array([float(seat.cost) for seat in problem.seats]) + rank * ranks
    moving = problem.rows * (rank * max(ranks, default=0) + dearest) + 1
    _set_apart(costs, column_of, problem, moving)
    return costs, moving


def _table(layer: Layer, columns: int) -> Numbers:
    from numpy import array, zeros  # noqa: PLC0415

    table = zeros((max(layer.group_of, default=0) + 1, columns))
    if layer.cells:
        groups, of = array(list(layer.cells), dtype=int).T
        table[groups, of] = list(layer.cells.values())
    return table


def _set_apart(costs: Numbers, column_of: Numbers, problem: Problem, moving: float) -> None:
    """What is said of single rows: a column they never go to, the only one they go to, the one they are in."""
    from numpy import searchsorted  # noqa: PLC0415

    first = searchsorted(column_of, range(problem.columns + 2)).tolist()
    for row, column in problem.never:
        costs[row, first[column] : first[column + 1]] = inf
    for row, column in problem.only.items():
        costs[row, : first[column]] = costs[row, first[column + 1] :] = inf
    for row, column in problem.stay.items():
        costs[row, : first[column]] += moving
        costs[row, first[column + 1] :] += moving


def _with_room_to_stay_out(costs: Numbers, out: int, moving: float, stay: Mapping[int, int]) -> Numbers:
    """So many places beside the seats; a row that has a seat now would move. All else being equal the last stay out:
    the price of it falls from row to row, by so little that all of it together is less than the least of the costs.
    """
    from numpy import arange, hstack  # noqa: PLC0415

    price = arange(len(costs), 0, -1) / (len(costs) * (out + 1))
    price[list(stay)] += moving
    return hstack([costs, price[:, None].repeat(out, axis=1)])


def _most_seated(may: Numbers) -> int:
    """How many rows can be seated at the same time."""
    from numpy import ones  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415
    from scipy.sparse.csgraph import maximum_bipartite_matching  # noqa: PLC0415

    if not may.size:
        return 0
    seats, starts = may.nonzero()[1].astype("int32"), [0, *may.sum(axis=1).cumsum().tolist()]
    graph = csr_array((ones(len(seats), dtype="int8"), seats, starts), shape=may.shape)
    return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())


def _bottlenecks(may: Numbers, chosen: Numbers, column_of: Sequence[int]) -> list[Bottleneck]:
    """The rows that compete for a seat with those left out, and all the seats they could have, group by group."""
    from numpy import flatnonzero, hstack, zeros  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    rows, seats = _reached(may, chosen)
    apart = zeros((len(rows) + len(seats),) * 2, dtype=bool)
    apart[: len(rows), len(rows) :] = may[rows][:, seats]
    many, group = connected_components(csr_array(apart), directed=False)
    found = []
    for each in range(many):
        of = rows[flatnonzero(group[: len(rows)] == each)]
        columns = sorted({column_of[seat] for seat in seats[flatnonzero(group[len(rows) :] == each)].tolist()})
        firsts = [column_of.index(column) for column in columns]
        room = hstack([may[of][:, seats], may[of][:, firsts]])
        left = [row for row in of.tolist() if chosen[row] >= len(column_of)]
        found.append(Bottleneck(tuple(of.tolist()), tuple(left), tuple(columns), _most_seated(room) == len(of)))
    return found


def _reached(may: Numbers, chosen: Numbers) -> tuple[Numbers, Numbers]:
    """From the rows left out: every seat they could have, every row that has one of these, and so on."""
    from numpy import flatnonzero, full, zeros  # noqa: PLC0415

    many = may.shape[1]
    row_of = full(many, -1)
    row_of[chosen[chosen < many]] = flatnonzero(chosen < many)
    new = flatnonzero(chosen >= many)
    rows, seats = zeros(len(may), dtype=bool), zeros(many, dtype=bool)
    while len(new):
        rows[new] = True
        more = flatnonzero(may[new].any(axis=0) & ~seats)
        seats[more] = True
        new = row_of[more]
    return flatnonzero(rows), flatnonzero(seats)
