"""What whoever runs the month reads by e-mail when chat itself does not work."""

from bot.views.parts import escaped, section
from programme.notices import Dropped, Letter, Notice
from programme.post_words import standstill
from storage import find
from storage.office import Office
from storage.session import Session


def app_refused(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    """Since when Slack refuses the app, and why. Not once it knows us again: then the messages come by themselves."""
    switch = find.notices.switch(session)
    if not switch.refused:
        return Dropped("Slack knows the app again")
    if not find.notices.is_newest_of_kind(session, notice):
        return Dropped("a newer one says it")
    what_to_do = "Whoever looks after Auditloop's server finds what to do with *flask doctor*."
    return Letter(text="Slack refuses our messages", blocks=[section(escaped(standstill(switch)), what_to_do)])
