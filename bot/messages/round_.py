"""What the administrator is told while a month runs."""

from bot.messages.settled import settled
from bot.views.audits import to_the_pages
from bot.views.parts import section
from programme.notices import Dropped, Letter, Notice
from programme.reasons import NEXT
from programme.words import REASON_LABELS, AllocationState, Reason
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
