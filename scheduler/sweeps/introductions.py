"""Finding out which Slack account belongs to whom: once, by the e-mail address the people list gives."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from storage import find
from storage.office import Office

FindAccount = Callable[[str], str | None]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Introductions:
    office: Office
    find_account: FindAccount

    def sweep(self) -> int:
        """Look up everyone whose account is not known. Stops quietly while Slack cannot be reached."""
        with self.office.record.reading() as session:
            unknown = [(person.id, person.email) for person in find.people.not_yet_on_slack(session)]
        met = 0
        for number, email in unknown:
            try:
                account = self.find_account(email)
            except ConnectionError:
                log.warning("Slack cannot be reached; accounts are looked up later", extra={"left": len(unknown) - met})
                return met
            met += bool(account and number and self._introduce(number, account))
        return met

    def _introduce(self, number: int, account: str) -> bool:
        with self.office.record.writing() as session:
            person = find.people.by_id(session, number)
            if person is None or find.people.by_slack(session, account):
                log.warning("a Slack account is claimed by two people", extra={"person": number})
                return False
            person.slack_user_id = account
            find.notices.try_now(session, person)
            return True
