"""The steps of moderation that a pair takes: judge alone, send back, agree or say that they do not."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from programme import disagreeing, moderation, sending_back, settling
from programme.actions import Action
from programme.agreeing import Agreement, Moderated
from programme.allocations import Allocation
from programme.facts import Fact
from programme.judging import Judged
from programme.moderation import Moderation
from programme.people import Person
from programme.refusals import Refusal
from programme.returns import Return
from storage import find, journal, outcomes
from storage.office import Office
from storage.session import Session


def read(session: Session, office: Office, ref: str, judged: Judged, *, by: Person) -> Moderation:
    """Judge alone; or anew, where a newer version came since."""
    found = find.moderations.must_be(session, ref, to_change=True)
    now, version = office.now(session), return_of(session, found).version
    facts = found.read(judged, moderation.questions_of(found.allocation), version, by=by, at=now)
    journal.write(session, facts, by=by, at=now)
    return found


def stand(session: Session, office: Office, ref: str, *, by: Person) -> Moderation:
    """'My judgement stands', of the newer version too."""
    found = find.moderations.must_be(session, ref, to_change=True)
    facts = found.stand(return_of(session, found).version, by=by)
    journal.write(session, facts, by=by, at=office.now(session))
    return found


def agree(session: Session, office: Office, ref: str, said: Agreement, *, by: Person) -> Moderation:
    """Keep what the pair agreed, or what was decided where it did not; its outcome waits from now on to be sent."""
    found = find.moderations.must_be(session, ref, to_change=True)
    audit, now = found.allocation, office.now(session)
    moderated = moderated_of(session, found)
    if found.is_moderated_by(by):
        facts = found.agree(said, moderated, by=by, at=now)
    else:
        deciders = find.moderations.deciders(session, found, on=office.today(session))
        facts = found.decide(said, moderated, deciders, by=by, at=now)
    facts += _settle(session, office, audit, said, moderated.had, by)
    outcomes.agreed(session, audit, at=now)
    journal.write(session, facts, by=by, at=now)
    return found


def _settle(
    session: Session, office: Office, audit: Allocation, said: Agreement, had: Sequence[Action], by: Person
) -> list[Fact]:
    """Change, take back and add actions as the pair wants them."""
    at, rules = office.now(session), office.rules
    owner = find.people.circle_of(session, audit.case, on=office.today(session)).owner
    kept, changed = settling.settle(said.actions, had, by=by, at=at, rules=rules)
    made, added = settling.added(said.actions, audit, len(had), owner=owner, at=at, rules=rules)
    session.add_all([*kept, *made])
    session.flush()
    return [*changed, *added]


def send_back(
    session: Session, office: Office, ref: str, missing: str, questions: Collection[str], *, by: Person
) -> Moderation:
    """To its auditor, who is told what is missing; of the questions, those that it was asked."""
    found = find.moderations.must_be(session, ref, to_change=True)
    now, asked = office.now(session), [each.key for each in moderation.questions_of(found.allocation)]
    named = [key for key in asked if key in questions]
    facts = sending_back.send_back(found, missing, named, by=by, at=now, rules=office.rules)
    journal.write(session, facts, by=by, at=now)
    return found


def newer_came(session: Session, audit: Allocation, version: int, *, at: datetime) -> list[Fact]:
    """What a newer version of an audit tells those who moderate it."""
    found = find.moderations.of_audit(session, audit.ref, to_change=True)
    return sending_back.came(found, version, at=at) if found is not None else []


def disagree(session: Session, office: Office, ref: str, words: Mapping[str, str], *, by: Person) -> Moderation:
    """'We do not agree', with the words of both, by their e-mail address."""
    found = find.moderations.must_be(session, ref, to_change=True)
    deciders = find.moderations.deciders(session, found, on=office.today(session))
    now = office.now(session)
    journal.write(session, disagreeing.disagree(found, words, deciders, by=by, at=now), by=by, at=now)
    return found


def page_for(session: Session, office: Office, ref: str, me: Person) -> str:
    """Where somebody goes on with it: one of the pair, or who decides where they do not agree. For nobody else."""
    found = find.moderations.must_be(session, ref)
    if not found.is_moderated_by(me):
        deciders = find.moderations.deciders(session, found, on=office.today(session))
        disagreeing.must_be_open_to(found, me, deciders)
        return f"/audits/{ref}/decide"
    return f"/audits/{ref}/moderate"


def moderated_of(session: Session, found: Moderation) -> Moderated:
    """What is agreed on: the return as it counts now, its questions, and its actions."""
    audit = found.allocation
    had = find.actions.ever_of(session, audit)
    return Moderated(return_of(session, found), moderation.questions_of(audit), had)


def return_of(session: Session, found: Moderation) -> Return:
    """The return that is moderated."""
    returned = find.submissions.return_of(session, found.allocation)
    if returned is None:
        msg = f"{found.allocation.ref} has not been returned."
        raise Refusal(msg)
    return returned
