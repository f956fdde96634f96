"""What ties a person to a team, a child's record or a colleague, and so decides what they may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from programme.facts import Fact
from programme.planning_facts import DeputyNamed, PeopleKeptApart, TieDeclared, TieTakenBack
from programme.refusals import Refusal

if TYPE_CHECKING:  # people and cases import this room
    from programme.cases import Case
    from programme.people import Person, Team


@dataclass(eq=False)
class Posting:
    """Somebody's time in a team, first and last day included; an open end reaches as far as is known."""

    person: "Person"
    team: "Team"
    first_day: date | None = None
    last_day: date | None = None
    id: int | None = None


@dataclass(eq=False)
class Conflict:
    """Somebody should not read about one child, or about any child of one team. Why is not asked."""

    person: "Person"
    declared_on: date
    case: "Case | None" = None
    team: "Team | None" = None
    id: int | None = None

    @property
    def apart_from(self) -> str:
        """What they do not read: a child's record by its reference, or a team by its name."""
        return self.case.ref if self.case else self.team.name if self.team else ""


@dataclass(eq=False)
class KeptApart:
    """Two people of whom neither reads what the other did. Why is not asked."""

    one: "Person"
    other: "Person"
    id: int | None = None


@dataclass(eq=False)
class Deputy:
    """Somebody acts for another for a time, first and last day included."""

    person: "Person"
    deputy: "Person"
    first_day: date
    last_day: date
    id: int | None = None


def declare(
    person: "Person", *, on: date, case: "Case | None" = None, team: "Team | None" = None
) -> tuple[list[Conflict], list[Fact]]:
    """Somebody should not read about this child, or this team's children. Said twice it is known."""
    if case is None and team is None:
        msg = "Name a child's record or a team."
        raise Refusal(msg, field="apart_from")
    if any((each.case, each.team) == (case, team) for each in person.conflicts):
        return [], []
    made = Conflict(person, on, case, team)
    return [made], [TieDeclared(about=person.reference, apart_from=made.apart_from)]


def take_back(person: "Person", conflict: Conflict) -> list[Fact]:
    return [TieTakenBack(about=person.reference, apart_from=conflict.apart_from)]


def keep_apart(person: "Person", other: "Person", known: Sequence[KeptApart]) -> tuple[list[KeptApart], list[Fact]]:
    """Neither reads what the other did. A pair stands once, whoever of the two was named first."""
    if person is other:
        msg = "Choose somebody else: nobody is kept apart from themselves."
        raise Refusal(msg, field="other")
    if any(other in (each.one, each.other) for each in known):
        return [], []
    one, two = sorted((person, other), key=lambda each: each.id or 0)
    return [KeptApart(one, two)], [PeopleKeptApart(about=person.reference, apart_from=other.reference)]


def no_more_apart(pair: KeptApart, person: "Person") -> list[Fact]:
    other = pair.other if pair.one is person else pair.one
    return [TieTakenBack(about=person.reference, apart_from=other.reference)]


def name_deputy(
    person: "Person", deputy: "Person", first: date | None, last: date | None
) -> tuple[list[Deputy], list[Fact]]:
    """Somebody acts for another from one day to another."""
    if deputy is person:
        msg = "Choose somebody else to stand in."
        raise Refusal(msg, field="deputy")
    if first is None or last is None:
        msg = "Choose the first and the last day."
        raise Refusal(msg, field="first_day" if first is None else "last_day")
    if last < first:
        msg = "The last day is before the first."
        raise Refusal(msg, field="last_day")
    overlapping = [each for each in person.deputies if each.first_day <= last and first <= each.last_day]
    if any(each.deputy is deputy for each in overlapping):
        msg = f"{deputy.name} stands in on some of these days already."
        raise Refusal(msg, field="deputy")
    named = DeputyNamed(
        about=person.reference, deputy=deputy.reference, first_day=first.isoformat(), last_day=last.isoformat()
    )
    return [Deputy(person, deputy, first, last)], [named]
