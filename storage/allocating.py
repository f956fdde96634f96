"""The steps of an allocation that commands, pages and chat take alike: look at it, steer it by hand, and do it.

What is planned and not given out yet is looked at anew each time, and moves only where it has to.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from programme import allocating, steering
from programme.allocating import AsItStands, Done
from programme.allocations import Allocation
from programme.blocking import Known
from programme.calendar import months_before
from programme.cases import Case
from programme.facts import Fact
from programme.matching import Matching
from programme.people import Person
from programme.refusals import Refusal
from programme.rounds import Round
from programme.steering import Steer
from programme.words import AllocationState, SteerKind
from storage import find, journal
from storage.find import matching as finder
from storage.office import Office
from storage.session import Session

LATELY = 12
"""Months in which an audit counts as done lately."""


@dataclass(frozen=True)
class Looked:
    """A month as it is allocated, or would be: what is planned by now, and what was said by hand."""

    of: Round
    cases: Sequence[Case]
    planned: Sequence[Allocation]
    steers: Sequence[Steer]
    stands: AsItStands


def look(session: Session, month: str, *, to_change: bool = False) -> Looked:
    """All that the allocation of a month goes by."""
    of = find.rounds.of_month(session, month, to_change=to_change)
    planned = find.allocations.in_state(session, of, AllocationState.PLANNED, to_change=to_change)
    cases = [*(each.case for each in planned), *find.cases.waiting_for_an_auditor(session, month)]
    turns = find.turns.of_months(session, [month])
    steers, people = finder.steers(session, month), [turn.person for turn in turns]
    known = Known(
        handed_back=finder.handed_back(session, cases, people),
        apart=finder.kept_apart(session),
        released=finder.released(session, month),
        planned={each.case: each.holder for each in planned if each.holder},
        pinned={each.case: each.person for each in steers if each.kind is SteerKind.PINNED},
        barred={(each.case, each.person) for each in steers if each.kind is SteerKind.BARRED},
    )
    held = Counter(find.allocations.load_by_holder(session, of))
    held.subtract(each.holder for each in planned if each.holder)
    since = f"{months_before(allocating.window(of)[0], LATELY):%Y-%m}"
    past = finder.past(session, of, people, since=since)
    return Looked(of, cases, planned, steers, AsItStands(turns, held, past, known))


def preview(session: Session, office: Office, month: str) -> Matching:
    """Which of the sample would go to whom, and why. Nothing is changed."""
    return matched(look(session, month), office)


def matched(looked: Looked, office: Office) -> Matching:
    return allocating.propose(looked.of, looked.cases, looked.stands, office.rules)


def allocate(session: Session, office: Office, month: str, by: Person, *, seen: str = "") -> Done:
    """Allocate all of the sample that can be placed, as one unit, and hand on what is planned and has to move.

    `seen` is the mark of the preview that was looked at: one that would come out otherwise by now is refused.
    """
    looked = look(session, month, to_change=True)
    matching = matched(looked, office)
    if matching.changes_nothing:
        msg = f"There is nothing to allocate for {looked.of.name}: nothing more of the sample can be placed."
        raise Refusal(msg)
    if seen and seen != matching.mark:
        name = looked.of.name
        msg = f"Something has changed since you looked at {name}. Press Allocate again to see how it stands now."
        raise Refusal(msg)
    gone, moved = allocating.re_allocate(looked.of, matching, looked.planned)
    for each in gone:
        session.delete(each)
    session.flush()
    made, facts = allocating.allocate(looked.of, matching, find.allocations.next_number(session, looked.of))
    session.add_all(made)
    journal.write(session, [*moved, *(facts if made else [])], by=by, at=office.now(session))
    return Done(made, len(matching.moves) - len(gone), len(gone))


def pin(session: Session, office: Office, month: str, case_ref: str, email: str, by: Person) -> Steer:
    """Give a record to this person, where no hard rule keeps it from them."""
    looked, case = _of_the_sample(session, month, case_ref)
    turn = next((each for each in looked.stands.turns if each.person.email == email.strip().lower()), None)
    if turn is None:
        msg = f"{email} has no turn in {looked.of.name}."
        raise Refusal(msg, field="person")
    known = replace(allocating.known_of(looked.of, looked.stands.known, office.rules), barred=())
    who = allocating.candidate(looked.of, turn, looked.stands, office.rules)
    said = steering.pin(looked.of, case, who, known, looked.steers, by=by)
    return _keep(session, office, looked, *said)


def bar(session: Session, office: Office, month: str, case_ref: str, email: str, by: Person) -> Steer:
    """Keep a record from this person."""
    looked, case = _of_the_sample(session, month, case_ref)
    person = find.people.by_email(session, email)
    if person is None:
        msg = f"{email} is not on the people list."
        raise Refusal(msg, field="person")
    return _keep(session, office, looked, *steering.bar(looked.of, case, person, by=by))


def free(session: Session, office: Office, month: str, case_ref: str, email: str, by: Person) -> Steer:
    """Take back what was said by hand of these two."""
    looked, case = _of_the_sample(session, month, case_ref)
    wanted = (each for each in looked.steers if each.case is case and each.person.email == email.strip().lower())
    found = next(wanted, None)
    if found is None:
        msg = f"Nothing was said by hand of {case.ref} and {email}."
        raise Refusal(msg)
    session.delete(found)
    journal.write(session, found.taken_back(), by=by, at=office.now(session))
    return found


def _of_the_sample(session: Session, month: str, case_ref: str) -> tuple[Looked, Case]:
    """The month, held against others, and one of its records that is not given out yet."""
    looked = look(session, month, to_change=True)
    case = next((each for each in looked.cases if each.ref == case_ref.strip()), None)
    if case is None:
        msg = f"{case_ref[:40]} is not in the sample of {looked.of.name}, or has been given out already."
        raise Refusal(msg, field="case")
    return looked, case


def _keep(session: Session, office: Office, looked: Looked, steer: Steer, facts: Sequence[Fact]) -> Steer:
    for each in steering.replaced(steer.case, steer.person, steer.kind, looked.steers):
        session.delete(each)
    session.flush()
    session.add(steer)
    journal.write(session, facts, by=steer.by, at=office.now(session))
    return steer
