"""Whose turn it is: groups follow one another month by month, and a turn is one person's duty in one month."""

from dataclasses import dataclass

from programme.people import Person


@dataclass(eq=False)
class Turn:
    """`why` says in words how the turn came to this person: by the rota, or by a swap."""

    person: Person
    month: str
    why: str
    id: int | None = None
