"""The twin for trying out without Slack: a message is printed, and counts as sent."""

from programme.accounts import Account
from programme.notices import Answer, Letter, Notice, Reply


def send(notice: Notice, letter: Letter) -> Reply:
    """Print whom the message is for and what a lock screen would show of it."""
    print(f"[{notice.kind}] to {notice.person.email} about {notice.about}: {letter.text}")  # noqa: T201 - its work
    return Reply(Answer.OK, channel="console", stamp=notice.key[:40])


def redraw(notice: Notice, letter: Letter) -> Reply:
    """What was printed stays as it is; print what it would say by now."""
    print(f"[{notice.kind}, drawn again] to {notice.person.email} about {notice.about}: {letter.text}")  # noqa: T201
    return Reply(Answer.OK)


def ask_nobody(_address_or_id: str) -> Account:
    """Without Slack there is nobody to ask whose an account is."""
    return Account()
