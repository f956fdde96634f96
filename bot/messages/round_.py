"""What the administrator is told while a month runs, and what everybody is when it was given out by mistake."""

from bot.messages.settled import settled
from bot.views.audits import to_the_pages
from bot.views.parts import quiet, section
from programme.notices import Dropped, Letter, Notice
from programme.reasons import NEXT
from programme.words import GIVEN_OUT_BY_MISTAKE, REASON_LABELS, AllocationState, Reason
from storage import find
from storage.office import Office
from storage.session import Session


def handed_back(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    allocation = find.allocations.by_ref(session, notice.about)
    if allocation.state is not AllocationState.WITHDRAWN:
        return settled("not handed back any more", f"*{allocation.ref} was handed back.* That is settled.")
    return Letter(
        text="An audit was handed back",
        blocks=[
            section(
                f"*{allocation.ref} was handed back*: its auditor had a part in the record or knows the family.",
                f"{allocation.case.ref} waits for somebody else. Type `/audit round` to allocate it again.",
            )
        ],
    )


def reason_given(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    """The reason as it was chosen from the list; the words beside it may be about a child and stay out of chat."""
    allocation = find.allocations.by_ref(session, notice.about)
    if not allocation.is_open or allocation.reason is None or allocation.holder is None:
        return settled("settled meanwhile", f"*{allocation.ref}*: its auditor could not do it. That is settled.")
    reason = Reason(allocation.reason)
    return Letter(
        text="Somebody cannot do their audit this month",
        blocks=[
            section(
                f"*{allocation.ref} cannot be done by its auditor*: {REASON_LABELS[reason].lower()}.",
                f"It is still with them. {NEXT[reason]}",
            ),
            to_the_pages(),
        ],
    )


def withdrawn(session: Session, _office: Office, notice: Notice) -> Letter:
    """One apology, however many of theirs went out by mistake."""
    of = find.rounds.of_month(session, notice.about)
    audits = find.allocations.in_state(session, of, AllocationState.WITHDRAWN)
    theirs = [each for each in audits if each.holder is notice.person and each.reason == GIVEN_OUT_BY_MISTAKE]
    refs = ", ".join(each.ref for each in theirs)
    return Letter(
        text="Sorry: an audit came to you by mistake",
        blocks=[
            section(
                f"*Sorry: {of.name}'s audit came to you by mistake.* There is nothing to do.",
                f"{refs} {'are' if theirs[1:] else 'is'} withdrawn: the form is closed, and no reminder follows.",
            ),
            quiet("When it is your turn, you hear of it as always."),
        ],
    )
