"""What people leave behind is handed on the same day, places they left are asked for, and closed accounts noticed."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from programme.chasing import is_reminding_time
from programme.people import Person
from programme.planning_facts import SlackAccountGone
from programme.words import AccountStanding, Role
from scheduler.sweeps.introductions import AT_ONCE, FindAccount
from scheduler.sweeps.steps import take
from storage import find, handing_on, homes, journal, staffing
from storage.office import Office
from storage.session import Session

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LeftBehind:
    """Each in a transaction of its own, in the hours of a working day."""

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
            leaving = [
                (who.reference, partial(self._hand_on_actions, who.id or 0))
                for who in handing_on.whose_last_day(session, self.office)
            ]
            places = [(ref, partial(self._ask, ref)) for ref in staffing.places_to_ask_for(session, self.office)]
        return take(self.office, "hand_on", [*people, *leaving, *places], self.enough)

    def _hand_on(self, number: int, session: Session) -> bool:
        person = find.people.whole(session, number, to_change=True)
        handed = handing_on.hand_on(session, self.office, person, by=None)
        return bool(handed.audits or handed.actions or handed.swaps)

    def _hand_on_actions(self, number: int, session: Session) -> bool:
        person = find.people.whole(session, number, to_change=True)
        return handing_on.hand_on_actions(session, self.office, person) > 0

    def _ask(self, ref: str, session: Session) -> bool:
        return staffing.ask_for_place(session, self.office, ref)


def is_news(person: Person, standing: AccountStanding) -> bool:
    """Whether somebody whose account was there has none, or the other way round."""
    return (standing is AccountStanding.OURS) is (person.slack_gone_on is not None)


@dataclass
class Accounts:
    """Goes round everybody who is on Slack, some at a time; `after` is whom it looked at last.

    It looks by the account's own id: somebody whose address changed, here or there, is who they were.
    """

    office: Office
    look_up: FindAccount
    enough: Callable[[], bool] = lambda: False
    after: int = 0

    def sweep(self) -> int:
        """Look whether the next few still have their account. How many were found to have none, or one again.

        Where none of several is found, the token or the workspace is wrong: nobody has left.
        """
        with self.office.record.reading() as session:
            on = self.office.today(session)
            known = find.people.on_slack(session, on=on)
        in_turn = sorted(known, key=lambda who: (who.id or 0) <= self.after)
        try:
            found = [
                (who, self.look_up(who.slack_user_id or "").standing) for who in in_turn[:AT_ONCE] if not self.enough()
            ]
        except ConnectionError:
            log.warning("Slack cannot be reached; accounts are looked at later")
            return 0
        if len(found) > 1 and AccountStanding.OURS not in {standing for _, standing in found}:
            log.warning(
                "Slack knows none of these people; look at its token and workspace", extra={"people": len(found)}
            )
            return 0
        self.after = (found[-1][0].id or 0) if found else 0
        news = [(who, standing) for who, standing in found if standing and is_news(who, standing)]
        looks = ((who.reference, partial(self._keep, who, standing)) for who, standing in news)
        return take(self.office, "look_at_accounts", looks, lambda: False)

    def _keep(self, known: Person, standing: AccountStanding, session: Session) -> bool:
        """Keep what is news of somebody. Whether it still is, once they are held: somebody may have been quicker."""
        person = find.people.whole(session, known.id or 0, to_change=True)
        if person.slack_user_id != known.slack_user_id or not is_news(person, standing):
            return False
        gone = standing is not AccountStanding.OURS
        today = self.office.today(session)
        person.slack_gone_on, person.slack_standing = (today, standing) if gone else (None, None)
        homes.changed(session, person.slack_user_id or "")
        if not gone:
            find.notices.try_now(session, person)
        told = find.people.with_role(session, Role.ADMINISTRATOR, on=today) if gone else ()
        facts = [SlackAccountGone(about=person.reference, tell=tuple(told))] if gone else []
        journal.write(session, facts, by=None, at=self.office.now(session))
        return True
