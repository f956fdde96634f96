"""A child who is not safe now: the shortest message there is. Whoever gets it rings first and reads later.

The auditor is rung before anybody else, and nothing of the answers stands here: the worry may be about somebody in
the team.
"""

from bot.messages.settled import settled
from bot.views.parts import escaped, section
from bot.views.safety import in_nobodys_hands, what
from programme.notices import Dropped, Letter, Notice
from storage import find
from storage.office import Office
from storage.session import Session


def child_unsafe(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """The same whether told for the first time or again, until somebody has it in hand."""
    alert = find.alerts.by_ref(session, notice.about)
    if alert.taken_at is not None:
        return settled("somebody has it", f"*{what(alert)}*", escaped(alert.who_has_it))
    return Letter(
        text="Act now: open this message and ring",
        blocks=in_nobodys_hands(alert, office.rules.policy.safety),
    )


def taken(session: Session, _office: Office, notice: Notice) -> Letter:
    alert = find.alerts.by_ref(session, notice.about)
    return Letter(
        text="Somebody has it in hand",
        blocks=[section(f"*{escaped(alert.who_has_it)}* It is about {alert.allocation.case.ref}.")],
    )
