"""What a Head of Service does about an action that is late: they spoke to its owner, set a date, or take it."""

from datetime import date

from programme import answering_late
from programme.actions import Action
from programme.answering_late import LateAnswer
from programme.people import Person
from storage import extending, find, handing_over, journal
from storage.action_circle import decider
from storage.office import Office
from storage.session import Session


def must_be_answered(session: Session, office: Office, ref: str, by: Person) -> Action:
    """The action, for who leads its owner, while there is anything to do about it."""
    action = find.actions.by_ref(session, ref)
    answering_late.must_be_answered_by(action, decider(session, action, by, on=office.today(session)))
    return action


def answer(
    session: Session, office: Office, ref: str, what: str, *, by: Person, to: date | None = None, why: str = ""
) -> str:
    """One of the three; and the sentence that says what came of it."""
    must_be_answered(session, office, ref, by)
    match answering_late.chosen(what):
        case LateAnswer.NEW_DATE:
            action = extending.set_date(session, office, ref, to, by=by, why=why)
            return f"{ref} is due on {action.due_on:%A %-d %B} now. Its owner is told."
        case LateAnswer.MINE:
            handing_over.hand_over(session, office, [ref], by.email, by)
            return f"{ref} is yours now. Its owner before is told."
        case LateAnswer.SPOKEN:
            action, at = find.actions.by_ref(session, ref, to_change=True), office.now(session)
            head = decider(session, action, by, on=office.today(session))
            facts = answering_late.speak(action)
            journal.write(session, facts, by=by, at=at, on_behalf_of=None if by is head else head)
            return f"Noted: you have spoken to {action.owner.name}. {ref} stays with them, and its date stands."
