"""What Slack says of accounts, for tests that hand a look-up to a sweep."""

from collections.abc import Mapping

from programme.accounts import Account
from programme.words import AccountStanding
from scheduler.sweeps.introductions import FindAccount

NOBODY = Account(AccountStanding.NONE)


def ours(account: str) -> Account:
    return Account(AccountStanding.OURS, account)


def known(accounts: Mapping[str, str | None]) -> FindAccount:
    """A look-up by which these are ours, by address or by id, and everybody else is nobody."""
    return lambda asked: ours(found) if (found := accounts.get(asked)) else NOBODY
