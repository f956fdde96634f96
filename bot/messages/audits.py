"""What an auditor is told: an audit is theirs, an audit has arrived."""

from bot.messages.settled import settled
from bot.views.audits import how_it_ended, open_audit
from bot.views.parts import quiet, section
from programme.notices import Dropped, Letter, Notice
from programme.words import RETURNED, AllocationState, AuditType
from storage import find
from storage.office import Office
from storage.session import Session

IN_TIME = "It is in time for moderation."
LATE = "It came after the cut-off, so it is not in the month's figures. It is kept, and its actions count."


FIRST = {
    AuditType.MONTHLY: "Speak with the social worker first: read it with them if you can.",
    AuditType.PRACTICE: "A practice case: everybody in your group judges the same record. It stays out of the figures.",
    AuditType.RE_AUDIT: "A second look: this record was audited before by somebody else.",
    AuditType.DIP_SAMPLE: "A short look: a few questions only.",
}


def given_out(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    allocation = find.allocations.by_ref(session, notice.about)
    if not allocation.is_open or allocation.holder is None or allocation.holder.id != notice.person.id:
        return settled("not theirs to do any more", how_it_ended(allocation, notice.person))
    return Letter(
        text=f"{allocation.round.name}: an audit is ready for you",
        blocks=[
            section(f"*{allocation.round.name}'s audit is ready for you.* Thank you for taking part."),
            *open_audit(allocation, office.today(session), find.swaps.open_for(session, allocation.ref)),
            quiet(FIRST[allocation.kind]),
        ],
    )


def returned(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    allocation = find.allocations.by_ref(session, notice.about)
    if allocation.state not in RETURNED:
        return Dropped("not returned any more")
    in_time = allocation.state is AllocationState.RETURNED_IN_TIME
    raised = len(find.actions.of_allocation(session, allocation))
    actions = {0: "It sets no actions.", 1: "It sets 1 action."}.get(raised, f"It sets {raised} actions.")
    newest = find.submissions.return_of(session, allocation)
    again = " with your changes" if newest and newest.version > 1 else ""
    return Letter(
        text="Thank you: your audit has arrived",
        blocks=[
            section(f"*Thank you. {allocation.ref} has arrived{again}.*", f"{IN_TIME if in_time else LATE} {actions}")
        ],
    )
