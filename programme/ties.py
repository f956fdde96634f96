"""What ties a person to a team, a child's record or a colleague, and so decides what they may read."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

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
