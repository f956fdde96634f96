"""Help that is offered and suggested: 'I can take one', a swap that is ready, who could still take what nobody took."""

from programme import swap_asking
from programme.allocations import Allocation
from programme.facts import Fact
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.rounds import Round
from programme.swap_facts import HelpOffered, SwapSuggested
from programme.swap_peers import Helper, Way
from programme.swaps import Swap
from programme.words import SwapKind
from storage import find, journal
from storage.office import Office
from storage.session import Session
from storage.swapping import judging_of, who_may_be_asked


def offer_help(session: Session, office: Office, by: Person) -> list[Swap]:
    """'I can take one': what is asked for already they may answer; who found nobody hears of them.

    The requests that they may answer now.
    """
    of, now = _month_with_audits_out(session), office.now(session)
    if not by.can_take_one():
        msg = "Only auditors take audits."
        raise NotAllowed(msg)
    facts: list[Fact] = []
    if find.swaps.helper(session, by, of.month) is None:
        session.add(Helper(by, of.month, now))
        facts = [HelpOffered(about=by.reference, month=of.month), *_suggested(session, office, of, by)]
    for swap in find.swaps.under_way(session, of.month):
        facts += _ask_also(session, office, swap, by)
    journal.write(session, facts, by=by, at=now)
    return [swap for swap in find.swaps.waiting_for(session, by) if swap.allocation.round is of]


def suggest(session: Session, office: Office, allocation: Allocation, *, why: str) -> list[Fact]:
    """Its holder hears who could take an audit; nothing where they ask already or nobody could."""
    holder, today = allocation.holder, office.today(session)
    if holder is None or find.swaps.open_for(session, allocation.ref):
        return []
    if swap_asking.why_not_now(allocation, holder=holder, today=today):
        return []
    if not who_may_be_asked(session, office, allocation, holder):
        return []
    return [SwapSuggested(about=allocation.ref, why=why, tell=(holder,))]


def next_best(session: Session, office: Office, swap: Swap, *, at_most: int = 3) -> list[Way]:
    """Who could still take an audit that nobody took: by a swap, or covering without one; those who were asked last."""
    asked = {offer.peer for offer in swap.offers}
    found: dict[Person, Way] = {}
    for kind in (SwapKind.TWO_WAY, SwapKind.COVER):
        for peer in who_may_be_asked(session, office, swap.allocation, swap.asker, kind):
            found.setdefault(peer.person, Way(kind, peer))
    return sorted(found.values(), key=lambda way: way.peer.person in asked)[:at_most]


def _month_with_audits_out(session: Session) -> Round:
    of = find.rounds.given_out(session)
    if of is None:
        msg = "No audits are out at the moment. When they are, you can say so again."
        raise Refusal(msg)
    return of


def _suggested(session: Session, office: Office, of: Round, helper: Person) -> list[Fact]:
    """Who looked for somebody hears of a helper who could take theirs."""
    session.flush()
    facts: list[Fact] = []
    for audit in find.swaps.looking_for_somebody(session, of):
        fits = audit.holder and helper in {
            peer.person for peer in who_may_be_asked(session, office, audit, audit.holder)
        }
        facts += suggest(session, office, audit, why="help offered") if fits else []
    return facts


def _ask_also(session: Session, office: Office, swap: Swap, helper: Person) -> list[Fact]:
    peer = find.swaps.peer(session, swap.allocation.round, helper)
    judging = judging_of(session, office, swap.allocation, [helper, swap.asker])
    later = find.turns.of_person(session, swap.asker, swap.later_month)
    return swap.ask_also(peer, askers_next=later, judging=judging)
