"""The steps of a swap that chat and pages take alike: who may be asked, ask, answer, arrange, undo, offer help."""

from collections.abc import Sequence
from datetime import timedelta

from programme import swap_asking
from programme.allocations import Allocation
from programme.blocking import Known
from programme.calendar import following
from programme.people import Person
from programme.refusals import Refusal
from programme.rounds import Round
from programme.swap_peers import Judging, Peer, Wanted, best_first, why_not
from programme.swap_turns import AskersTurns, Left
from programme.swaps import Swap
from programme.words import Role, SteerKind, SwapKind
from storage import find, journal, turning
from storage.find import matching as finder
from storage.office import Office
from storage.session import Session

UNDO_LOOK_BACK = timedelta(days=14)
"""Longer than any undoing is allowed for, so that what may be undone is found; the rule itself says until when."""


def who_may_be_asked(
    session: Session, office: Office, allocation: Allocation, asker: Person, kind: SwapKind = SwapKind.TWO_WAY
) -> list[Peer]:
    """Everybody who could take this audit, best first."""
    wanted = _wanted(session, allocation, asker, kind)
    peers = find.swaps.peers(session, allocation.round, today=office.today(session))
    judging = judging_of(session, office, allocation, [*(peer.person for peer in peers), wanted.asker])
    return best_first([peer for peer in peers if not why_not(wanted, peer, judging)], allocation)


def ask(
    session: Session,
    office: Office,
    ref: str,
    emails: Sequence[str],
    by: Person,
    kind: SwapKind = SwapKind.TWO_WAY,
    *,
    everybody: bool = False,
) -> Swap:
    """Ask peers, by their addresses, or everybody who could take the audit; their messages wait."""
    allocation = _to_be_swapped(session, office, ref, by)
    at_most = office.rules.policy.swaps.ask_at_most
    if not everybody and not 1 <= len(set(emails)) <= at_most:
        msg = "Choose whom to ask." if not emails else f"Choose at most {at_most}, or ask everybody."
        raise Refusal(msg, field="peer")
    wanted = _wanted(session, allocation, by, kind)
    if everybody:
        peers = who_may_be_asked(session, office, allocation, by, kind)
    else:
        peers = [_peer(session, allocation.round, email) for email in dict.fromkeys(emails)]
    if not peers:
        msg = "Nobody could take this one just now."
        raise Refusal(msg, field="peer")
    judging = judging_of(session, office, allocation, [*(peer.person for peer in peers), wanted.asker])
    swap, facts = swap_asking.ask(wanted, peers, at=office.now(session), judging=judging)
    session.add(swap)
    journal.write(session, facts, by=by, at=office.now(session))
    return swap


def found_nobody(session: Session, office: Office, ref: str, by: Person) -> Swap:
    """Nobody could be asked: the search is kept, and the administrator looks for a way."""
    allocation = _to_be_swapped(session, office, ref, by)
    wanted = _wanted(session, allocation, by, SwapKind.TWO_WAY)
    told, at = administrators(session, office), office.now(session)
    swap, facts = swap_asking.found_nobody(wanted, at=at, administrators=told, rules=office.rules)
    session.add(swap)
    journal.write(session, facts, by=by, at=at)
    return swap


def make(session: Session, office: Office, ref: str, email: str, by: Person, kind: SwapKind) -> Swap:
    """The administrator makes a swap for the holder of an audit; what they had asked for themselves ends with it."""
    peer_before = find.people.by_email(session, email)
    allocation = _held_with(session, ref, peer_before, kind)
    holder = allocation.holder
    if holder is None:
        msg = f"Nobody holds {ref}."
        raise Refusal(msg)
    asked = find.swaps.open_for(session, ref)
    at = office.now(session)
    if asked is not None:
        journal.write(session, asked.withdraw(by=by, at=at), by=by, at=at, on_behalf_of=holder)
    _hold_turns(session, allocation.round, [peer_before or holder, holder])
    wanted, peer = _wanted(session, allocation, holder, kind), _peer(session, allocation.round, email)
    swap, facts = swap_asking.make(
        wanted,
        peer,
        by=by,
        at=at,
        turns=_askers_turns(session, allocation.round, wanted.asker),
        judging=judging_of(session, office, allocation, [peer.person, wanted.asker]),
    )
    session.add(swap)
    journal.write(session, facts, by=by, at=at, on_behalf_of=holder)
    return swap


def accept(session: Session, office: Office, ref: str, by: Person) -> Swap:
    """The audit goes to who was asked. Of several who press at once, one wins; the others read who did.

    Who comes when it is settled waits for nobody: that is looked at before anything is held, and again once it is.
    """
    asked = find.swaps.by_ref(session, ref)
    asked.must_be_open_to(by)
    swap = find.swaps.hold(session, asked, taker=by)
    of, now = _with_turns(session, swap, by), office.now(session)
    facts = swap.accept(
        by=by,
        at=now,
        peer=find.swaps.peer(session, of, by),
        turns=_askers_turns(session, of, swap.asker),
        administrators=administrators(session, office),
        judging=judging_of(session, office, swap.allocation, [by, swap.asker]),
    )
    journal.write(session, facts, by=by, at=now)
    return swap


def approve(session: Session, office: Office, ref: str, by: Person) -> Swap:
    asked = find.swaps.by_ref(session, ref)
    swap = find.swaps.hold(session, asked, taker=asked.taker)
    of, now = _with_turns(session, swap, swap.taker), office.now(session)
    facts = swap.approve(
        by=by,
        at=now,
        peer=find.swaps.peer(session, of, swap.taker or swap.asker),
        turns=_askers_turns(session, of, swap.asker),
        judging=judging_of(session, office, swap.allocation, [swap.taker or swap.asker, swap.asker]),
    )
    journal.write(session, facts, by=by, at=now, on_behalf_of=swap.asker)
    return swap


def turn_down(session: Session, office: Office, ref: str, by: Person) -> Swap:
    swap, now = find.swaps.to_change(session, ref), office.now(session)
    facts = swap.turn_down(by=by, at=now, administrators=administrators(session, office))
    journal.write(session, facts, by=by, at=now, on_behalf_of=swap.asker)
    return swap


def decline(session: Session, office: Office, ref: str, by: Person) -> Swap:
    swap, now = find.swaps.to_change(session, ref), office.now(session)
    journal.write(session, swap.decline(by=by, at=now, administrators=administrators(session, office)), by=by, at=now)
    return swap


def withdraw(session: Session, office: Office, ref: str, by: Person) -> Swap:
    swap, now = find.swaps.to_change(session, ref), office.now(session)
    journal.write(session, swap.withdraw(by=by, at=now), by=by, at=now, on_behalf_of=_for(swap.asker, by))
    return swap


def undo(session: Session, office: Office, ref: str, by: Person) -> Swap:
    """Put everything back as it was. A turn that has been carried on since comes back from where it went."""
    turning.in_line(session)
    swap, now = find.swaps.to_change(session, ref), office.now(session)
    _with_turns(session, swap, swap.taker)
    facts = swap.undo(
        by=by,
        at=now,
        left=_left(session, swap),
        administrators=administrators(session, office),
        rules=office.rules,
    )
    journal.write(session, facts, by=by, at=now, on_behalf_of=_for(swap.taker, by))
    turning.follow(session, office, by=by, at=now)
    return swap


def expire(session: Session, office: Office, ref: str) -> None:
    """End a request that nobody answered in time, or that nobody needs any more."""
    swap, now = find.swaps.to_change(session, ref), office.now(session)
    journal.write(session, swap.expire(at=now, administrators=administrators(session, office)), by=None, at=now)


def may_be_undone(session: Session, office: Office, person: Person) -> list[Swap]:
    """What somebody took over and may undo still."""
    now, rules = office.now(session), office.rules
    taken = find.swaps.taken_by(session, person, since=now - UNDO_LOOK_BACK)
    return [swap for swap in taken if swap.undo_until(rules) >= now and swap.is_as_made]


def administrators(session: Session, office: Office) -> Sequence[Person]:
    return find.people.with_role(session, Role.ADMINISTRATOR, on=office.today(session))


def _to_be_swapped(session: Session, office: Office, ref: str, by: Person) -> Allocation:
    """An audit of one's own, held until the transaction ends, that is in no swap yet."""
    allocation = find.allocations.by_ref(session, ref, to_change=True)
    swap_asking.must_be_in_time(allocation, holder=by, today=office.today(session))
    if find.swaps.open_for(session, ref):
        msg = "You have asked somebody already. Take that back first, or wait for the answer."
        raise Refusal(msg)
    return allocation


def _held_with(session: Session, ref: str, peer: Person | None, kind: SwapKind) -> Allocation:
    """An audit, and in an exchange the peer's, too: held in the order of their references."""
    allocation = find.allocations.by_ref(session, ref)
    refs = {ref}
    if kind is SwapKind.EXCHANGE and peer is not None:
        theirs = find.swaps.peer(session, allocation.round, peer).audit
        refs |= {theirs.ref} if theirs else set()
    for each in sorted(refs):
        find.allocations.by_ref(session, each, to_change=True)
    return allocation


def _wanted(session: Session, allocation: Allocation, asker: Person, kind: SwapKind) -> Wanted:
    whole = find.people.with_ties(session, asker)
    later = find.turns.of_person(session, asker, following(allocation.round.month))
    return Wanted(allocation, whole, kind, later)


def _peer(session: Session, of: Round, email: str) -> Peer:
    person = find.people.by_email(session, email)
    if person is None:
        msg = "Choose whom to ask."
        raise Refusal(msg, field="peer")
    return find.swaps.peer(session, of, person)


def _with_turns(session: Session, swap: Swap, taker: Person | None) -> Round:
    """The month of a swap, with the turns that it moves held until the transaction ends."""
    of = swap.allocation.round
    _hold_turns(session, of, [swap.asker, taker or swap.asker])
    return of


def _hold_turns(session: Session, of: Round, people: Sequence[Person]) -> None:
    find.turns.hold(session, people, [of.month, following(of.month)])


def _askers_turns(session: Session, of: Round, asker: Person) -> AskersTurns:
    later = find.turns.of_person(session, asker, following(of.month))
    holds = find.allocations.load_by_holder(session, of).get(asker, 0)
    now = turning.turn_of_duty(session, asker, of.month)
    return AskersTurns(now, later, holds_more=holds > 1)


def _left(session: Session, swap: Swap) -> Left:
    month, taker = swap.allocation.round.month, swap.taker or swap.asker
    again = find.turns.carried(session, swap.asker, swap.was.askers_carried_from)
    changed = swap.later_month if swap.kind is SwapKind.TWO_WAY else again.month if again else month
    given_out = changed != month and find.rounds.is_given_out(session, changed)
    if swap.kind is SwapKind.COVER and again is not None and not given_out:
        session.delete(again)
        session.flush()
    filled = find.turns.of_person(session, swap.asker, month) is not None
    if swap.kind is SwapKind.TWO_WAY:
        filled = filled or find.turns.of_person(session, taker, swap.later_month) is not None
    return Left(
        find.turns.of_person(session, taker, month),
        find.turns.of_person(session, swap.asker, swap.later_month),
        given_out=given_out,
        filled=filled,
    )


def judging_of(session: Session, office: Office, allocation: Allocation, people: Sequence[Person]) -> Judging:
    """What stands between this month's records and these people beside what they say of themselves."""
    month = allocation.round.month
    cases = [each.case for each in find.allocations.of_round(session, allocation.round)]
    known = Known(
        apart=finder.kept_apart(session),
        handed_back=finder.handed_back(session, cases, people),
        barred={(each.case, each.person) for each in finder.steers(session, month) if each.kind is SteerKind.BARRED},
        released=finder.released(session, month),
    )
    return Judging(office.today(session), office.rules, known)


def _for(person: Person | None, by: Person) -> Person | None:
    return None if by is person else person
