"""The steps of an alert that the form, chat, the pages and the worker take alike."""

from datetime import datetime

from programme import safety
from programme.allocations import Allocation
from programme.calendar import london
from programme.chasing import StepTaken
from programme.people import Person
from programme.safety import Alert, Known
from programme.words import Role
from storage import find, journal
from storage.office import Office
from storage.session import Session


def raise_alert(session: Session, office: Office, audit: Allocation, by: Person, *, staff_conduct: bool) -> Alert:
    """Raise it at once. `by` holds the audit, or is one of the two who moderate it.

    Pressed again, or sent again by its auditor with the same answers, it is the one there is; a moderator's worry after
    that one has ended is a new one.
    """
    had = find.alerts.every_of_audit(session, audit.ref)
    if had and (not had[-1].is_over or audit.holder is by):
        return had[-1]
    now = office.now(session)
    circle = find.people.circle_of(session, audit.case, on=office.today(session))
    alert, action, facts = safety.raise_alert(
        audit,
        staff_conduct=staff_conduct,
        by=by,
        at=now,
        circle=circle,
        rules=office.rules,
        known=Known(find.actions.ever_of(session, audit), had, find.moderations.of_audit(session, audit.ref)),
    )
    session.add_all([alert, action])
    journal.write(session, facts, by=by, at=now)
    return alert


def note_call(
    session: Session, office: Office, alert: Alert, by: Person, *, spoken_to: str, spoken_at: datetime | None
) -> None:
    now = office.now(session)
    journal.write(session, alert.note_call(spoken_to, spoken_at, by=by, at=now), by=by, at=now)


def take(session: Session, office: Office, ref: str, by: Person) -> Alert:
    """'I have this': of several who press at once, one has it; the others read who."""
    alert = find.alerts.by_ref(session, ref, to_change=True)
    now = office.now(session)
    journal.write(session, alert.take(find.alerts.told(session, ref), by=by, at=now), by=by, at=now)
    return alert


def repeat(session: Session, office: Office, ref: str) -> bool:
    """Take the steps that are due of one alert; whether there were any."""
    alert = find.alerts.by_ref(session, ref, to_change=True)
    now, today = office.now(session), office.today(session)
    steps = alert.steps_due(find.alerts.steps_of(session, ref), at=now, rules=office.rules)
    if not steps:
        return False
    told = find.alerts.told(session, ref)
    heads = [who for who in find.people.with_role(session, Role.HEAD_OF_SERVICE, on=today) if who not in told]
    directors = find.people.with_role(session, Role.DIRECTOR, on=today)
    session.add_all(StepTaken(ref, step, london(alert.raised_at).date(), now) for step in steps)
    journal.write(session, alert.repeat(steps, told, heads, directors), by=None, at=now)
    return True
