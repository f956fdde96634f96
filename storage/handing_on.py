"""What somebody leaves open goes to somebody else: looked at before, done by one press, or by the worker in time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from programme import handing_on
from programme.allocating import known_of
from programme.allocations import Allocation
from programme.blocking import Candidate, blocks_of
from programme.facts import Fact
from programme.handing_on import Handed, StillOpen, for_the_rest
from programme.people import Person
from programme.planning_facts import WorkToHandOn
from programme.refusals import Refusal
from programme.rounds import Round
from programme.words import Role
from storage import acting, allocating, find, journal, turning
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
    moved = _actions(session, office, open_with)
    journal.write(session, [*facts, *moved], by=by, at=at, on_behalf_of=person)
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


def _actions(session: Session, office: Office, open_with: StillOpen) -> list[Fact]:
    """Each goes to who answers for the child's team today; outside the team where the team must not hear of it."""
    facts: list[Fact] = []
    for action in open_with.actions:
        owner = owner_today(session, office, action.allocation)
        if owner is not open_with.person:
            facts += action.hand_on_to(owner)
            acting.close_requests(session, action, by=None, at=office.now(session))
    return facts


def owner_today(session: Session, office: Office, audit: Allocation) -> Person:
    """Who owns today what an audit asks for: outside the team where the team must not hear of it."""
    circle = find.people.circle_of(session, audit.case, on=office.today(session))
    alert = find.alerts.of_audit(session, audit.ref)
    return circle.owner_outside_the_team if alert and alert.staff_conduct else circle.owner
