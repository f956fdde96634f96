"""Reminding: what is due of each audit or action is said once, in the hours of a working day.

Each is one short transaction, in which it is judged again: what is taken stands in the record with what it tells, so
that a worker that is killed, or two at once, can neither lose nor double a step.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Generic

from programme.chasing import Chased, is_reminding_time
from scheduler.sweeps.steps import Steps
from storage import chasing
from storage.chasing import Ladder, Leader, Subject
from storage.office import Office
from storage.session import Session

BATCH = 20

Told = tuple[int, str]
"""A Head of Service by number, and what their digest is about."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Looked:
    """What a look at one audit or action found: whether its person is to hear, and which Head of Service."""

    ref: str
    said: bool
    tells: Told | None


@dataclass(frozen=True)
class Reminders(Generic[Subject]):
    """The sweep of one ladder."""

    office: Office
    ladder: Ladder[Subject]
    enough: Callable[[], bool] = lambda: False
    """Asked before each step: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """Take every step that is due now. How many people were told something."""
        with self.office.record.reading() as session:
            if not is_reminding_time(self.office.now(session), self.office.rules):
                return 0
            refs = self.ladder.reached(session, on=self.office.today(session), rules=self.office.rules)
        steps = Steps.of(self.office, self.ladder.job, self.enough)
        refs = steps.ready(refs)
        batches = [refs[first : first + BATCH] for first in range(0, len(refs), BATCH)]
        looked = [each for batch in batches for each in self._looked_at(batch, steps)]
        # First the Heads of Service: what an auditor hears then says that they know.
        heads = ((f"PER-{number}", partial(self._tell, number, late)) for (number, _), late in _by_head(looked).items())
        told = steps.take(heads)
        return told + steps.take((each.ref, partial(self._remind, each.ref)) for each in looked if each.said)

    def _looked_at(self, refs: Sequence[str], steps: Steps) -> list[Looked]:
        with self.office.record.reading() as session:
            at = self.office.now(session)
            judged = list(self._judged(session, refs, at))
        for ref, found in judged:
            if isinstance(found, Exception):
                steps.failed(ref, found)
        return [found for _, found in judged if isinstance(found, Looked)]

    def _judged(self, session: Session, refs: Sequence[str], at: datetime) -> Iterator[tuple[str, Looked | Exception]]:
        """What is due of each, or why that cannot be said."""
        leader = chasing.who_leads(session, at=at)
        for subject, taken in self.ladder.find(session, refs):
            try:
                chased = self.ladder.judged(subject, taken, at, self.office.rules)
                if chased:
                    yield subject.ref, Looked(chased.ref, bool(chased.due.said), _tells(session, chased, leader, at))
            except Exception as fault:
                log.exception("what is due could not be judged", extra={"ref": subject.ref})
                yield subject.ref, fault

    def _tell(self, number: int, late: Sequence[str], session: Session) -> bool:
        return chasing.tell_head(session, self.office, self.ladder, number, late)

    def _remind(self, ref: str, session: Session) -> bool:
        return chasing.remind(session, self.office, self.ladder, ref)


def _tells(session: Session, chased: Chased, leader: Leader, at: datetime) -> Told | None:
    head = chasing.head_to_tell_now(session, chased, leader, at=at)
    return (head.id or 0, chased.topic) if head else None


def _by_head(looked: Sequence[Looked]) -> Mapping[Told, list[str]]:
    late: dict[Told, list[str]] = defaultdict(list)
    for each in looked:
        if each.tells:
            late[each.tells].append(each.ref)
    return late
