"""One job of the timetable as one worker does it: not after it was told to stop, not by a wrong clock, and what has a
period once for all workers. What it raises stops nothing; it is kept as failed, and the next turn comes.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from programme.jobs import Job, code_of
from scheduler.timetable import Turn
from storage import jobs
from storage.office import Office
from storage.session import Conflict

NOTED_EVERY_SECONDS = 60.0
"""What runs each second is written down each minute; at once when it begins to fail, or does no longer."""

log = logging.getLogger(__name__)


class InHand:
    """How many jobs are at work in this process."""

    def __init__(self) -> None:
        self._many = 0
        self._changed = threading.Condition()

    @contextmanager
    def one_more(self) -> Iterator[None]:
        with self._changed:
            self._many += 1
        try:
            yield
        finally:
            with self._changed:
                self._many -= 1
                self._changed.notify_all()

    def all_done(self, *, within_seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self._many == 0, within_seconds)


@dataclass
class JobsTurn:
    """Called when the clock wakes it; never twice at the same time."""

    turn: Turn
    job: Callable[[], object]
    office: Office
    worker: str
    ticks: Callable[[], float]
    settled: str = ""
    """The period of which this worker knows that it is done."""
    _since: Job | None = field(default=None, init=False)
    """What it did and has not written down yet."""
    _noted: float | None = field(default=None, init=False)
    _failing: bool = field(default=False, init=False)

    def __call__(self) -> None:
        period = self.turn.when.period(self.office.real_now())
        try:
            if not period:
                self._do()
            elif period != self.settled:
                self._once(period)
        except Exception:
            # Not the job itself, but writing down what it came to: the database is away, and says so elsewhere.
            log.exception("a turn could not be written down", extra={"job": self.turn.job, "worker": self.worker})

    def _once(self, period: str) -> None:
        """Do it unless it is done for this period, or another worker has it in hand."""
        name = self.turn.job
        try:
            with self.office.record.writing() as session:
                mine = jobs.begin(session, name, period, worker=self.worker, at=self.office.real_now())
                done = not mine and jobs.is_done(session, name, period)
        except Conflict:
            return
        if mine:
            code = self._do()
            with self.office.record.writing() as session:
                jobs.end(session, name, period, worker=self.worker, at=self.office.real_now(), code=code)
            done = not code
        if done:
            self.settled = period

    def _do(self) -> str:
        """The code of what it raised; empty where it went well."""
        began_at, code = self.office.real_now(), ""
        try:
            self.job()
        except Exception as fault:
            code = code_of(fault)
            log.exception("a job broke", extra={"job": self.turn.job, "worker": self.worker, "code": code})
        self._count(code, began_at=began_at)
        return code

    def _count(self, code: str, *, began_at: datetime) -> None:
        at = self.office.real_now()
        since = self._since or Job(self.turn.job, self.turn.purpose, at, self.worker)
        self._since = since
        since.began_at, since.ended_at, since.runs = began_at, at, since.runs + 1
        if code:
            since.failed_at, since.code = at, code
            since.failures, since.failing = since.failures + 1, since.failing + 1
        else:
            since.succeeded_at, since.late_at, since.failing = at, at + self.turn.when.may_take, 0
        if self._noted is None or bool(code) != self._failing or self.ticks() - self._noted >= NOTED_EVERY_SECONDS:
            self._note(since)
            self._failing = bool(code)

    def _note(self, since: Job) -> None:
        with self.office.record.writing() as session:
            jobs.note(session, since)
        self._since, self._noted = None, self.ticks()
