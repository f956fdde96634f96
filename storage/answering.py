"""What an auditor answers to a reminder, in chat or on a page: on track, not before that day, and sent already."""

from datetime import date

from programme import reminders
from programme.allocations import Allocation
from programme.has_come import HasCome
from programme.people import Person
from programme.submissions import Submission
from programme.words import RETURNED
from storage import find, journal
from storage.office import Office
from storage.session import Session


def on_track(session: Session, office: Office, ref: str, by: Person) -> None:
    """Noted in the history; nothing else changes."""
    allocation = find.allocations.by_ref(session, ref, to_change=True)
    journal.write(session, reminders.on_track(allocation, by=by), by=by, at=office.now(session))


def days_to_name(session: Session, office: Office, ref: str, by: Person) -> tuple[Allocation, list[date]]:
    """One's own audit, and the days on which one may want to be reminded of it; nothing is changed."""
    allocation, at = find.allocations.by_ref(session, ref), office.now(session)
    return allocation, reminders.must_have_days_to_name(allocation, by=by, at=at, rules=office.rules)


def remind_on(session: Session, office: Office, ref: str, to: date, by: Person) -> None:
    allocation, at = find.allocations.by_ref(session, ref, to_change=True), office.now(session)
    facts = reminders.move(allocation, to, by=by, at=at, rules=office.rules)
    journal.write(session, facts, by=by, at=at)


def has_come(session: Session, ref: str, by: Person) -> HasCome:
    """'I've sent it': look whether it is here. Nothing is changed."""
    allocation = find.allocations.by_ref(session, ref)
    held = _held(session, allocation, by)
    if held is not None or (by.can_return(allocation) and allocation.state in RETURNED):
        return HasCome(allocation, is_here=True, held=held)
    allocation.must_be_open_to(by)
    return HasCome(allocation, is_here=False, is_typed=find.drafts.of(session, allocation, by) is not None)


def _held(session: Session, allocation: Allocation, by: Person) -> Submission | None:
    """What they sent for it and have to mend, while it is theirs."""
    theirs = [each for each in find.submissions.to_mend_by(session, by) if each.is_from(by)]
    return next((each for each in theirs if each.allocation is allocation and by.can_return(allocation)), None)
