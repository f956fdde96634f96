"""What is said of a month's sample: to those who work with the child, and to who runs the month."""

from bot.messages.settled import settled
from bot.views import beforehand as view
from bot.views.audits import to_the_pages
from bot.views.parts import section
from programme.notices import Dropped, Letter, Notice
from programme.words import AllocationState
from storage import find, sampling
from storage.office import Office
from storage.session import Session


def chosen(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    """Drawn anew when it is known who reads it, and when this person has spoken."""
    entry, person = find.cases.by_reference(session, notice.about), notice.person
    if entry is None or not person.can_say_beforehand(entry.case) or entry.left_out:
        return settled("not theirs any more", "This child's record is not in the month's audit any more.")
    if sampling.is_back(session, entry):
        return settled("the audit is back", f"*{entry.case.ref}*: the audit is back. Its outcome comes to you.")
    of = find.rounds.of_month(session, entry.month)
    audits = [each for each in find.allocations.of_case(session, entry.case.ref) if each.round.month == entry.month]
    reader = next((each.holder for each in audits if each.state is AllocationState.OUT), None)
    has_spoken = find.samples.said_by(session, entry, person) is not None
    return Letter(
        text=f"{of.name}'s audit: you are asked to speak first",
        blocks=view.chosen(entry, of, reader, has_spoken=has_spoken),
    )


def reserve_called(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    entry = find.cases.by_reference(session, notice.about)
    waiting = find.cases.waiting_for_an_auditor(session, entry.month) if entry else []
    if entry is None or entry.case not in waiting:
        return settled("with an auditor", "A reserve took the place of a record.")
    return Letter(
        text="A reserve took the place of a record that was handed back",
        blocks=[
            section(
                f"*{entry.case.ref} is in the sample now*, for a record that was handed back.",
                "It waits for an auditor. Type `/audit round` to allocate it.",
            ),
            to_the_pages(),
        ],
    )


def no_reserve(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    audit = find.allocations.by_ref(session, notice.about)
    if audit.case not in find.cases.waiting_for_an_auditor(session, audit.round.month):
        return settled("with an auditor", f"*{audit.ref}* was handed back. Its record has an auditor again.")
    return Letter(
        text="A record was handed back, and no reserve can take its place",
        blocks=[
            section(
                f"*{audit.ref} was handed back*, and no reserve is left that the sample's limits allow.",
                "Allocate the same record to somebody else: type `/audit round`.",
            ),
            to_the_pages(),
        ],
    )
