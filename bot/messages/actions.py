"""What those who must act are told. What is to be done stands on the pages, never here."""

from bot.messages.settled import settled
from bot.views.actions import acknowledge, open_action, settled_line
from bot.views.audits import to_the_pages
from bot.views.parts import section
from programme.notices import Dropped, Letter, Notice
from programme.words import Priority
from storage import find
from storage.office import Office
from storage.session import Session

WHEN = {Priority.IMMEDIATE: "now", Priority.URGENT: "this week"}


def raised(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    action = find.actions.by_ref(session, notice.about)
    if not action.is_open or action.owner.id != notice.person.id:
        return settled("not theirs to do any more", settled_line(action))
    return Letter(
        text=f"An audit asks you to act {WHEN.get(action.priority, 'soon')}",
        blocks=[
            section(f"*An audit asks you to act {WHEN.get(action.priority, 'soon')}.* Sign in to read what is asked."),
            *open_action(action, office.today(session)),
            *acknowledge([action]),
            to_the_pages(),
        ],
    )


def started(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """The actions of one audit, sent together with its agreed outcome; those that are done say so."""
    allocation, today = find.allocations.by_ref(session, notice.about), office.today(session)
    every = find.actions.of_allocation(session, allocation)
    theirs = [action for action in every if action.owner.id == notice.person.id and action.waited]
    still_open = [action for action in theirs if action.is_open]
    if not still_open:
        lines = [settled_line(action) for action in theirs] or ["These actions are with somebody else now."]
        return settled("nothing left to do", *lines)
    said = "1 action comes" if len(still_open) == 1 else f"{len(still_open)} actions come"
    return Letter(
        text="An audit asks you to act",
        blocks=[
            section(f"*{said} from an audit of {allocation.case.ref}.* Its outcome is agreed. Read both on the pages."),
            *(block for action in still_open for block in open_action(action, today)),
            *(section(settled_line(action)) for action in theirs if not action.is_open),
            *acknowledge(still_open),
            to_the_pages(),
        ],
    )


def confirmed(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    """For who audited the child's record: something came of it."""
    action = find.actions.by_ref(session, notice.about)
    if action.is_open:
        return Dropped("open again")
    return Letter(
        text="Something came of your audit",
        blocks=[section(f"*{action.ref} is done.* Your audit {action.allocation.ref} asked for it. Thank you.")],
    )
