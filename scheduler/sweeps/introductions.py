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
    enough: Callable[[], bool] = lambda: False
    """Asked before each person: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """Look up everyone whose account is not known. Stops quietly while Slack cannot be reached."""
        with self.office.record.reading() as session:
            today = self.office.today(session)
            unknown = [(person.id, person.email) for person in find.people.not_yet_on_slack(session, on=today)]
        met = 0
        for tried, (number, email) in enumerate(unknown):
            if self.enough():
                break
            try:
                met += self._meet(number, email)
            except ConnectionError:
                log.warning(
                    "Slack cannot be reached; accounts are looked up later", extra={"left": len(unknown) - tried}
                )
                break
            except Exception:
                log.exception("a Slack account could not be looked up", extra={"person": number})
        return met

    def _meet(self, number: int | None, email: str) -> bool:
        account = self.find_account(email)
        return account is not None and number is not None and self._introduce(number, account)

    def _introduce(self, number: int, account: str) -> bool:
        with self.office.record.writing() as session:
            person = find.people.by_id(session, number)
            if person is None or person.slack_user_id is not None:
                return False  # another worker was quicker
            if find.people.by_slack(session, account):
                log.warning("a Slack account is claimed by two people", extra={"person": number})
                return False
            person.slack_user_id = account
            find.notices.try_now(session, person)
            return True
