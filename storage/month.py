"""The steps of a month that commands and pages take alike: allocate, and give out.

Each holds the round first, so that of two people who press at once the second finds it done.
"""

from collections.abc import Sequence

from programme.allocations import Allocation
from programme.matching import Matching
from programme.people import Person
from programme.refusals import Refusal
from programme.rounds import Round, propose
from programme.rounds import allocate as made_of
from programme.words import AllocationState
from storage import find, journal
from storage.office import Office
from storage.session import Session


def preview(session: Session, office: Office, month: str) -> Matching:
    """Which of the sample would go to whom, and why. Nothing is changed."""
    return _matching(session, office, find.rounds.of_month(session, month))


def allocate(session: Session, office: Office, month: str, by: Person, *, seen: str = "") -> Sequence[Allocation]:
    """Allocate all of the sample that can be placed, as one unit. `seen` is the mark of the preview that was looked at:
    one that would come out otherwise by now is refused.
    """
    opened = find.rounds.of_month(session, month, to_change=True)
    matching = _matching(session, office, opened)
    if not matching.placed:
        msg = f"There is nothing to allocate for {opened.name}: nothing more of the sample can be placed."
        raise Refusal(msg)
    if seen and seen != matching.mark:
        msg = f"Something has changed since you looked at {opened.name}. Press Allocate again to see how it stands now."
        raise Refusal(msg)
    made, facts = made_of(opened, matching, find.allocations.next_number(session, opened))
    session.add_all(made)
    journal.write(session, facts, by=by, at=office.now(session))
    return made


def give_out(
    session: Session, office: Office, month: str, by: Person, *, most: int | None = None
) -> Sequence[Allocation]:
    """Give out what is allocated and not out yet, all of it or the first so many; a message for each holder waits."""
    opened = find.rounds.of_month(session, month, to_change=True)
    planned = find.allocations.in_state(session, opened, AllocationState.PLANNED, to_change=True)[:most]
    now = office.now(session)
    journal.write(session, opened.distribute(planned, at=now), by=by, at=now)
    return planned


def _matching(session: Session, office: Office, opened: Round) -> Matching:
    waiting = find.cases.waiting_for_an_auditor(session, opened.month)
    auditors = find.people.auditors_of(session, opened.group) if opened.group else []
    held = find.allocations.load_by_holder(session, opened)
    return propose(opened, waiting, auditors, held, office.rules)
