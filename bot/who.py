"""Who is asking: the person behind a Slack account, or a kind no that says whom to ask."""

import logging

from bot.views.parts import to_ask
from programme.people import Person
from programme.refusals import NotAllowed
from storage import find, introducing
from storage.office import Office
from storage.session import Session

log = logging.getLogger(__name__)


class NotKnown(NotAllowed):
    """The account is nobody's on the people list. Who runs the month can see that it came."""


def person(session: Session, office: Office, slack_user_id: str) -> Person:
    """Somebody on the people list, in post today, whose account is still one of ours."""
    found = find.people.by_slack(session, slack_user_id)
    whom = to_ask(office.rules.policy.programme)
    if found is None:
        msg = f"We do not know this Slack account yet. Ask {whom} to look at your address on the people list."
        raise NotKnown(msg)
    if not found.is_here_on(office.today(session)):
        msg = f"Our people list does not have you in post today. If it should, {whom} can put that right."
        raise NotAllowed(msg)
    if not found.is_on_slack:
        msg = (
            f"We only serve the council's own Slack accounts, and this one is not any more. {_opening(whom)} can help."
        )
        raise NotAllowed(msg)
    return found


def note_knock(office: Office, account: str) -> None:
    """An unknown account came. That it cannot be written down is no reason to say nothing to its owner."""
    try:
        introducing.knock(office, account)
    except Exception:
        log.exception("who knocked could not be noted")


def _opening(words: str) -> str:
    """The same words as a sentence begins."""
    return words[:1].upper() + words[1:]
