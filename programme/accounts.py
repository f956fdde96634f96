"""Slack accounts: what Slack says of one, and those that knock without being anybody's we know."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.words import AccountStanding

FORGOTTEN_AFTER = timedelta(days=90)

LOOKED_UP_AGAIN_AFTER = timedelta(hours=1)
"""Who was a guest may be one of ours by now: an account that knocks again is looked up again, but not each time."""

WHY_NONE = {
    AccountStanding.NONE: "Slack has no account with this address.",
    AccountStanding.CLOSED: "The Slack account with this address is closed.",
    AccountStanding.GUEST: "The Slack account with this address is a guest's.",
    AccountStanding.ELSEWHERE: "The Slack account with this address belongs to another workspace.",
    AccountStanding.BOT: "The Slack account with this address is a bot's.",
    AccountStanding.CLAIMED: "The Slack account with this address is somebody else's on this list already.",
    AccountStanding.TAKEN_BACK: "A match was taken back. Say which account is theirs.",
}
"""Why somebody has no account, as the list of the unmatched says it."""

NOT_LOOKED_UP = "Not looked up yet."

BECAME = {
    AccountStanding.GUEST: "is a guest's now",
    AccountStanding.ELSEWHERE: "belongs to another workspace now",
    AccountStanding.BOT: "is a bot's now",
}
"""What became of an account that was somebody's and does not count any more; any other was closed."""

WHOSE = {
    AccountStanding.OURS: "One of ours",
    AccountStanding.NONE: "Slack does not know it",
    AccountStanding.CLOSED: "Closed",
    AccountStanding.GUEST: "A guest",
    AccountStanding.ELSEWHERE: "Of another workspace",
    AccountStanding.BOT: "A bot",
}
"""What Slack says of an account that knocked."""


def what_became_of(person: Person) -> str:
    """Of the account of somebody who had one: 'was closed'."""
    return BECAME.get(person.slack_standing or AccountStanding.CLOSED, "was closed")


def why_not_reached(person: Person) -> str:
    """Why no message reaches somebody in Slack."""
    if person.slack_user_id is not None:
        return f"Their Slack account {what_became_of(person)}."
    return WHY_NONE.get(person.slack_standing or AccountStanding.OURS, NOT_LOOKED_UP)


@dataclass(frozen=True)
class Account:
    """What Slack says of one account. No standing: Slack was not asked."""

    standing: AccountStanding | None = None
    id: str = ""
    name: str = ""
    email: str = ""

    def standing_for(self, email: str) -> AccountStanding | None:
        """The same, for whom it was looked up by their address: one that bears another address is not theirs."""
        other = bool(self.email) and self.email.lower() != email.lower()
        return AccountStanding.NONE if self.standing is AccountStanding.OURS and other else self.standing


@dataclass(eq=False)
class Knock:
    """An account that pressed, typed or opened App Home and is nobody's we know. What it typed is not kept.

    `looked_at` is when Slack last said whose it is; None where it is to be asked.
    """

    slack_user_id: str
    first_at: datetime
    last_at: datetime
    times: int = 1
    standing: AccountStanding | None = None
    name: str = ""
    email: str = ""
    set_aside_at: datetime | None = None
    looked_at: datetime | None = None
    id: int | None = None

    @property
    def called(self) -> str:
        """How people recognise it: the name that Slack gives, or the account itself."""
        return self.name or self.slack_user_id

    @property
    def said(self) -> str:
        """What Slack says of it, in a word."""
        return WHOSE[self.standing] if self.standing in WHOSE else NOT_LOOKED_UP.removesuffix(".")

    @property
    def may_be_matched(self) -> bool:
        return self.standing is AccountStanding.OURS and self.set_aside_at is None

    def note(self, account: Account, *, at: datetime) -> None:
        """What Slack says of it by now; where it could not be asked, what it said before stands."""
        if account.standing is not None:
            self.standing, self.name, self.email = account.standing, account.name, account.email
            self.looked_at = at

    def must_be_one_of_ours(self) -> None:
        """Only an account of our own workspace, that Slack has told us of, may become somebody's."""
        if self.standing is None:
            msg = "Slack has not said yet whose account this is. Try again in a few minutes."
            raise Refusal(msg, field="account")
        if self.standing is not AccountStanding.OURS:
            msg = f"This account cannot be matched. Slack says: {self.said.lower()}."
            raise Refusal(msg, field="account")


def must_match(by: Person) -> None:
    if not by.can_match_accounts():
        msg = "Those who run the month say which Slack account is whose."
        raise NotAllowed(msg)
