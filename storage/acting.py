"""The steps of an action that chat and pages take alike: read, spoken of, done, withdrawn, and another date."""

from collections.abc import Sequence
from datetime import date, datetime

from programme.action_words import Extending, Looked, PassingState
from programme.actions import Action, Confirmation
from programme.people import Person
from programme.refusals import NotAllowed
from storage import extending, find, journal
from storage.action_circle import moderators_of
from storage.office import Office
from storage.session import Session


def acknowledge(session: Session, office: Office, ref: str, *, by: Person) -> Sequence[Action]:
    """Acknowledge what an audit asks of one owner, whose action this is one of: all of it with one press."""
    at = office.now(session)
    first = find.actions.by_ref(session, ref)
    first.must_be_open_to(by, office.today(session))
    done = []
    for each in find.actions.of_allocation(session, first.allocation):
        if each.owner is first.owner and each.is_open:
            action = find.actions.by_ref(session, each.ref, to_change=True)
            facts = action.acknowledge(by=by, at=at)
            journal.write(session, facts, by=by, at=at, on_behalf_of=for_whom(by, action))
            done.append(action)
    return done


def discuss(session: Session, office: Office, ref: str, day: date | None, *, by: Person) -> Action:
    """Keep on which day it was spoken of in supervision."""
    action, at = find.actions.by_ref(session, ref, to_change=True), office.now(session)
    facts = action.discuss(day, by=by, at=at)
    journal.write(session, facts, by=by, at=at, on_behalf_of=for_whom(by, action))
    return action


def confirm(session: Session, office: Office, ref: str, said: Confirmation, *, by: Person) -> Action:
    """Confirm an action complete; whoever audited the child's record hears that something came of it."""
    action = find.actions.by_ref(session, ref, to_change=True)
    now, auditor = office.now(session), action.allocation.holder
    facts = action.confirm(said, by=by, at=now, auditor=None if auditor is by else auditor)
    close_requests(session, action, by=by, at=now)
    journal.write(session, facts, by=by, at=now, on_behalf_of=for_whom(by, action))
    return action


def withdraw(session: Session, office: Office, ref: str, why: str, *, by: Person) -> Action:
    """Nobody is to do it any more; its owner reads that on the page, and hears that it is so."""
    action, at = find.actions.by_ref(session, ref, to_change=True), office.now(session)
    moderators = moderators_of(session, action, on=office.today(session))
    facts = action.withdraw(why, by=by, at=at, moderators=moderators)
    close_requests(session, action, by=by, at=at)
    journal.write(session, facts, by=by, at=at)
    return action


def new_date(session: Session, office: Office, ref: str, to: date | None, *, by: Person, why: str = "") -> Action:
    """Who leads its owner sets another date, in one step."""
    return extending.set_date(session, office, ref, to, by=by, why=why)


def close_requests(session: Session, action: Action, *, by: Person | None, at: datetime) -> None:
    """What still waits for an answer needs none any more."""
    for extension in find.action_steps.extensions(session, action):
        if extension.waits:
            extension.end(Extending.CLOSED, by=by, at=at)
    for passing in find.action_steps.passings(session, action):
        if passing.waits:
            passing.end(PassingState.CLOSED, by=by, at=at)
    for look in find.action_steps.looks(session, action):
        if look.waits:
            look.end(Looked.CLOSED, by=by, at=at)


def for_whom(by: Person, action: Action) -> Person | None:
    """Its owner, where somebody acts in their place."""
    return None if by is action.owner else action.owner


def must_be_seen(session: Session, office: Office, ref: str, me: Person) -> Action:
    """One action, for who may see it, was asked to take it, or may say whether it stands."""
    action, today = find.actions.by_ref(session, ref), office.today(session)
    if me.can_see_action(action, today) or me.can_settle(action, moderators_of(session, action, on=today)):
        return action
    if any(each.waits and me.can_accept_action(each) for each in find.action_steps.passings(session, action)):
        return action
    msg = "We cannot find that action."
    raise NotAllowed(msg)
