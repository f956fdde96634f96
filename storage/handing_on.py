"""What somebody leaves open goes to somebody else: looked at before, done by one press, or by the worker in time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from programme import handing_on
from programme.allocating import known_of
from programme.allocations import Allocation
from programme.blocking import Candidate, blocks_of
from programme.calendar import london
from programme.cases import Case
from programme.facts import Fact
from programme.handing_on import Handed, StillOpen, for_the_rest
from programme.people import Person
from programme.planning_facts import WorkToHandOn
from programme.refusals import Refusal
from programme.rounds import Round
from programme.words import Role
from storage import allocating, find, handing_over, journal, turning
from storage.office import Office
from storage.session import Session


def still_open(session: Session, person: Person) -> StillOpen:
    """Everything that waits for this person to do or to answer."""
    return StillOpen(
        person,
        find.allocations.open_with(session, person),
        [find.swaps.by_ref(session, each.ref) for each in find.swaps.open_of(session, person).values()],
        [*find.swaps.waiting_for(session, person), *find.swaps.agreed_to(session, person)],
        find.actions.open_for(session, person),
    )


def tell_of(session: Session, office: Office, person: Person) -> list[Fact]:
    """The administrators hear what is open with somebody who cannot finish it; nothing where nothing is."""
    if not still_open(session, person).said:
        return []
    administrators = find.people.with_role(session, Role.ADMINISTRATOR, on=office.today(session))
    return [WorkToHandOn(about=person.reference, tell=tuple(administrators))]


def who_may(session: Session, office: Office, audit: Allocation) -> list[Person]:
    """Every auditor whom no rule keeps from this audit, with a turn and room or without, by name."""
    looked, today, rules = allocating.look(session, audit.round.month), office.today(session), office.rules
    others = [each for each in find.people.auditors(session) if each is not audit.holder]
    who = [for_the_rest(Candidate(each, room_for=1), audit.round, today=today, rules=rules) for each in others]
    known = replace(known_of(audit.round, looked.stands.known, rules), planned={})
    blocks = blocks_of([audit.case], who, known)
    return [each.person for each in who if not blocks.between(audit.case, each.person)]


def proposed(session: Session, office: Office, open_with: StillOpen) -> dict[str, Person]:
    """Who would take which audit on, by the same rules as when the month was allocated; references."""
    by_round: dict[Round, list[Allocation]] = defaultdict(list)
    for audit in open_with.audits:
        by_round[audit.round].append(audit)
    found: dict[str, Person] = {}
    for of, audits in by_round.items():
        looked, cases = allocating.look(session, of.month), [audit.case for audit in audits]
        taker = handing_on.takers(
            of, cases, open_with.person, looked.stands, today=office.today(session), rules=office.rules
        )
        found |= {audit.ref: taker[audit.case] for audit in audits if audit.case in taker}
    return found


def hand_on(
    session: Session, office: Office, person: Person, by: Person | None, chosen: Mapping[str, str] | None = None
) -> Handed:
    """Hand on all that can be, as one unit. `chosen` names the taker of an audit, by its reference and an address."""
    open_with, at = _held(session, person), office.now(session)
    administrators = find.people.with_role(session, Role.ADMINISTRATOR, on=office.today(session))
    swaps = [*open_with.asked, *open_with.offered]
    facts = [fact for each in swaps for fact in each.fall_away(person, at=at, administrators=administrators)]
    takers = proposed(session, office, open_with) | _named(session, office, open_with.audits, chosen or {})
    find.turns.hold(session, list(takers.values()), [audit.round.month for audit in open_with.audits])
    for audit in open_with.audits:
        if audit.ref in takers:
            taker = takers[audit.ref]
            facts += audit.hand_on_to(taker, at=at)
            turning.turn_of_duty(session, taker, audit.round.month)
    journal.write(session, facts, by=by, at=at, on_behalf_of=person)
    moved = _to_who_answers(session, open_with, on=office.today(session))
    handing_over.give(session, moved, by=by, at=at, tell_before=False)
    left = [audit.ref for audit in open_with.audits if audit.ref not in takers]
    return Handed(len(takers), len(moved), len(swaps), left)


def _held(session: Session, person: Person) -> StillOpen:
    """The same, held in the order in which a swap is: the audits by their references, then the swaps by theirs."""
    seen = still_open(session, person)
    swaps = [*seen.asked, *seen.offered]
    for ref in sorted({audit.ref for audit in (*seen.audits, *(swap.allocation for swap in swaps))}):
        find.allocations.by_ref(session, ref, to_change=True)
    # Of two who hand on at once, each is in swaps of the other; in no given order each would wait for the other.
    for ref in sorted({swap.ref for swap in swaps}):
        find.swaps.to_change(session, ref)
    return still_open(session, person)


def _named(
    session: Session, office: Office, audits: Sequence[Allocation], chosen: Mapping[str, str]
) -> dict[str, Person]:
    named = {}
    for audit in audits:
        email = chosen.get(audit.ref, "").strip().lower()
        taker = next((each for each in who_may(session, office, audit) if each.email == email), None) if email else None
        if email and taker is None:
            msg = f"{email} may not take {audit.ref}. Choose somebody else."
            raise Refusal(msg, field=audit.ref)
        if taker is not None:
            named[audit.ref] = taker
    return named


def whose_last_day(session: Session, office: Office) -> Sequence[Person]:
    """Who works today for the last time and owns something to be done, from the policy's hour on."""
    now, calendar = office.now(session), office.rules.calendar
    today = london(now).date()
    if london(now).time() < office.rules.policy.actions.handed_on_from_hour:
        return []
    return find.people.leaving_with_actions(session, today, before=calendar.after(today, 1))


def hand_on_actions(session: Session, office: Office, person: Person) -> int:
    """On somebody's last working day what is to be done for children goes on: nobody has it only the next morning.

    Audits stay with them until the day is over. Whoever has it must be in post today and on the next working day;
    where that is nobody, it waits for the morning. How many went.
    """
    today = office.today(session)
    open_with = StillOpen(person, actions=find.actions.open_for(session, person))
    moves = _to_who_answers(session, open_with, on=office.rules.calendar.after(today, 1))
    here = [(action, owner) for action, owner in moves if owner.is_here_on(today)]
    handing_over.give(session, here, by=None, at=office.now(session), tell_before=True)
    return len(here)


def case_moved(session: Session, office: Office, case: Case, *, by: Person, at: datetime) -> int:
    """A child's record is with another team already: what is to be done for the child goes to who answers for that
    team, and both hear of it. How many went.
    """
    open_for_child = find.actions.open_for_child(session, case)
    moves = [(action, owner_of(session, action.allocation, on=office.today(session))) for action in open_for_child]
    away = [(action, owner) for action, owner in moves if owner is not action.owner]
    handing_over.give(session, away, by=by, at=at, tell_before=True)
    return len(away)


def _to_who_answers(session: Session, open_with: StillOpen, *, on: date) -> list[handing_over.Move]:
    """Each action and who answers for the child's team on that day, where that is somebody else."""
    moves = [(action, owner_of(session, action.allocation, on=on)) for action in open_with.actions]
    return [(action, owner) for action, owner in moves if owner is not open_with.person]


def owner_of(session: Session, audit: Allocation, *, on: date) -> Person:
    """Who owns what an audit asks for on a day: outside the team where the team must not hear of it."""
    circle = find.people.circle_of(session, audit.case, on=on)
    return circle.owner_outside_the_team if handing_over.is_hidden_from_team(session, audit) else circle.owner
