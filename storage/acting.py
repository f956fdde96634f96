"""The step that closes an action, which chat and pages take alike."""

from programme.actions import Action, Confirmation
from programme.people import Person
from storage import find, journal
from storage.office import Office
from storage.session import Session


def confirm(session: Session, office: Office, ref: str, said: Confirmation, *, by: Person) -> Action:
    """Confirm an action complete; whoever audited the child's record hears that something came of it."""
    action = find.actions.by_ref(session, ref, to_change=True)
    now, auditor = office.now(session), action.allocation.holder
    facts = action.confirm(said, by=by, at=now, auditor=None if auditor is by else auditor)
    journal.write(session, facts, by=by, at=now, on_behalf_of=None if by is action.owner else action.owner)
    return action
