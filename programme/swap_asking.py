"""How a swap begins: the holder asks, nobody can be asked, or the administrator makes it."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from programme.allocations import Allocation
from programme.calendar import end_of, london
from programme.facts import Fact
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.rulebook import Rulebook
from programme.swap_facts import SwapAsked
from programme.swap_peers import Judging, Peer, Wanted, why_not
from programme.swap_turns import AskersTurns
from programme.swaps import Offer, Swap, day_before_due
from programme.words import AuditType, OfferState, SwapState

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def ask(wanted: Wanted, peers: Sequence[Peer], *, at: datetime, judging: Judging) -> tuple[Swap, list[Fact]]:
    """Ask one peer, a few, or everybody who could take it; who is first to accept has it."""
    for peer in peers:
        if reason := why_not(wanted, peer, judging):
            msg = f"{peer.person.name} {reason}. Choose somebody else."
            raise Refusal(msg, field="peer")
    swap = _opened(wanted, at, judging.rules)
    swap.offers = [Offer(peer.person) for peer in peers]
    told = tuple(peer.person for peer in peers)
    return swap, [SwapAsked(about=swap.ref, how=wanted.kind, tell=told, touches=(wanted.allocation.ref,))]


def found_nobody(
    wanted: Wanted, *, at: datetime, administrators: Sequence[Person], rules: Rulebook
) -> tuple[Swap, list[Fact]]:
    """A search that ended before it began, because nobody can take the audit: kept, and told."""
    swap = _opened(wanted, at, rules)
    return swap, swap.end(SwapState.DECLINED, at, by=wanted.asker, tell=administrators)


def make(
    wanted: Wanted, peer: Peer, *, by: Person, at: datetime, turns: AskersTurns, judging: Judging
) -> tuple[Swap, list[Fact]]:
    """The administrator makes a swap that two people have agreed on."""
    if not by.can_arrange_swaps():
        msg = "The administrator arranges swaps for others."
        raise NotAllowed(msg)
    must_be_in_time(wanted.allocation, holder=wanted.asker, today=judging.today)
    if reason := why_not(wanted, peer, judging):
        msg = f"{peer.person.name} {reason}. Choose somebody else."
        raise Refusal(msg, field="peer")
    swap = _opened(wanted, at, judging.rules)
    swap.offers = [Offer(peer.person, OfferState.ACCEPTED, at)]
    return swap, swap.make(by=by, at=at, peer=peer, turns=turns, tell=[])


def must_be_in_time(allocation: Allocation, *, holder: Person, today: date) -> None:
    """An audit can be swapped by its holder until the day before it is due."""
    allocation.must_be_open_to(holder)
    if allocation.kind is not AuditType.MONTHLY:
        msg = "Only a month's own audit can be swapped. Say that you cannot do it, and the administrator helps."
        raise Refusal(msg)
    if allocation.due_on is None or today >= allocation.due_on:
        msg = "It is too late to swap this audit: it is due. Ask for more time, or say that you cannot do it."
        raise Refusal(msg)


def why_not_now(allocation: Allocation, *, holder: Person, today: date) -> str:
    """The sentence of the rule where an audit cannot be swapped by this person today; empty where it can."""
    try:
        must_be_in_time(allocation, holder=holder, today=today)
    except Refusal as refusal:
        return refusal.sentence
    return ""


def for_whom(allocation: Allocation, by: Person) -> Person:
    """Whose audit it is, where they may swap it: their own, or for who arranges swaps somebody's."""
    return allocation.holder if by.can_arrange_swaps() and allocation.holder else by


def _opened(wanted: Wanted, at: datetime, rules: Rulebook) -> Swap:
    ref = "SW-" + "".join(secrets.choice(ALPHABET) for _ in range(4))
    until = end_of(rules.calendar.after(london(at).date(), rules.policy.swaps.answer_within))
    ends_at = min(until, day_before_due(wanted.allocation, at))
    return Swap(ref, wanted.allocation, wanted.asker, wanted.kind, SwapState.OPEN, at, ends_at)
