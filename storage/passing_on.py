"""'Belongs to someone else' on record: named, accepted, declined, asked of who leads the owner, placed."""

from collections.abc import Sequence

from programme import extending, passing_on
from programme.action_words import Extending
from programme.actions import Action
from programme.passing_on import Passing
from programme.people import Person
from storage import find, journal
from storage.action_circle import decider, who_decides, who_may_own
from storage.office import Office
from storage.session import Session


def must_be_passed(session: Session, office: Office, ref: str, by: Person) -> tuple[Action, Sequence[Person]]:
    """An action of which its owner may say whose it is, and who there is to choose from."""
    action = find.actions.by_ref(session, ref)
    passing_on.must_be_passed(action, find.action_steps.passings(session, action), by=by, at=office.now(session))
    return action, who_may_own(session, action, on=office.today(session))


def pass_on(session: Session, office: Office, ref: str, named: str, why: str, *, by: Person) -> Passing:
    """`named` is the number of one of those it can be passed to, as chosen from the list."""
    action, at = find.actions.by_ref(session, ref, to_change=True), office.now(session)
    known = find.action_steps.passings(session, action)
    person = _one_of(who_may_own(session, action, on=office.today(session)), named)
    made, facts = passing_on.pass_on(action, person, why, known, by=by, at=at)
    session.add(made)
    journal.write(session, facts, by=by, at=at, on_behalf_of=None if by is action.owner else action.owner)
    return made


def accept(session: Session, office: Office, ref: str, *, by: Person) -> Action:
    action, at = find.actions.by_ref(session, ref, to_change=True), office.now(session)
    asked = _asked(session, action, by)
    facts = passing_on.accept(asked, by=by, at=at)
    _needs_no_more_time(session, action, by, office)
    journal.write(session, facts, by=by, at=at)
    return action


def decline(session: Session, office: Office, ref: str, *, by: Person) -> Action:
    action, at = find.actions.by_ref(session, ref, to_change=True), office.now(session)
    journal.write(session, passing_on.decline(_asked(session, action, by), by=by, at=at), by=by, at=at)
    return action


def must_be_placed(session: Session, office: Office, ref: str, by: Person) -> tuple[Action, Sequence[Person]]:
    """An action of which who leads its owner says whose it is, and who there is to choose from: the owner stands
    first, for whom it stays with.
    """
    action = find.actions.by_ref(session, ref)
    head = decider(session, action, by, on=office.today(session))
    extending.must_be_decided_by(action, head)
    passing_on.must_wait(passing_on.waiting(find.action_steps.passings(session, action)))
    return action, [action.owner, *who_may_own(session, action, on=office.today(session))]


def place(session: Session, office: Office, ref: str, owner: str, *, by: Person) -> Action:
    """`owner` is the number of one of the same."""
    action, at = find.actions.by_ref(session, ref, to_change=True), office.now(session)
    today = office.today(session)
    head = decider(session, action, by, on=today)
    extending.must_be_decided_by(action, head)
    before = action.owner
    person = _one_of([before, *who_may_own(session, action, on=today)], owner)
    asked = passing_on.waiting(find.action_steps.passings(session, action))
    facts = passing_on.place(asked, person, by=head, at=at)
    if action.owner is not before:
        _needs_no_more_time(session, action, by, office)
    journal.write(session, facts, by=by, at=at, on_behalf_of=None if by is head else head)
    return action


def to_place(session: Session, office: Office) -> Sequence[str]:
    """Those that were passed on before today; whether it is time, each is judged by itself."""
    return find.action_steps.passings_to_place(session, asked_before=office.now(session))


def ask_head(session: Session, office: Office, ref: str) -> bool:
    """Where nobody has accepted in time."""
    action, at = find.actions.by_ref(session, ref, to_change=True), office.now(session)
    asked = passing_on.waiting(find.action_steps.passings(session, action))
    if asked is None:
        return False
    leaders = who_decides(session, action, on=office.today(session))
    facts = passing_on.ask_head(asked, at=at, rules=office.rules, leaders=leaders)
    journal.write(session, facts, by=None, at=at)
    return bool(facts)


def _asked(session: Session, action: Action, by: Person) -> Passing | None:
    """What waits; where nothing does, the last time this person was asked, of which they read that it is settled."""
    known = find.action_steps.passings(session, action)
    theirs = [each for each in known if by.can_accept_action(each)]
    return passing_on.waiting(known) or (theirs[-1] if theirs else None)


def _needs_no_more_time(session: Session, action: Action, by: Person, office: Office) -> None:
    """What the owner before asked of their own Head of Service goes no further."""
    asked = extending.waiting(find.action_steps.extensions(session, action))
    if asked is not None:
        asked.end(Extending.CLOSED, by=by, at=office.now(session))


def _one_of(people: Sequence[Person], number: str) -> Person | None:
    return next((each for each in people if str(each.id) == number), None)
