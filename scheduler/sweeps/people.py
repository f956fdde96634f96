"""What people leave behind is handed on the same day, places they left are asked for, and closed accounts noticed."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from programme.chasing import is_reminding_time
from programme.planning_facts import SlackAccountGone
from programme.words import Role
from scheduler.sweeps.introductions import FindAccount
from scheduler.sweeps.steps import take
from storage import find, handing_on, journal, staffing
from storage.office import Office
from storage.session import Session

AT_ONCE = 20
"""Slack allows fifty look-ups a minute, and people who are not known yet are looked up beside these."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LeftBehind:
    """Each in a transaction of its own, in the hours of a working day. What fails is left until the next sweep."""

    office: Office
    enough: Callable[[], bool] = lambda: False

    def sweep(self) -> int:
        """How many people's open work went to somebody else, and how many places were asked for."""
        with self.office.record.reading() as session:
            now, today = self.office.now(session), self.office.today(session)
            if not is_reminding_time(now, self.office.rules):
                return 0
            people = [
                (who.reference, partial(self._hand_on, who.id or 0)) for who in find.people.left_behind(session, today)
            ]
            places = [(ref, partial(self._ask, ref)) for ref in staffing.places_to_ask_for(session, self.office)]
        return take(self.office, [*people, *places], self.enough)

    def _hand_on(self, number: int, session: Session) -> bool:
        person = find.people.whole(session, number, to_change=True)
        handed = handing_on.hand_on(session, self.office, person, by=None)
        return bool(handed.audits or handed.actions or handed.swaps)

    def _ask(self, ref: str, session: Session) -> bool:
        return staffing.ask_for_place(session, self.office, ref)


@dataclass
class Accounts:
    """Goes round everybody who is on Slack, some at a time; `after` is whom it looked at last."""

    office: Office
    find_account: FindAccount
    enough: Callable[[], bool] = lambda: False
    after: int = 0

    def sweep(self) -> int:
        """Look whether the next few still have their account. How many were found to have none, or one again.

        Where none of several is found, the token or the workspace is wrong: nobody has left.
        """
        with self.office.record.reading() as session:
            known = [(who.id or 0, who.email) for who in find.people.on_slack(session, on=self.office.today(session))]
        in_turn = [each for each in known if each[0] > self.after] + [each for each in known if each[0] <= self.after]
        try:
            found = [(number, self.find_account(email)) for number, email in in_turn[:AT_ONCE] if not self.enough()]
        except ConnectionError:
            log.warning("Slack cannot be reached; accounts are looked at later")
            return 0
        if len(found) > 1 and not any(account for _, account in found):
            log.warning(
                "Slack knows none of these people; look at its token and workspace", extra={"people": len(found)}
            )
            return 0
        self.after = found[-1][0] if found else 0
        return sum(self._look(number, account) for number, account in found)

    def _look(self, number: int, account: str | None) -> bool:
        with self.office.record.writing() as session:
            person = find.people.whole(session, number, to_change=True)
            gone = account is None
            if gone is (person.slack_gone_on is not None):
                return False
            today = self.office.today(session)
            person.slack_gone_on = today if gone else None
            told = find.people.with_role(session, Role.ADMINISTRATOR, on=today) if gone else ()
            facts = [SlackAccountGone(about=person.reference, tell=tuple(told))] if gone else []
            journal.write(session, facts, by=None, at=self.office.now(session))
            return True
