"""What those who work with the child say before their record is read."""

from dataclasses import dataclass
from datetime import datetime

from programme.cases import FrameEntry
from programme.people import Person


@dataclass(eq=False)
class Beforehand:
    entry: FrameEntry
    person: Person
    said_at: datetime
    proud_of: str = ""
    got_in_the_way: str = ""
    may_be_asked: str = ""
    id: int | None = None
