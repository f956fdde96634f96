"""Reminding: what is due of each audit or action is said once, in the hours of a working day.

Each is one short transaction, in which it is judged again: what is taken stands in the record with what it tells, so
that a worker that is killed, or two at once, can neither lose nor double a step.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic

from programme.chasing import Chased, is_reminding_time
from programme.people import Person
from storage import chasing
from storage.chasing import Ladder, Subject
from storage.office import Office
from storage.session import Conflict, Session

BATCH = 20

Leader = Callable[[Person], Person | None]

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
            refs = self.ladder.still_open(session)
        batches = [refs[first : first + BATCH] for first in range(0, len(refs), BATCH)]
        looked = [each for batch in batches for each in self._looked_at(batch)]
        # First the Heads of Service: what an auditor hears then says that they know.
        told = sum(self._told(number, late) for (number, _), late in _by_head(looked).items())
        return told + sum(self._reminded(each.ref) for each in looked if each.said)

    def _looked_at(self, refs: Sequence[str]) -> list[Looked]:
        with self.office.record.reading() as session:
            at = self.office.now(session)
            return list(self._judged(session, refs, at))

    def _judged(self, session: Session, refs: Sequence[str], at: datetime) -> Iterator[Looked]:
        leader = chasing.who_leads(session, at=at)
        for subject, steps in self.ladder.find(session, refs):
            try:
                chased = self.ladder.judged(subject, steps, at, self.office.rules)
                if chased:
                    yield Looked(chased.ref, bool(chased.due.said), _tells(session, chased, leader, at))
            except Exception:
                log.exception("what is due could not be judged", extra={"ref": subject.ref})

    def _told(self, number: int, late: Sequence[str]) -> bool:
        return self._take(
            f"PER-{number}", lambda session: chasing.tell_head(session, self.office, self.ladder, number, late)
        )

    def _reminded(self, ref: str) -> bool:
        return self._take(ref, lambda session: chasing.remind(session, self.office, self.ladder, ref))

    def _take(self, about: str, step: Callable[[Session], bool]) -> bool:
        """One step in a transaction of its own. What fails is set aside until the next sweep, and the others go on."""
        if self.enough():
            return False
        try:
            with self.office.record.writing() as session:
                return step(session)
        except Conflict:
            log.info("somebody else was first", extra={"ref": about})
        except Exception:
            log.exception("a step could not be taken", extra={"ref": about})
        return False


def _tells(session: Session, chased: Chased, leader: Leader, at: datetime) -> Told | None:
    """The Head of Service who is to be told now; None where it is not time, or they have had the day's digest."""
    head = leader(chased.person) if chased.due.tells_head else None
    if head is None or head.id is None or not chasing.may_be_told(session, head, chased.topic, at=at):
        return None
    return head.id, chased.topic


def _by_head(looked: Sequence[Looked]) -> Mapping[Told, list[str]]:
    late: dict[Told, list[str]] = defaultdict(list)
    for each in looked:
        if each.tells:
            late[each.tells].append(each.ref)
    return late
