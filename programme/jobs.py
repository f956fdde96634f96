"""What the worker does by itself, as the record knows it: how each job stands, and what broke so often that it waits.

All of it is the machine's time. A fault leaves a short code, never its text: that may quote what somebody wrote.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

WELL, LATE, FAILING = "well", "late", "failing"
"""How a job stands."""

TRIES = 5
"""After so many failures a thing waits for a person."""

FIRST_REST = timedelta(minutes=1)

APART_AT_MOST = timedelta(seconds=60)
"""A worker whose clock is further from the database's than this does nothing: leases run two minutes."""


@dataclass(eq=False)
class Job:
    """One job of the timetable, whichever worker did it last. `failing` counts the failures since it last went well."""

    name: str
    purpose: str
    late_at: datetime
    """When somebody should look, unless it has gone well before."""
    worker: str = ""
    began_at: datetime | None = None
    ended_at: datetime | None = None
    succeeded_at: datetime | None = None
    failed_at: datetime | None = None
    runs: int = 0
    failures: int = 0
    failing: int = 0
    code: str = ""
    id: int | None = None

    def how_it_stands(self, at: datetime) -> str:
        if self.failing:
            return FAILING
        return LATE if at > self.late_at else WELL


@dataclass(eq=False)
class SetAside:
    """One thing that a job could not do. After five failures a person must look, whether it is tried again or not."""

    job: str
    about: str
    since: datetime
    tries: int = 0
    retry_at: datetime | None = None
    code: str = ""
    id: int | None = None

    def failed(self, code: str, *, at: datetime, gives_up: bool = True) -> None:
        """`gives_up`: whether it rests longer each time, then is left alone; what cannot wait is tried each minute."""
        self.tries += 1
        self.code = code
        if not gives_up:
            self.retry_at = at + FIRST_REST
        elif self.waits_for_a_person:
            self.retry_at = None
        else:
            self.retry_at = at + FIRST_REST * 2 ** (self.tries - 1)

    def rests(self, at: datetime) -> bool:
        return self.retry_at is None or at < self.retry_at

    @property
    def waits_for_a_person(self) -> bool:
        return self.tries >= TRIES


def code_of(fault: Exception) -> str:
    """What kind of fault it was, and nothing of what it says."""
    return type(fault).__name__[:60]
