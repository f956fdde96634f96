"""Looking at an action again, on record: asked by its owner, answered by who moderated its audit."""

from programme import looking_again
from programme.action_words import Looked
from programme.actions import Action
from programme.looking_again import Answered, LookAgain
from programme.people import Person
from storage import find, journal
from storage.acting import close_requests, for_whom
from storage.action_circle import moderators_of, who_settles
from storage.office import Office
from storage.session import Session


def must_be_doubted(session: Session, office: Office, ref: str, by: Person) -> Action:
    action = find.actions.by_ref(session, ref)
    looking_again.must_be_doubted(action, find.action_steps.looks(session, action), by=by, at=office.now(session))
    return action


def doubt(session: Session, office: Office, ref: str, words: str, *, by: Person) -> LookAgain:
    action, at = find.actions.by_ref(session, ref, to_change=True), office.now(session)
    known, asks = find.action_steps.looks(session, action), who_settles(session, action, on=office.today(session))
    made, facts = looking_again.doubt(action, words, known, by=by, at=at, asks=asks)
    session.add(made)
    journal.write(session, facts, by=by, at=at, on_behalf_of=for_whom(by, action))
    return made


def must_be_answered(session: Session, office: Office, ref: str, by: Person) -> LookAgain:
    """What waits for an answer, for who may give it."""
    action = find.actions.by_ref(session, ref)
    action.must_be_settled_by(by, moderators_of(session, action, on=office.today(session)))
    return looking_again.must_wait(looking_again.waiting(find.action_steps.looks(session, action)))


def answer(session: Session, office: Office, ref: str, said: Answered, *, by: Person) -> Action:
    action, at = find.actions.by_ref(session, ref, to_change=True), office.now(session)
    moderators = moderators_of(session, action, on=office.today(session))
    action.must_be_settled_by(by, moderators)
    asked = looking_again.waiting(find.action_steps.looks(session, action))
    facts = looking_again.answer(asked, said, by=by, at=at, moderators=moderators, rules=office.rules)
    if said.how is Looked.WITHDRAWN:
        close_requests(session, action, by=by, at=at)
    journal.write(session, facts, by=by, at=at)
    return action
