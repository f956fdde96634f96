"""Alerts that nobody has in hand are told again, and to more people: at any hour of any day."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from storage import alarming, find
from storage.office import Office
from storage.session import Conflict

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Alarms:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each alert: a worker that is told to stop leaves the rest for its next life."""

    def sweep(self) -> int:
        """Take every step that is due; how many alerts were told again."""
        with self.office.record.reading() as session:
            refs = find.alerts.in_nobodys_hands(session)
        return sum(self._repeated(ref) for ref in refs if not self.enough())

    def _repeated(self, ref: str) -> bool:
        try:
            with self.office.record.writing() as session:
                return alarming.repeat(session, self.office, ref)
        except Conflict:
            log.info("somebody else was first", extra={"ref": ref})
        except Exception:
            log.exception("an alert could not be told again", extra={"ref": ref})
        return False
