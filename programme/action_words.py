"""How what is asked round an action ends: more time, passing it on, and looking at it again."""

from enum import StrEnum


class Extending(StrEnum):
    """Taken by its owner, asked for, decided, set by who leads them, or closed because the action moved on first."""

    TAKEN = "taken"
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    SET = "set"
    CLOSED = "closed"


MOVED_THE_DATE = frozenset({Extending.TAKEN, Extending.APPROVED, Extending.SET})


class PassingState(StrEnum):
    """Accepted or declined by who was named; placed or left where it is by who leads its owner."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PLACED = "placed"
    LEFT = "left"
    CLOSED = "closed"


class Looked(StrEnum):
    """What came of looking at an action again."""

    WAITING = "waiting"
    STANDS = "stands"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


LOOKED_LABELS = {
    Looked.STANDS: "It stands as it is",
    Looked.CHANGED: "It is changed",
    Looked.WITHDRAWN: "It is withdrawn",
}
"""The answers there are to choose from."""
