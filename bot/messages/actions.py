"""What those who must act are told. What is to be done stands on the pages, never here."""

from bot.messages.settled import settled
from bot.views.audits import to_the_pages
from bot.views.parts import escaped, quiet, section
from programme.notices import Dropped, Letter, Notice
from programme.words import ActionState, Priority
from storage import find
from storage.office import Office
from storage.session import Session

WHEN = {Priority.IMMEDIATE: "now", Priority.URGENT: "this week"}


def raised(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    action = find.actions.by_ref(session, notice.about)
    if action.state is not ActionState.SENT or action.owner.id != notice.person.id:
        return settled("not theirs to do any more", f"*{action.ref}* asks nothing more of you.")
    return Letter(
        text=f"An audit asks you to act {WHEN.get(action.priority, 'soon')}",
        blocks=[
            section(
                f"*{action.ref}: {action.priority} action* from an audit of {action.allocation.case.ref}",
                f"Due {action.due_on:%A %-d %B}. Sign in to read what is asked.",
            ),
            to_the_pages(),
        ],
    )


def child_unsafe(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """Sent whatever has happened since: whoever gets it rings first and reads later.

    The auditor is rung before anybody else, and nothing of the answers stands here: the worry may be about somebody
    in the team.
    """
    allocation = find.allocations.by_ref(session, notice.about)
    phone = office.rules.policy.safety.duty_team_phone
    duty_team = f"the duty team, {escaped(phone)}" if phone else "the duty team"
    auditor = f"the auditor, {escaped(allocation.holder.name)}," if allocation.holder else "the auditor"
    return Letter(
        text="Act now: open this message and ring",
        blocks=[
            section(
                f"*Act now. An auditor answered 'unsafe now' for {allocation.case.ref}* ({allocation.ref}).",
                f"Ring {auditor} at once, before anybody else. Out of hours: {duty_team}.",
            ),
            quiet("This is not a referral."),
        ],
    )
