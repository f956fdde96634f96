"""'I can't do this one' on record: why, and what follows from it at once."""

from collections.abc import Sequence

from programme import reasons
from programme.absences import Away
from programme.allocations import Allocation
from programme.chasing import HEAD_TOLD, StepTaken
from programme.daily_facts import HeadTold
from programme.facts import Fact
from programme.people import Person
from programme.swap_asking import why_not_now
from programme.words import Reason, Role
from storage import find, journal, sampling, swapping
from storage.chasing import who_leads
from storage.office import Office
from storage.session import Session


def give(session: Session, office: Office, ref: str, reason: Reason, words: str, by: Person) -> Allocation:
    """Keep why; a part in the record hands it back, and a search for a swap that found nobody is kept as one."""
    find.allocations.by_ref(session, ref)  # says so where there is none
    [allocation] = find.chasing.audits(session, [ref], to_change=True)
    if reason is Reason.PART_IN_CASE and by is allocation.holder:
        _hand_back(session, office, allocation, by)
        return allocation
    searched = reason is Reason.NO_SWAP_FOUND and _may_search(session, office, allocation, by)
    told = [] if searched else find.people.with_role(session, Role.ADMINISTRATOR, on=office.today(session))
    facts = allocation.give_reason(reason, words, by=by, administrators=told)
    on_behalf_of = None if by is allocation.holder else allocation.holder
    journal.write(session, facts, by=by, at=office.now(session), on_behalf_of=on_behalf_of)
    if facts and searched:
        swapping.found_nobody(session, office, ref, by)
    return allocation


def _hand_back(session: Session, office: Office, allocation: Allocation, by: Person) -> None:
    """Without blame; a reserve follows the same day where there is time."""
    circle = find.people.circle_of(session, allocation.case, on=office.today(session))
    journal.write(session, allocation.hand_back(by=by, circle=circle), by=by, at=office.now(session))
    sampling.follow_up(session, office, allocation, by)


def _may_search(session: Session, office: Office, allocation: Allocation, by: Person) -> bool:
    """Where it could still be swapped, and nobody is asked at present."""
    if by is not allocation.holder or find.swaps.open_for(session, allocation.ref):
        return False
    return not why_not_now(allocation, holder=by, today=office.today(session))


def put_right(session: Session, office: Office, person: Person, said: Away) -> list[Fact]:
    """What was said of this person's audits that were due on days on which, as is known now, they were not at work."""
    today, refs = office.today(session), [each.ref for each in find.allocations.open_with(session, person)]
    steps, facts = find.chasing.steps(session, refs), list[Fact]()
    for audit in find.chasing.audits(session, refs, to_change=True):
        told = _who_heard(session, audit, steps.get(audit.ref, []))
        facts += reasons.put_right(audit, said, today=today, told=told)
    return facts


def _who_heard(session: Session, audit: Allocation, steps: Sequence[StepTaken]) -> Sequence[Person]:
    """The Head of Service to whom it was said that this audit is late; nobody while that still waits.

    A digest does not keep which audits it names: of several made at one instant it is that of who led then.
    """
    at = next((step.taken_at for step in steps if step.step == HEAD_TOLD and step.due_on == audit.due_on), None)
    if at is None or audit.holder is None:
        return []
    heard = find.notices.who_has_heard(session, HeadTold.kind(), audit.round.month, made_at=at)
    led = who_leads(session, at=at)(audit.holder)
    return [each for each in heard if each is led] or heard
