"""Which job runs how often. The clock only wakes them; what is due, and that nothing runs twice, is in the record."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Turn:
    job: str
    every_seconds: float


TIMETABLE = (
    Turn("deliver", 1),
    Turn("introduce", 30),
    Turn("beat", 10),
)
