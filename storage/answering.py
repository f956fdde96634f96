"""What an auditor answers to a reminder, in chat or on a page: on track, and not before that day."""

from datetime import date

from programme import reminders
from programme.allocations import Allocation
from programme.people import Person
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
