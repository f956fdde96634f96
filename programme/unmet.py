"""What should have happened and has not: what the auditor job looks for, so that nothing is lost in silence."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GRACE = timedelta(minutes=20)
"""So long a message or a reminder may take; what takes longer is late."""


class Lack(StrEnum):
    LATE = "late"
    """A message that is due, and neither sent, failed nor dropped."""
    LOST = "lost"
    """A message that the history made, and that is nowhere."""
    NOT_TAKEN = "not_taken"
    """A step of a ladder that was due and has no row."""


@dataclass(eq=False)
class Unmet:
    """One of these; `what` tells it from all others, `about` is the reference a person knows it by."""

    lack: Lack
    what: str
    about: str
    since: datetime
    id: int | None = None


def said_of(many: int, about: Collection[str] = ()) -> str:
    """In a sentence without names; the references where somebody is to look for them."""
    said = f"{many} {'message is' if many == 1 else 'messages are'} late or missing"
    return f"{said}: {', '.join(sorted(set(about)))}." if about else f"{said}."
