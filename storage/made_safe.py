"""The end of an alert on record: said by who has it, agreed by who does not own it, told each day until then."""

from collections.abc import Mapping, Sequence

from programme import made_safe
from programme.calendar import london
from programme.made_safe import TOLD, Seen
from programme.people import Person
from programme.rights.safety import OVERSEE
from programme.safety import Alert
from storage import find, journal
from storage.office import Office
from storage.session import Session


def say(session: Session, office: Office, ref: str, said: Seen, by: Person) -> Alert:
    """'Child seen or made safe'."""
    alert, at = find.alerts.by_ref(session, ref, to_change=True), office.now(session)
    told, others = find.alerts.told(session, ref), _who_else_agrees(session, office, alert)
    journal.write(session, made_safe.say(alert, said, told, others, by=by, at=at), by=by, at=at)
    return alert


def agree(session: Session, office: Office, ref: str, by: Person) -> Alert:
    alert, at = find.alerts.by_ref(session, ref, to_change=True), office.now(session)
    journal.write(session, made_safe.agree(alert, find.alerts.told(session, ref), by=by, at=at), by=by, at=at)
    return alert


def note_confirmed(session: Session, office: Office, ref: str) -> bool:
    """Its immediate action is confirmed, and with it that the child was seen or made safe."""
    alert, at = find.alerts.by_ref(session, ref, to_change=True), office.now(session)
    told, others = find.alerts.told(session, ref), _who_else_agrees(session, office, alert)
    facts = made_safe.said_by_confirming(alert, told, others, at=at)
    journal.write(session, facts, by=alert.seen_by, at=at)
    return bool(facts)


def standing_for(session: Session, office: Office, me: Person) -> Mapping[Alert, Sequence[Person]]:
    """The alerts that stand and that somebody may see, the oldest first; each with who was told of it."""
    today = office.today(session)
    told = {alert: find.alerts.told(session, alert.ref) for alert in find.alerts.standing(session)}
    return {alert: people for alert, people in told.items() if me.can_see_alert(alert, people, today)}


def to_tell(session: Session, office: Office) -> Sequence[str]:
    """The alerts of an earlier day that stand and of which nobody has been told today: references."""
    today, alerts = office.today(session), find.alerts.standing(session)
    before = [each.ref for each in alerts if london(each.raised_at).date() < today]
    return [ref for ref in before if not find.chasing.has_had(session, ref, TOLD, today)]


def tell_that_it_stands(session: Session, office: Office, ref: str) -> bool:
    """To who was told of it, and who oversees; whether anybody is."""
    alert, at = find.alerts.by_ref(session, ref, to_change=True), office.now(session)
    hear = [*find.alerts.told(session, ref), *alert.owned_by, *_overseers(session, office, alert)]
    people = find.people.with_absences(session, [each.id or 0 for each in hear])
    taken, facts = made_safe.tell_that_it_stands(alert, people, at=at)
    session.add(taken)
    journal.write(session, facts, by=None, at=at)
    return bool(facts)


def _overseers(session: Session, office: Office, alert: Alert) -> Sequence[Person]:
    """The Heads of Service and of Quality; of a worry about staff nobody but who was told."""
    return [] if alert.staff_conduct else find.people.with_role(session, *OVERSEE, on=office.today(session))


def _who_else_agrees(session: Session, office: Office, alert: Alert) -> list[Person]:
    """Who may agree although nobody told them of it."""
    return [each for each in _overseers(session, office, alert) if each.can_agree_that_safe(alert, ())]
