"""Who is asking: the person behind a Slack account, or a kind no."""

from bot.views.parts import to_ask
from programme.people import Person
from programme.refusals import NotAllowed
from storage import find
from storage.office import Office
from storage.session import Session


def person(session: Session, office: Office, slack_user_id: str) -> Person:
    """Somebody on the people list and in post today."""
    found = find.people.by_slack(session, slack_user_id)
    if found is None or not found.is_here_on(office.today(session)):
        whom = to_ask(office.rules.policy.programme)
        msg = f"We do not know this Slack account yet. Ask {whom} to look at your address on the people list."
        raise NotAllowed(msg)
    return found
