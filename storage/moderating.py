"""The steps of moderation that a pair takes: judge alone, agree."""

from programme import moderation
from programme.agreeing import Agreement
from programme.judging import Judged
from programme.moderation import Moderation
from programme.people import Person
from programme.refusals import Refusal
from programme.returns import Return
from storage import find, journal, outcomes
from storage.office import Office
from storage.session import Session


def read(session: Session, office: Office, ref: str, judged: Judged, *, by: Person) -> Moderation:
    found = find.moderations.must_be(session, ref, to_change=True)
    now = office.now(session)
    journal.write(session, found.read(judged, moderation.questions_of(found.allocation), by=by, at=now), by=by, at=now)
    return found


def agree(session: Session, office: Office, ref: str, said: Agreement, *, by: Person) -> Moderation:
    """Keep what the pair agreed; its outcome waits from now on to be sent."""
    found = find.moderations.must_be(session, ref, to_change=True)
    audit, now = found.allocation, office.now(session)
    facts = found.agree(said, return_of(session, found), moderation.questions_of(audit), by=by, at=now)
    outcomes.agreed(session, audit, at=now)
    journal.write(session, facts, by=by, at=now)
    return found


def return_of(session: Session, found: Moderation) -> Return:
    """The return that is moderated."""
    returned = find.submissions.return_of(session, found.allocation)
    if returned is None:
        msg = f"{found.allocation.ref} has not been returned."
        raise Refusal(msg)
    return returned
