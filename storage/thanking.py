"""Thanking auditors for a month, once each, when its report is issued."""

from collections.abc import Iterator

from programme import thanks
from programme.calendar import first_of
from programme.people import Person
from programme.rounds import Round
from programme.thanks import THANKED_WITHIN, Difference
from storage import find, journal
from storage.office import Office
from storage.session import Session


def to_thank(session: Session, office: Office) -> Iterator[tuple[str, Person]]:
    """Whoever returned an audit of a month that was issued lately, is at work, and has not been thanked: each once."""
    since, today = office.now(session) - THANKED_WITHIN, office.today(session)
    for report in find.reports.issued_since(session, since):
        month = report.round.month
        returned = find.allocations.returned_in(session, report.round)
        for person in dict.fromkeys(audit.holder for audit in returned if audit.holder):
            here = person.is_here_on(today) and person.is_at_work_on(today)
            if here and not find.chasing.has_had(session, person.reference, thanks.step_of(month), first_of(month)):
                yield month, person


def thank(session: Session, office: Office, month: str, number: int) -> bool:
    at, of = office.now(session), find.rounds.of_month(session, month)
    for each, person in to_thank(session, office):
        if (each, person.id) == (month, number):
            rows, facts = thanks.thank(person, month, [made.ref for made in made_by(session, of, person)], at=at)
            session.add_all(rows)
            journal.write(session, facts, by=None, at=at)
            return True
    return False


def made_by(session: Session, of: Round, auditor: Person) -> list[Difference]:
    """What came so far of each audit that somebody returned in a month."""
    moderated, counts = find.moderations.of_round(session, of), find.actions.counts_of(session, of)
    return [
        Difference(audit.ref, audit.ref in moderated and moderated[audit.ref].is_agreed, *counts.get(audit.ref, (0, 0)))
        for audit in find.allocations.returned_in(session, of)
        if audit.holder is auditor
    ]
