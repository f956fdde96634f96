"""Many small steps, each in a transaction of its own: what fails rests for a while, and the others go on.

A thing that failed is not tried again each ten seconds, but after one minute, two, four; after five failures it is set
aside, and whoever runs the month sees it.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import takewhile
from typing import Self

from programme.chasing import is_reminding_time
from programme.jobs import SetAside, code_of
from storage import aside, find
from storage.office import Office
from storage.session import Conflict, Session

Step = tuple[str, Callable[[Session], bool]]
"""What it is about, by its reference, and the step itself: whether anything came of it."""

log = logging.getLogger(__name__)


def take(office: Office, job: str, steps: Iterable[Step], enough: Callable[[], bool]) -> int:
    """Take every step of a job that does not rest, until a worker that is told to stop has enough. How many came to
    anything.
    """
    return Steps.of(office, job, enough).take(steps)


@dataclass(frozen=True)
class Steps:
    """One sweep's steps. `gives_up` is False where nothing may be left alone, however often it failed."""

    office: Office
    job: str
    enough: Callable[[], bool]
    failed_before: dict[str, SetAside]
    gives_up: bool = True

    @classmethod
    def of(cls, office: Office, job: str, enough: Callable[[], bool], *, gives_up: bool = True) -> Self:
        with office.record.reading() as session:
            failed_before = {thing.about: thing for thing in find.jobs.failed_things(session, job)}
        return cls(office, job, enough, failed_before, gives_up)

    def take(self, steps: Iterable[Step]) -> int:
        return sum(self._take_one(about, step) for about, step in takewhile(lambda _: not self.enough(), steps))

    def _take_one(self, about: str, step: Callable[[Session], bool]) -> bool:
        if self.rests(about):
            return False
        try:
            with self.office.record.writing() as session:
                came_to_something = step(session)
                self._went_well(session, about)
        except Conflict:
            log.info("somebody else was first", extra={"ref": about})
        except Exception as fault:
            log.exception("a step of a sweep broke", extra={"job": self.job, "ref": about})
            self.failed(about, fault)
        else:
            return came_to_something
        return False

    def ready(self, refs: Sequence[str]) -> list[str]:
        """Those that do not rest."""
        return [ref for ref in refs if not self.rests(ref)]

    def rests(self, about: str) -> bool:
        before = self.failed_before.get(about)
        return before is not None and before.rests(self.office.real_now())

    def failed(self, about: str, fault: Exception) -> None:
        """It rests for a while, or for good once it has failed too often."""
        # Where another worker failed at it in the same moment, that is noted already.
        with suppress(Conflict), self.office.record.writing() as session:
            at = self.office.real_now()
            aside.failed(session, self.job, about, code_of(fault), at=at, gives_up=self.gives_up)

    def _went_well(self, session: Session, about: str) -> None:
        if about in self.failed_before:
            aside.went_well(session, self.job, about)


def due_in_hours(office: Office, due: Callable[[Session], Sequence[Step]]) -> Sequence[Step]:
    """What one look finds to do; nothing outside the hours of a working day."""
    with office.record.reading() as session:
        return due(session) if is_reminding_time(office.now(session), office.rules) else []
