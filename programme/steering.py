"""What those who run the month say of one line of the allocation: this person, or not this one."""

from collections.abc import Sequence
from dataclasses import dataclass

from programme.blocking import Candidate, Known, blocked
from programme.cases import Case
from programme.facts import Fact
from programme.people import Person
from programme.planning_facts import AllocationSteered
from programme.refusals import Refusal
from programme.rounds import Round
from programme.words import SteerKind


@dataclass(eq=False)
class Steer:
    month: str
    case: Case
    person: Person
    kind: SteerKind
    by: Person
    id: int | None = None

    def taken_back(self) -> list[Fact]:
        return [_steered(self, "freed")]


def pin(
    opened: Round, case: Case, who: Candidate, known: Known, others: Sequence[Steer], *, by: Person
) -> tuple[Steer, list[Fact]]:
    """Give a record to this person. `others` are what was said by hand of this month so far."""
    opened.must_be_running()
    rule = blocked(case, who, known)
    if rule:
        msg = f"{case.ref} cannot be given to {who.person.name}, who {rule}."
        raise Refusal(msg, field="person")
    theirs = [each for each in others if each.kind is SteerKind.PINNED and each.person is who.person]
    if len([each for each in theirs if each.case is not case]) >= who.room_for:
        msg = f"{case.ref} cannot be given to {who.person.name}, who has no room for one more."
        raise Refusal(msg, field="person")
    return _said(opened, case, who.person, SteerKind.PINNED, by)


def bar(opened: Round, case: Case, person: Person, *, by: Person) -> tuple[Steer, list[Fact]]:
    """Keep a record from this person."""
    opened.must_be_running()
    return _said(opened, case, person, SteerKind.BARRED, by)


def replaced(case: Case, person: Person, kind: SteerKind, others: Sequence[Steer]) -> list[Steer]:
    """What was said before and is no more: of the same two, and, where one is to have it, that another was to."""
    return [
        each
        for each in others
        if each.case is case and (each.person is person or kind is each.kind is SteerKind.PINNED)
    ]


def _said(opened: Round, case: Case, person: Person, kind: SteerKind, by: Person) -> tuple[Steer, list[Fact]]:
    steer = Steer(opened.month, case, person, kind, by)
    return steer, [_steered(steer, kind)]


def _steered(steer: Steer, how: str) -> AllocationSteered:
    return AllocationSteered(about=steer.month, case=steer.case.ref, person=steer.person.reference, how=how)
