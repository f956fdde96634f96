"""The auditor job: it sends nothing, and looks whether everything that was due has come to something."""

import logging
from dataclasses import dataclass

from storage import auditing
from storage.office import Office

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Auditor:
    office: Office

    def sweep(self) -> int:
        """How many messages and reminders are late or missing."""
        with self.office.record.reading() as session:
            found = auditing.look(session, self.office)
        with self.office.record.writing() as session:
            many = auditing.keep(session, found)
        if many:
            log.warning("messages are late or missing", extra={"left": many})
        return many
