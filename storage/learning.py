"""The record of what people learnt, as chat and pages keep it alike."""

from collections.abc import Sequence
from datetime import date, time

from programme import learning
from programme.allocations import Allocation
from programme.calendar import at_london
from programme.learning import After, Learnt, ToSay
from programme.people import Person
from storage import find, journal
from storage.office import Office
from storage.session import Session

ASKED_FOR = 10
"""Working days for which somebody is asked how it was."""


def to_say(session: Session, office: Office, me: Person) -> Sequence[ToSay]:
    """What they are asked about now."""
    since = office.rules.calendar.after(office.today(session), -ASKED_FOR)
    return find.learning.to_say(session, me, since=at_london(since, time()))


def asked_of(session: Session, ref: str, me: Person) -> tuple[Allocation, After]:
    """One audit, and what they did of it; refused to who did nothing."""
    audit = find.allocations.by_ref(session, ref)
    return audit, learning.after_which(audit, find.moderations.of_audit(session, ref), me)


def say(session: Session, office: Office, ref: str, worth: str, words: str, me: Person) -> Learnt:
    audit, after = asked_of(session, ref, me)
    had, at = find.learning.said_of(session, me, audit, after), office.now(session)
    learnt, facts = learning.say(me, audit, after, worth, words, had, at=at)
    session.add(learnt)
    journal.write(session, facts, by=me, at=at)
    return learnt


def note_training(session: Session, office: Office, person: Person, day: date | None, words: str, me: Person) -> Learnt:
    at = office.now(session)
    learnt, facts = learning.note_training(person, day, words, by=me, at=at)
    session.add(learnt)
    journal.write(session, facts, by=me, at=at)
    return learnt
