"""Which Slack account is whose: by the address once, then by its id only; who knocked; and what an administrator says.

A match is one conditional UPDATE: it changes a person who has no account, and no account is two people's. Of two who
decide at once, one is first.
"""

import re
from contextlib import suppress
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update, case, delete, update

from programme.accounts import FORGOTTEN_AFTER, LOOKED_UP_AGAIN_AFTER, Account, Knock, must_match
from programme.facts import Fact
from programme.people import Person
from programme.planning_facts import (
    SlackAccountBroughtBack,
    SlackAccountMatched,
    SlackAccountSetAside,
    SlackAccountUnmatched,
)
from programme.refusals import Refusal
from programme.words import AccountStanding
from storage import find, homes, journal, tables
from storage.office import Office
from storage.session import Conflict, Session

ACCOUNT = re.compile(r"[A-Z0-9]{2,40}", re.ASCII)
KEPT_AT_MOST = 500
"""Accounts that knock are people of one workspace; more than this would be somebody's mischief."""

NOT_OPEN = "That was settled already. Look at the list again."


def knock(office: Office, account: str) -> None:
    """An account came that is nobody's: kept as one row, with how often and when. Of two at once, one is counted."""
    if not ACCOUNT.fullmatch(account):
        return
    with suppress(Conflict), office.record.writing() as session:
        at, knock = office.now(session), tables.knock.c
        again = update(tables.knock).where(knock.slack_user_id == account)
        known = find.people.by_slack(session, account) is not None
        is_old = knock.looked_at < at - LOOKED_UP_AGAIN_AFTER
        looked_at = case((is_old, None), else_=knock.looked_at)
        counted = again.values(last_at=at, times=knock.times + 1, looked_at=looked_at)
        if not known and not _changed(session, counted):
            _keep(session, account, at)


def meet(session: Session, office: Office, person: Person, account: Account) -> bool:
    """What the look-up by somebody's address came to: their account, or why they have none."""
    if person.slack_user_id is not None or person.slack_standing is AccountStanding.TAKEN_BACK:
        return False  # somebody was quicker
    standing = account.standing_for(person.email)
    if standing is AccountStanding.OURS and find.people.by_slack(session, account.id):
        standing = AccountStanding.CLAIMED
    if standing is AccountStanding.OURS:
        return _give(session, office, person, account.id, by=None)
    person.slack_standing = standing
    return False


def match(session: Session, office: Office, email: str, account: str, by: Person) -> Person:
    """An administrator says whose an account is that knocked; what waited for its person goes out."""
    must_match(by)
    person = _in_post(session, office, email)
    owner = find.people.by_slack(session, account)
    if owner is not None:
        raise Refusal(f"This account is {owner.name}'s already. Take that match back first.", field="account")
    knocked = find.knocks.by_account(session, account)
    if knocked is None:
        msg = "This account has not knocked. Ask its owner to type /audit once; then it is on the list."
        raise Refusal(msg, field="account")
    knocked.must_be_one_of_ours()
    if not _give(session, office, person, account, by=by):
        raise Refusal(f"{person.name} has an account already. Take that match back first.", field="person")
    return person


def take_back(session: Session, office: Office, email: str, by: Person) -> Person:
    """It was not theirs. Nobody acts as them from there any more, and the account can be matched to somebody else."""
    must_match(by)
    person, c = _named(session, email), tables.person.c
    account = person.slack_user_id
    mine = update(tables.person).where(c.id == person.id, c.slack_user_id.is_not(None), c.slack_user_id == account)
    nobodys = {"slack_user_id": None, "slack_gone_on": None, "slack_standing": AccountStanding.TAKEN_BACK}
    if account is None or not _changed(session, mine.values(nobodys)):
        raise Refusal(f"{person.name} has no account to take back.", field="back")
    session.refresh(person, ["slack_user_id", "slack_gone_on", "slack_standing"])
    homes.changed(session, account)
    find.visits.end_all(session, of=person, at=office.real_now())
    find.notices.leave_where_they_stand(session, person)
    _keep(session, account, office.now(session), times=0)
    _write(session, office, [SlackAccountUnmatched(about=person.reference, account=account)], by)
    return person


def set_aside(session: Session, office: Office, account: str, by: Person) -> None:
    """An account of somebody who does not take part: it is off the list, and still gets a kind no."""
    must_match(by)
    c, at = tables.knock.c, office.now(session)
    waiting = update(tables.knock).where(c.slack_user_id == account, c.set_aside_at.is_(None))
    if not _changed(session, waiting.values(set_aside_at=at)):
        raise Refusal(NOT_OPEN)
    _write(session, office, [SlackAccountSetAside(about=account)], by)


def bring_back(session: Session, office: Office, account: str, by: Person) -> None:
    must_match(by)
    c = tables.knock.c
    aside = update(tables.knock).where(c.slack_user_id == account, c.set_aside_at.is_not(None))
    if not _changed(session, aside.values(set_aside_at=None)):
        raise Refusal(NOT_OPEN)
    _write(session, office, [SlackAccountBroughtBack(about=account)], by)


def forget(session: Session, *, now: datetime) -> int:
    """Who has not knocked for long need not be known any more, nor what stood in their App Home."""
    forgotten = _changed(session, delete(tables.knock).where(tables.knock.c.last_at < now - FORGOTTEN_AFTER))
    homes.forget(session)
    return forgotten


def _give(session: Session, office: Office, person: Person, account: str, *, by: Person | None) -> bool:
    """Whether the account is theirs now; not where they have one. One that is somebody else's is a conflict."""
    c = tables.person.c
    without = update(tables.person).where(c.id == person.id, c.slack_user_id.is_(None))
    if not _changed(session, without.values(slack_user_id=account, slack_gone_on=None, slack_standing=None)):
        return False
    session.refresh(person, ["slack_user_id", "slack_gone_on", "slack_standing"])
    session.execute(delete(tables.knock).where(tables.knock.c.slack_user_id == account))
    homes.changed(session, account)
    find.notices.try_now(session, person)
    _write(session, office, [SlackAccountMatched(about=person.reference, account=account)], by)
    return True


def _keep(session: Session, account: str, at: datetime, *, times: int = 1) -> None:
    if find.knocks.by_account(session, account) is None and find.knocks.count(session) < KEPT_AT_MOST:
        session.add(Knock(account, at, at, times))
        session.flush()


def _in_post(session: Session, office: Office, email: str) -> Person:
    person = _named(session, email)
    if not person.is_here_on(office.today(session)):
        raise Refusal(f"{person.name} is not in post today.", field="person")
    return person


def _named(session: Session, email: str) -> Person:
    person = find.people.by_email(session, email)
    if person is None:
        raise Refusal("Choose somebody on the people list.", field="person")
    return person


def _changed(session: Session, statement: Update | Delete) -> int:
    """How many rows it changed."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def _write(session: Session, office: Office, facts: list[Fact], by: Person | None) -> None:
    journal.write(session, facts, by=by, at=office.now(session))
