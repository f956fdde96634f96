"""What somebody still owes: a month whose audit they did not do is made up for once, in a later month.

Who returned late owes nothing, nor does who was not at work for the whole window, who had a part in the child's record,
or whose record was not suitable. Of several audits held in one month one that came back is enough. Whoever could not do
a carried-over audit keeps their place: it is owed still, and as the same one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from programme.people import Person
from programme.rota import CARRIED, Owed, Turn
from programme.words import RETURNED, AllocationState, Reason

NOT_THEIR_DOING = frozenset({Reason.PART_IN_CASE, Reason.NOT_SUITABLE})


class Went(StrEnum):
    """How somebody's month went."""

    DID = "did"
    UNDER_WAY = "under way"
    MISSED = "missed"
    EXCUSED = "excused"
    COULD_NOT = "could not take part"


@dataclass(frozen=True)
class Ended:
    """How one audit ended with its holder, or that it has not."""

    state: AllocationState
    reason: str | None = None
    in_core: bool = False
    """Given to a member of the core group, who has every month's turn anyhow and makes up for nothing."""


@dataclass(frozen=True)
class Part:
    """One person's part in one month: their turn, what they held, and whether they were away for all of its window."""

    person: Person
    month: str
    turn: Turn | None = None
    held: tuple[Ended, ...] = ()
    away: bool = False

    @property
    def went(self) -> Went:
        states = {each.state for each in self.held}
        if states & RETURNED:
            return Went.DID
        if states & {AllocationState.PLANNED, AllocationState.OUT}:
            return Went.UNDER_WAY
        if any(_was_missed(each) for each in self.held):
            return Went.COULD_NOT if self.away else Went.MISSED
        return Went.EXCUSED if self.held else Went.COULD_NOT

    @property
    def makes_up(self) -> bool:
        return self.turn is not None and self.turn.carried_from != ""


def _was_missed(each: Ended) -> bool:
    return each.state is AllocationState.NOT_RETURNED and each.reason not in NOT_THEIR_DOING


def owed(parts: Sequence[Part], *, given_out: Collection[str], over: Collection[str]) -> list[Owed]:
    """Every audit that is owed and has not had its month.

    A carry-over whose month is given out stays where it is. Once that month is `over` and it was not done, it is owed
    again, as of that month: so one audit that is carried on and on is one all the way.
    """
    has_had_its_month = {
        (part.person, part.turn.carried_from)
        for part in parts
        if part.turn is not None and part.makes_up and (part.month in given_out or part.turn.why != CARRIED)
    }
    by_month = {(part.person, part.month): part for part in parts}
    return [
        Owed(part.person, part.month)
        for part in parts
        if (part.went is Went.MISSED or part.month in over)
        and _is_left(part, by_month)
        and (part.person, part.month) not in has_had_its_month
    ]


def _is_left(part: Part | None, by_month: Mapping[tuple[Person, str], Part]) -> bool:
    """Whether a month's audit is not done. One that makes up for another is left only while that one is, too."""
    if part is None or part.went in {Went.DID, Went.UNDER_WAY}:
        return False
    if part.turn is not None and part.makes_up:
        return _is_left(by_month.get((part.person, part.turn.carried_from)), by_month)
    return part.went is Went.MISSED and not all(each.in_core for each in part.held)
