"""A child who is not safe now: the shortest message there is. Whoever gets it rings first and reads later.

The auditor is rung before anybody else, and nothing of the answers stands here: the worry may be about somebody in
the team. Nor does what was done for the child: that stands where it is opened.
"""

from bot.messages.settled import settled
from bot.views import safety
from bot.views.audits import to_the_pages
from bot.views.parts import Block, escaped, section
from bot.views.safety import in_nobodys_hands, so_far, what
from programme.notices import Dropped, Letter, Notice, Rank
from programme.safety import Alert
from storage import find
from storage.office import Office
from storage.session import Session


def child_unsafe(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """The same whether told for the first time or again; once somebody has it, what became of it since."""
    alert = find.alerts.by_ref(session, notice.about)
    if alert.taken_at is None:
        return Letter(
            text="Act now: open this message and ring",
            blocks=in_nobodys_hands(alert, office.rules.policy.safety),
        )
    return Dropped(
        "somebody has it", instead=Letter(text="This is in hand", blocks=_stands(session, office, notice, alert))
    )


def taken(session: Session, _office: Office, notice: Notice) -> Letter:
    alert = find.alerts.by_ref(session, notice.about)
    return Letter(
        text="Somebody has it in hand",
        blocks=[section(f"*{escaped(alert.who_has_it)}* It is about {alert.allocation.case.ref}.")],
    )


def made_safe(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """With the button for who may agree; a line for everybody else."""
    alert = find.alerts.by_ref(session, notice.about)
    if alert.is_over:
        return _settled(alert)
    return Letter(text="Please look: something is said to be done", blocks=_stands(session, office, notice, alert))


def ended(session: Session, _office: Office, notice: Notice) -> Letter:
    alert = find.alerts.by_ref(session, notice.about)
    lines = [f"*An alert has come to its end.* It was about {alert.allocation.case.ref}.", *so_far(alert)]
    return Letter(text="Something has come to its end", blocks=[section(*lines)])


def stands(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """Of an earlier day, and not over: each morning until it is."""
    alert = find.alerts.by_ref(session, notice.about)
    if alert.is_over:
        return _settled(alert)
    return Letter(
        text="Something pressing has not come to its end",
        rank=Rank.LATE,
        blocks=[*_stands(session, office, notice, alert), to_the_pages()],
    )


def _stands(session: Session, office: Office, notice: Notice, alert: Alert) -> list[Block]:
    """As far as it has come, for this reader."""
    told, today = find.alerts.told(session, alert.ref), office.today(session)
    if alert.taken_at is None and notice.person.can_take_alert(told):
        return in_nobodys_hands(alert, office.rules.policy.safety)
    return safety.standing(alert, notice.person, told, today)


def _settled(alert: Alert) -> Dropped:
    return settled("it is over", f"*{what(alert)}*", *so_far(alert))
