"""What those who must act are told. What is to be done stands on the pages, never here."""

from bot.views.parts import quiet, section
from programme.notices import Dropped, Letter, Notice
from programme.words import ActionState, Priority
from storage import find
from storage.office import Office
from storage.session import Session

WHEN = {Priority.IMMEDIATE: "now", Priority.URGENT: "this week"}


def raised(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    action = find.actions.by_ref(session, notice.about)
    if action.state is not ActionState.SENT or action.owner.id != notice.person.id:
        return Dropped("not theirs to do any more")
    return Letter(
        text=f"An audit asks you to act {WHEN.get(action.priority, 'soon')}",
        blocks=[
            section(
                f"*{action.ref}: {action.priority} action* from an audit of {action.allocation.case.ref}",
                f"Due {action.due_on:%A %-d %B}. Read what is asked: <{office.link('/')}|your actions>",
            )
        ],
    )


def child_unsafe(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """Always sent: whoever gets it rings first and reads later."""
    allocation = find.allocations.by_ref(session, notice.about)
    phone = office.rules.policy.safety.duty_team_phone
    duty_team = f"the duty team, {phone}" if phone else "the duty team"
    return Letter(
        text="Act now: an auditor is worried about a child",
        blocks=[
            section(
                f"*Act now. An auditor answered 'unsafe now' for {allocation.case.ref}* ({allocation.ref}).",
                f"Ring the auditor and the child's social worker at once. Out of hours: {duty_team}.",
            ),
            quiet("This is not a referral."),
        ],
    )
