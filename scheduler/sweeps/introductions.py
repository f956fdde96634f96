"""Finding out which Slack account is whose, once, by the address the people list gives; and who it is that knocks."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from programme.accounts import Account
from scheduler.sweeps.steps import Steps
from storage import find, introducing
from storage.office import Office

FindAccount = Callable[[str], Account]
"""What Slack says of an account: by an address, or by its id. ConnectionError while Slack cannot be asked."""

AT_ONCE = 20
"""Slack allows fifty look-ups a minute, and people who are not known yet are looked up beside these."""

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
            unknown = [(person.id or 0, person.email) for person in find.people.not_yet_on_slack(session, on=today)]
        met, steps = 0, Steps.of(self.office, "introduce", self.enough)
        for tried, (number, email) in enumerate(unknown):
            if self.enough():
                break
            if steps.rests(f"PER-{number}"):
                continue
            try:
                met += self._meet(number, email)
            except ConnectionError:
                log.warning(
                    "Slack cannot be reached; accounts are looked up later", extra={"left": len(unknown) - tried}
                )
                break
            except Exception as fault:
                log.exception("a Slack account could not be looked up", extra={"person": number})
                steps.failed(f"PER-{number}", fault)
        return met

    def _meet(self, number: int, email: str) -> bool:
        account = self.find_account(email)
        with self.office.record.writing() as session:
            person = find.people.by_id(session, number)
            return person is not None and introducing.meet(session, self.office, person, account)


@dataclass(frozen=True)
class Knocks:
    """Who it is that knocked without being known, as Slack names them; who has not for long is forgotten."""

    office: Office
    look_up: FindAccount
    enough: Callable[[], bool] = lambda: False

    def sweep(self) -> int:
        """How many accounts Slack told us of."""
        with self.office.record.writing() as session:
            introducing.forget(session, now=self.office.now(session))
            unknown = find.knocks.to_look_up(session, at_most=AT_ONCE)
        told, steps = 0, Steps.of(self.office, "who_knocked", self.enough)
        for account in steps.ready(unknown):
            if self.enough():
                break
            try:
                told += self._note(account)
            except ConnectionError:
                log.warning("Slack cannot be reached; who knocked is looked up later")
                break
            except Exception as fault:
                log.exception("who knocked could not be looked up")
                steps.failed(account, fault)
        return told

    def _note(self, account: str) -> bool:
        said = self.look_up(account)
        with self.office.record.writing() as session:
            knock = find.knocks.by_account(session, account)
            if knock is None:
                return False  # matched meanwhile
            knock.note(said, at=self.office.now(session))
            return said.standing is not None
