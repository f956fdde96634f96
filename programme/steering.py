"""What those who run the month say of one line of the allocation: this person, or not this one."""

from dataclasses import dataclass

from programme.cases import Case
from programme.people import Person
from programme.words import SteerKind


@dataclass(eq=False)
class Steer:
    month: str
    case: Case
    person: Person
    kind: SteerKind
    by: Person
    id: int | None = None
