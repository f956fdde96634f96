"""More time for an action on record: taken, asked for, decided; and another date that who leads its owner sets."""

from datetime import date

from programme import extending
from programme.actions import Action
from programme.extending import Extension, Wanted
from programme.people import Person
from storage import find, journal
from storage.action_circle import decider, who_decides
from storage.office import Office
from storage.session import Session


def must_be_had(session: Session, office: Office, ref: str, by: Person) -> tuple[Action, bool]:
    """An action for which more time can be asked, and whether its owner may move the date by themselves."""
    action = find.actions.by_ref(session, ref)
    known = find.action_steps.extensions(session, action)
    extending.must_be_had(action, known, by=by, at=office.now(session))
    return action, extending.is_ones_own(action, known)


def ask(session: Session, office: Office, ref: str, wanted: Wanted, by: Person) -> Extension:
    """Have it, the first time; after that, and of an urgent one always, ask who leads the owner."""
    action, at = find.actions.by_ref(session, ref, to_change=True), office.now(session)
    known = find.action_steps.extensions(session, action)
    leaders = who_decides(session, action, on=office.today(session))
    asked, (rows, facts) = extending.ask(action, wanted, known, by=by, at=at, rules=office.rules, leaders=leaders)
    session.add_all([asked, *rows])
    journal.write(session, facts, by=by, at=at, on_behalf_of=None if by is action.owner else action.owner)
    return asked


def approve(session: Session, office: Office, ref: str, by: Person) -> Action:
    action, asked, head = _held(session, office, ref, by)
    at = office.now(session)
    rows, facts = extending.approve(asked, by=head, at=at, rules=office.rules)
    session.add_all(rows)
    journal.write(session, facts, by=by, at=at, on_behalf_of=None if by is head else head)
    return action


def refuse(session: Session, office: Office, ref: str, by: Person) -> Action:
    action, asked, head = _held(session, office, ref, by)
    at = office.now(session)
    facts = extending.refuse(asked, by=head, at=at)
    journal.write(session, facts, by=by, at=at, on_behalf_of=None if by is head else head)
    return action


def set_date(session: Session, office: Office, ref: str, to: date | None, *, by: Person, why: str = "") -> Action:
    action, at = find.actions.by_ref(session, ref, to_change=True), office.now(session)
    head = decider(session, action, by, on=office.today(session))
    known = find.action_steps.extensions(session, action)
    made, (rows, facts) = extending.set_date(action, Wanted(to, why), known, by=head, at=at, rules=office.rules)
    session.add_all([made, *rows])
    journal.write(session, facts, by=by, at=at, on_behalf_of=None if by is head else head)
    return action


def _held(session: Session, office: Office, ref: str, by: Person) -> tuple[Action, Extension | None, Person]:
    """The action held, what waits to be decided of it, and whose decision it is."""
    action = find.actions.by_ref(session, ref, to_change=True)
    head = decider(session, action, by, on=office.today(session))
    extending.must_be_decided_by(action, head)
    return action, extending.waiting(find.action_steps.extensions(session, action)), head
