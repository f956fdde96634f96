"""What follows from each reason for which an audit cannot be done: for who says it, and for who runs the month."""

from collections.abc import Mapping, Sequence
from datetime import date

from programme.absences import Away
from programme.allocations import Allocation
from programme.facts import Fact
from programme.people import Person
from programme.reminder_facts import LatenessTakenBack
from programme.words import REASON_LABELS, Reason

THANKS: Mapping[Reason, str] = {
    Reason.NOT_AT_WORK: "Thank you. Say on which days you are not at work, and nobody reminds you on them.",
    Reason.CAPACITY: "Thank you for saying so. A swap, or more time, may still help.",
    Reason.NO_SWAP_FOUND: "Thank you for trying. The administrator looks for somebody now.",
    Reason.MOVED_ON: "Thank you. The administrator finds somebody who takes it on.",
    Reason.PART_IN_CASE: "Thank you, that matters. It is handed back, and somebody else reads this record.",
    Reason.NOT_SUITABLE: "Thank you. The administrator looks at the record and will be in touch.",
    Reason.TECHNICAL: "Sorry about that. The administrator knows and will be in touch; the form stays open.",
    Reason.OTHER: "Thank you for saying so. The administrator knows and will be in touch.",
}

NEXT: Mapping[Reason, str] = {
    Reason.NOT_AT_WORK: "Next: write down until when, under People; whoever could take it is shown under Swaps.",
    Reason.CAPACITY: "Next: a swap can be made under Swaps, or more time given.",
    Reason.NO_SWAP_FOUND: "Next: who could still take it is shown under Swaps.",
    Reason.MOVED_ON: "Next: their page under People hands on what is open with them.",
    Reason.PART_IN_CASE: "Next: hand it on under People, so that nobody too near reads it.",
    Reason.NOT_SUITABLE: "Next: look at the record with its Team Manager; the month's page gives out a reserve.",
    Reason.TECHNICAL: "Next: ask them what they saw. A return can also come in as a file.",
    Reason.OTHER: "Next: have a word with them.",
}


UNSAID = frozenset({Reason.NOT_AT_WORK, Reason.OTHER})
"""An absence is health data: nobody is named for one, so it reads like a reason that is not on the list."""


def beside_a_name(reason: Reason) -> str:
    """What of it may stand next to whose it is; empty where nothing may."""
    return "" if reason in UNSAID else REASON_LABELS[reason]


def put_right(allocation: Allocation, said: Away, *, today: date, told: Sequence[Person]) -> list[Fact]:
    """An absence entered later: why it was late is known, and who was told (`told`) hears that it was not."""
    due_on, silent = allocation.due_on, allocation.is_open and not allocation.reason
    if not silent or due_on is None or due_on >= today or not said.covers(due_on):
        return []
    allocation.reason = Reason.NOT_AT_WORK
    return [LatenessTakenBack(about=allocation.ref, touches=(allocation.round.month,), tell=tuple(told))]
