"""Alerts that nobody has in hand are told again, and to more people: at any hour of any day."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from scheduler.sweeps.steps import Steps
from storage import alarming, find, made_safe
from storage.office import Office
from storage.session import Session


@dataclass(frozen=True)
class Alarms:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each alert: a worker that is told to stop leaves the rest for its next life."""

    def sweep(self) -> int:
        """Take every step that is due; how many alerts were told again, or said to be seen to by who confirmed their
        action. A child's danger is never left alone.
        """
        with self.office.record.reading() as session:
            confirmed, refs = find.alerts.confirmed_and_not_seen(session), find.alerts.in_nobodys_hands(session)
        steps = Steps.of(self.office, "alarm", self.enough, gives_up=False)
        noted = steps.take((ref, partial(self._note, ref)) for ref in confirmed)
        return noted + steps.take((ref, partial(self._repeat, ref)) for ref in refs)

    def _note(self, ref: str, session: Session) -> bool:
        return made_safe.note_confirmed(session, self.office, ref)

    def _repeat(self, ref: str, session: Session) -> bool:
        return alarming.repeat(session, self.office, ref)
