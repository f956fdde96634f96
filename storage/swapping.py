"""The steps of a swap that chat and pages take alike: who may be asked, ask, accept, and what ends it otherwise."""

from collections.abc import Sequence

from programme import swaps
from programme.allocations import Allocation
from programme.blocking import Known
from programme.calendar import following
from programme.people import Person
from programme.refusals import Refusal
from programme.swaps import Peer, Swap
from programme.words import Role, SteerKind
from storage import find, journal, turning
from storage.find import matching as finder
from storage.office import Office
from storage.session import Session


def who_may_be_asked(session: Session, office: Office, allocation: Allocation, asker: Person) -> list[Peer]:
    """Everybody of the next month who could take this audit, best first."""
    today = office.today(session)
    own = find.turns.of_person(session, asker, following(allocation.round.month))
    peers = find.swaps.peers(session, allocation.round)
    known = _known(session, allocation, peers)
    fitting = [peer for peer in peers if not swaps.why_not(allocation, asker, peer, today, own, office.rules, known)]
    return swaps.best_first(fitting, allocation)


def _known(session: Session, allocation: Allocation, peers: Sequence[Peer]) -> Known:
    """What stands between this record and these people beside what they say of themselves."""
    steers = finder.steers(session, allocation.round.month)
    return Known(
        apart=finder.kept_apart(session),
        handed_back=finder.handed_back(session, [allocation.case], [peer.person for peer in peers]),
        barred={(each.case, each.person) for each in steers if each.kind is SteerKind.BARRED},
    )


def ask(session: Session, office: Office, ref: str, peers_email: str, by: Person) -> Swap:
    """Ask one named peer to take the audit; their message waits."""
    allocation = find.allocations.by_ref(session, ref, to_change=True)
    person = find.people.by_email(session, peers_email)
    if person is None:
        msg = "Choose whom to ask."
        raise Refusal(msg, field="peer")
    if find.swaps.open_for(session, ref):
        msg = "You have asked somebody already. Take that back first, or wait for the answer."
        raise Refusal(msg)
    now, peer = office.now(session), find.swaps.peer(session, allocation.round, person)
    swap, facts = swaps.ask(
        allocation,
        peer,
        by=by,
        at=now,
        askers_next=find.turns.of_person(session, by, following(allocation.round.month)),
        rules=office.rules,
        known=_known(session, allocation, [peer]),
    )
    session.add(swap)
    journal.write(session, facts, by=by, at=now)
    return swap


def accept(session: Session, office: Office, ref: str, by: Person) -> Swap:
    """The audit goes to who was asked. Of several who press at once, one wins; the others read who did."""
    swap = find.swaps.by_ref(session, ref, to_change=True)
    swap.must_be_open_to(by)
    of, now = swap.allocation.round, office.now(session)
    peer = find.swaps.peer(session, of, by)
    facts = swap.accept(
        by=by,
        at=now,
        peer=peer,
        askers_turns=(
            turning.turn_of_duty(session, swap.asker, of.month),
            find.turns.of_person(session, swap.asker, swap.later_month, to_change=True),
        ),
        administrators=_administrators(session, office),
        rules=office.rules,
        known=_known(session, swap.allocation, [peer]),
    )
    journal.write(session, facts, by=by, at=now)
    return swap


def decline(session: Session, office: Office, ref: str, by: Person) -> Swap:
    swap = find.swaps.by_ref(session, ref, to_change=True)
    now = office.now(session)
    facts = swap.decline(by=by, at=now, administrators=_administrators(session, office))
    journal.write(session, facts, by=by, at=now)
    return swap


def withdraw(session: Session, office: Office, ref: str, by: Person) -> Swap:
    swap = find.swaps.by_ref(session, ref, to_change=True)
    now = office.now(session)
    journal.write(session, swap.withdraw(by=by, at=now), by=by, at=now)
    return swap


def expire(session: Session, office: Office, ref: str) -> None:
    """End a request that nobody answered in time, or that nobody needs any more."""
    swap = find.swaps.by_ref(session, ref, to_change=True)
    now = office.now(session)
    journal.write(session, swap.expire(at=now, administrators=_administrators(session, office)), by=None, at=now)


def _administrators(session: Session, office: Office) -> Sequence[Person]:
    return find.people.with_role(session, Role.ADMINISTRATOR, on=office.today(session))
