"""Cases to auditors, exactly: values in, values out.

As many are placed as can be; then the turns that somebody carries over come first; then the wishes are weighed
against each other (`MatchingWeights`). The same cases and people give the same allocation, in whatever order they come.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from programme import explaining
from programme.blocking import NOTHING_KNOWN, Blocks, Candidate, Known, blocks_of
from programme.cases import Case
from programme.explaining import Setting
from programme.people import Person
from programme.planning_policy import MatchingWeights
from programme.solving import solve
from programme.weighing import problem_of
from programme.words import Competency


@dataclass(frozen=True)
class Placed:
    """`because` says why to this person, `traded` which wish could not be met, and why; `before` is who has it now."""

    case: Case
    person: Person
    because: str
    traded: str = ""
    before: Person | None = None

    @property
    def reason(self) -> str:
        return f"{self.because}; {self.traded}" if self.traded else self.because

    @property
    def is_developing(self) -> bool:
        return self.person.competency is Competency.DEVELOPING


@dataclass(frozen=True)
class Unplaced:
    """`change` says the smallest thing that would place it, and those that are left out with it."""

    case: Case
    because: str
    change: str = ""


@dataclass(frozen=True)
class LeftOut:
    """Records that cannot be placed for one and the same reason."""

    cases: tuple[Case, ...]
    because: str
    change: str

    @property
    def said(self) -> str:
        """'… nobody may read it: is not at work for the whole time (1). Each could be placed with …'."""
        alike = len(self.cases) > 1 and self.change.startswith("It ")
        return f"{self.because}. {'Each' + self.change[2:] if alike else self.change}"


@dataclass(frozen=True)
class Move:
    """Somebody has it by now, and would not any more; `after` is None where nobody would."""

    case: Case
    before: Person
    after: Person | None
    because: str


@dataclass(frozen=True)
class Matching:
    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    moves: tuple[Move, ...] = ()

    @property
    def new(self) -> list[Placed]:
        """What nobody has yet."""
        return [line for line in self.placed if line.before is None]

    @property
    def changes_nothing(self) -> bool:
        return not self.new and not self.moves

    @property
    def left_out(self) -> list[LeftOut]:
        """What cannot be placed, a reason at a time."""
        in_order = sorted(self.unplaced, key=lambda each: (each.because, each.change, each.case.ref))
        return [
            LeftOut(tuple(each.case for each in group), because, change)
            for (because, change), group in groupby(in_order, key=lambda each: (each.because, each.change))
        ]

    @property
    def mark(self) -> str:
        """The same for the same cases with the same people: by it, what is done is known to be what was seen."""
        lines = [f"{line.case.ref} {line.person.email}" for line in self.placed]
        lines += [f"{move.case.ref} {move.before.email} no more" for move in self.moves]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def match(
    cases: Sequence[Case],
    candidates: Sequence[Candidate],
    known: Known = NOTHING_KNOWN,
    weights: MatchingWeights | None = None,
) -> Matching:
    """The best allocation there is: as many cases as can be placed, as they are wanted."""
    cases = sorted(cases, key=lambda case: case.ref)
    people = sorted(candidates, key=lambda who: who.person.email)
    blocks = blocks_of(cases, people, known)
    pinned = _pins_that_hold(cases, people, known, blocks)
    with_pins = [_after(who, Counter(pinned.values())[who.person]) for who in people]
    free = [case for case in cases if case not in known.pinned]
    able = [who for who in with_pins if who.room_for and who.person not in blocks.always]
    solution = solve(problem_of(free, able, blocks, known, weights or MatchingWeights()))
    chosen = pinned | {free[row]: able[column].person for row, column in solution.column_of.items()}
    setting = Setting(people, able, blocks, known, chosen)
    left = explaining.left_out(solution.bottlenecks, free, setting)
    left |= {
        case: explaining.pin_that_fell(case, setting) for case in cases if case in known.pinned and case not in chosen
    }
    return Matching(
        tuple(
            Placed(
                case,
                chosen[case],
                setting.why(case, chosen[case]),
                setting.traded(case, chosen[case]),
                known.planned.get(case),
            )
            for case in cases
            if case in chosen
        ),
        tuple(Unplaced(case, *left[case]) for case in cases if case in left),
        tuple(_moves(cases, chosen, setting)),
    )


def _pins_that_hold(
    cases: Sequence[Case], people: Sequence[Candidate], known: Known, blocks: Blocks
) -> dict[Case, Person]:
    """Those chosen by hand who may have it and have room for it, one record after the other."""
    room = {who.person: who.room_for for who in people}
    pinned = {}
    for case in cases:
        person = known.pinned.get(case)
        if person and room.get(person) and not blocks.between(case, person):
            pinned[case] = person
            room[person] -= 1
    return pinned


def _after(who: Candidate, given: int) -> Candidate:
    return replace(who, room_for=who.room_for - given, holds=who.holds + given) if given else who


def _moves(cases: Sequence[Case], chosen: Mapping[Case, Person], setting: Setting) -> list[Move]:
    """What is planned now and would not stay so."""
    planned = setting.known.planned
    return [
        Move(case, planned[case], chosen.get(case), setting.why_it_moves(case, planned[case]))
        for case in cases
        if case in planned and chosen.get(case) is not planned[case]
    ]
