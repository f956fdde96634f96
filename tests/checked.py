"""An action that its owner has confirmed, the check that somebody is asked for, and how they answer."""

from dataclasses import replace
from datetime import date

from programme.actions import Action, Confirmation
from programme.checking import Check
from programme.closing_policy import CheckRules
from programme.people import Person, RoleHeld
from programme.rulebook import Rulebook
from programme.words import Priority, Role
from scheduler.sweeps.checks import Checks
from storage import acting, find
from storage.office import Office
from tests.bot.test_actions import REF, sent
from tests.cast import NOW, Cast, here

SAID = Confirmation(
    "Visited at home and at school.", NOW.date(), "She sleeps at home again.", NOW.date(), "Case notes."
)
MISSING = "The visit to the school is not there."


def learning(office: Office, name: str = "Kwame Ashdown") -> Person:
    """Somebody of practice learning, who belongs to no service."""
    first = name.split(maxsplit=1)[0]
    person = Person(f"{first.lower()}@example.org", name, [RoleHeld(Role.PRACTICE_LEARNING)])
    person.slack_user_id = f"U{first.upper()}"
    with office.record.writing() as session:
        session.add(person)
    return person


def every_one(office: Office) -> Office:
    """Where the lot falls on every action."""
    rules = Rulebook.of(replace(office.rules.policy, checks=CheckRules(one_in=1)))
    return replace(office, rules=rules)


def confirmed(office: Office, cast: Cast, priority: Priority = Priority.URGENT, *, many: int = 1) -> None:
    sent(office, cast, many=many, priority=priority)
    for number in range(1, many + 1):
        confirm(office, cast, f"ACT-2017-10-01-{number}")


def confirm(office: Office, cast: Cast, ref: str = REF) -> None:
    with office.record.writing() as session:
        acting.confirm(session, office, ref, SAID, by=here(session, cast.team_manager))


def asked(office: Office, cast: Cast, priority: Priority = Priority.URGENT) -> Check:
    """One is confirmed, and somebody is asked to check it."""
    confirmed(office, cast, priority)
    Checks(every_one(office)).sweep()
    return check(office)


def check(office: Office, ref: str = REF) -> Check:
    with office.record.reading() as session:
        return find.checks.of_action(session, ref)


def action(office: Office, ref: str = REF) -> Action:
    with office.record.reading() as session:
        return find.actions.by_ref(session, ref)


def told(office: Office, kind: str) -> list[str]:
    with office.record.reading() as session:
        return sorted(each.person.email for each in find.notices.of_kind(session, kind))


def on(month: int, day: int) -> date:
    return date(2017, month, day)
