"""Telling those who run the month, once a day, what changed and what needs them."""

from collections.abc import Iterator
from datetime import datetime

from programme import month_told
from programme.calendar import at_london, london
from programme.exceptions import exceptions
from programme.month_told import CHANGES, TOLD, MonthSeen
from programme.people import Person
from programme.words import NOT_GIVEN_OUT, Role
from storage import find, journal
from storage.office import Office
from storage.session import Session


def to_tell(session: Session, office: Office) -> Iterator[Person]:
    """Every administrator who is at work and for whom no digest was made today."""
    today = office.today(session)
    numbers = [each.id or 0 for each in find.people.with_role(session, Role.ADMINISTRATOR, on=today)]
    for person in find.people.with_absences(session, numbers):
        if person.is_at_work_on(today) and not find.chasing.has_had(session, person.reference, TOLD, today):
            yield person


def tell(session: Session, office: Office, number: int) -> bool:
    """The day's digest for one of them; whether there was anything to say."""
    at = office.now(session)
    for person in to_tell(session, office):
        if person.id == number:
            of, seen = find.rounds.current(session), month_seen(session, office, person, until=at)
            rows, facts = month_told.tell(person, seen, of.month if of else f"{london(at):%Y-%m}", at=at)
            session.add_all(rows)
            journal.write(session, facts, by=None, at=at)
            return bool(facts)
    return False


def month_seen(session: Session, office: Office, person: Person, *, until: datetime) -> MonthSeen:
    """What changed between the digest before and this moment, and what needs somebody now."""
    of, rules, today = find.rounds.current(session), office.rules, london(until).date()
    found = find.exceptions.found(session, of, today=office.today(session), rules=rules)
    runs = of is not None and of.state not in NOT_GIVEN_OUT
    return MonthSeen(
        changed=find.history.counts(session, CHANGES, after=_heard_before(session, office, person, until), until=until),
        needs=list(exceptions(found, office.today(session))),
        account=find.rounds.account_of(session, of) if of and runs else None,
        week_begins=month_told.begins_week(today, rules.calendar),
        alerts=find.alerts.count_standing(session),
    )


def _heard_before(session: Session, office: Office, person: Person, at: datetime) -> datetime:
    """When they had their last digest before this moment; who never had one hears from the working day before on."""
    steps = find.chasing.steps(session, [person.reference]).get(person.reference, [])
    before = [step.taken_at for step in steps if step.step == TOLD and step.taken_at < at]
    calendar, begins = office.rules.calendar, office.rules.policy.reminders.from_hour
    return before[-1] if before else at_london(calendar.after(london(at).date(), -1), begins)
