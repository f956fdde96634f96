"""A child who is not safe now: the shortest message there is. Whoever gets it rings first and reads later.

The auditor is rung before anybody else, and nothing of the answers stands here: the worry may be about somebody in
the team.
"""

from bot import names
from bot.messages.settled import settled
from bot.views.parts import button, buttons, escaped, quiet, section
from programme.notices import Dropped, Letter, Notice
from storage import find
from storage.office import Office
from storage.session import Session


def child_unsafe(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """The same whether told for the first time or again, until somebody has it in hand."""
    alert = find.alerts.by_ref(session, notice.about)
    what = f"An auditor answered 'unsafe now' for {alert.allocation.case.ref} ({alert.allocation.ref})."
    if alert.taken_at is not None:
        return settled("somebody has it", f"*{what}*", escaped(alert.who_has_it))
    return Letter(
        text="Act now: open this message and ring",
        blocks=[
            section(
                f"*Act now. {what}*",
                f"Ring the auditor, {escaped(alert.raised_by.name)}, at once, before anybody else."
                f" Out of hours: {duty_team(office)}.",
            ),
            buttons(names.SAFETY_BLOCK, [button("I have this", names.HAVE_THIS, alert.ref, primary=True)]),
            quiet("Press it as soon as you have it in hand: until then others are told too. This is not a referral."),
        ],
    )


def duty_team(office: Office) -> str:
    """Whom to ring out of hours, with the number where the policy has one."""
    phone = office.rules.policy.safety.duty_team_phone
    return f"the duty team, {escaped(phone)}" if phone else "the duty team"


def taken(session: Session, _office: Office, notice: Notice) -> Letter:
    alert = find.alerts.by_ref(session, notice.about)
    return Letter(
        text="Somebody has it in hand",
        blocks=[section(f"*{escaped(alert.who_has_it)}* It is about {alert.allocation.case.ref}.")],
    )
