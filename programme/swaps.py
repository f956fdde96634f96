"""Two auditors exchange duties, one covers for another, or two of one month exchange the records they read."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from programme import swap_turns, swap_words
from programme.allocations import Allocation
from programme.calendar import end_of, following, london
from programme.facts import Fact
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.rota import Turn
from programme.rulebook import Rulebook
from programme.swap_facts import (
    AuditHandedOver,
    HelperJoined,
    SwapAccepted,
    SwapAnswered,
    SwapEnded,
    SwapToApprove,
    SwapUndone,
)
from programme.swap_peers import Judging, Peer, Wanted, why_not
from programme.swap_turns import AskersTurns, Left, Was
from programme.words import UNDER_WAY, OfferState, SwapKind, SwapState


@dataclass(eq=False)
class Offer:
    """What one peer was asked, and what they said."""

    peer: Person
    state: OfferState = OfferState.WAITING
    answered_at: datetime | None = None
    id: int | None = None


@dataclass(eq=False)
class Swap:
    """`other` is the audit that comes back in an exchange, once it is made; `was` what the turns said before."""

    ref: str
    allocation: Allocation
    asker: Person
    kind: SwapKind
    state: SwapState
    asked_at: datetime
    ends_at: datetime
    settled_at: datetime | None = None
    settled_by: Person | None = None
    other: Allocation | None = None
    was: Was = field(default_factory=Was)
    offers: list[Offer] = field(default_factory=list)
    version: int = 1
    id: int | None = None

    @property
    def is_open(self) -> bool:
        return self.state is SwapState.OPEN

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def has_failed(self) -> bool:
        """A search that found nobody."""
        return self.state in {SwapState.DECLINED, SwapState.EXPIRED}

    @property
    def taker(self) -> Person | None:
        """Who takes the audit; nobody until one has accepted."""
        return next((offer.peer for offer in self.offers if offer.state is OfferState.ACCEPTED), None)

    @property
    def waits_for(self) -> list[Person]:
        """Who has not answered yet."""
        return [offer.peer for offer in self.offers if offer.state is OfferState.WAITING]

    @property
    def later_month(self) -> str:
        """The month whose turn the asker takes in return."""
        return following(self.allocation.round.month)

    @property
    def is_as_made(self) -> bool:
        """No return is in, and nobody else has the audit: it may still be undone."""
        return self.allocation.is_open and self.allocation.holder is self.taker

    def undo_until(self, rules: Rulebook) -> datetime:
        """Until when its taker may undo it."""
        settled = london(self.settled_at or self.asked_at).date()
        return end_of(rules.calendar.after(settled, rules.policy.swaps.undo_within))

    @property
    def how_it_stands(self) -> str:
        return swap_words.how_it_stands(self)

    def how_it_stands_for(self, person: Person) -> str:
        return swap_words.how_it_stands_for(self, person)

    def offer_to(self, person: Person) -> Offer | None:
        return next((offer for offer in self.offers if offer.peer is person), None)

    def must_be_open_to(self, person: Person) -> Offer:
        """Only who was asked may answer, once, and only until it is settled."""
        offer = self.offer_to(person)
        if offer is None or not person.can_answer(self):
            msg = "Somebody else was asked this. Type /audit to see what is yours."
            raise NotAllowed(msg)
        if not self.is_open:
            raise Refusal(self.how_it_stands_for(person))
        if offer.state is not OfferState.WAITING:
            raise Refusal(swap_words.SAID_NO)
        return offer

    def ask_also(self, peer: Peer, *, askers_next: Turn | None, judging: Judging) -> list[Fact]:
        """Somebody has offered help: where nothing stands against it, this request can be answered by them, too."""
        if not self.is_open or self.offer_to(peer.person) or self._against(peer, askers_next, judging):
            return []
        self.offers.append(Offer(peer.person))
        return [HelperJoined(about=self.ref, touches=(self.allocation.ref,))]

    def accept(
        self,
        *,
        by: Person,
        at: datetime,
        peer: Peer,
        turns: AskersTurns,
        administrators: Sequence[Person],
        judging: Judging,
    ) -> list[Fact]:
        """Whoever is first takes it, judged again as things are by now; where policy says so, it is approved first."""
        offer = self.must_be_open_to(by)
        self._must_be_possible(peer, turns, at, judging)
        self._close_others(offer, at)
        if judging.rules.policy.swaps.approval:
            self.state, self.ends_at = SwapState.AWAITING_APPROVAL, day_before_due(self.allocation, at)
            told = tuple(dict.fromkeys(administrators))
            return [SwapToApprove(about=self.ref, tell=told, touches=(self.allocation.ref,))]
        return self.make(by=by, at=at, peer=peer, turns=turns, tell=administrators)

    def approve(self, *, by: Person, at: datetime, peer: Peer, turns: AskersTurns, judging: Judging) -> list[Fact]:
        """The administrator says yes; it is judged once more."""
        self._must_await_approval(by)
        self._must_be_possible(peer, turns, at, judging)
        return self.make(by=by, at=at, peer=peer, turns=turns, tell=[])

    def turn_down(self, *, by: Person, at: datetime, administrators: Sequence[Person]) -> list[Fact]:
        """The administrator says no: the audit stays where it is."""
        self._must_await_approval(by)
        return self.end(SwapState.DECLINED, at, by=by, tell=[self.asker, *administrators])

    def decline(self, *, by: Person, at: datetime, administrators: Sequence[Person]) -> list[Fact]:
        """One cannot take it; once nobody is left who could, the search has failed."""
        offer = self.must_be_open_to(by)
        offer.state, offer.answered_at = OfferState.DECLINED, at
        if self.waits_for:
            return [SwapAnswered(about=self.ref, touches=(self.allocation.ref,))]
        return self.end(SwapState.DECLINED, at, by=by, tell=[self.asker, *administrators])

    def withdraw(self, *, by: Person, at: datetime) -> list[Fact]:
        """The asker takes the request back, or the administrator for them."""
        if by is not self.asker and not by.can_arrange_swaps():
            msg = "Only who asked can take a swap back."
            raise NotAllowed(msg)
        if not self.is_under_way:
            raise Refusal(self.how_it_stands_for(by))
        return self.end(SwapState.WITHDRAWN, at, by=by, tell=[] if by is self.asker else [self.asker])

    def undo(
        self, *, by: Person, at: datetime, left: Left, administrators: Sequence[Person], rules: Rulebook
    ) -> list[Fact]:
        """Everything is as it was before: by who took it, for a day, or by the administrator while no return is in."""
        self._must_be_undone_by(by, at, rules)
        self._must_be_undoable(left)
        swap_turns.move_back(self.kind, left, self.was, self.asker)
        taker = self.taker
        self.allocation.give_back_to(self.asker, reason=self.was.askers_reason, words=self.was.askers_words)
        facts: list[Fact] = [AuditHandedOver(about=self.allocation.ref, swap=self.ref)]
        if self.other is not None and taker is not None:
            self.other.hand_over_to(taker)
            facts.append(AuditHandedOver(about=self.other.ref, swap=self.ref))
        self.state, self.settled_at, self.settled_by = SwapState.UNDONE, at, by
        told = dict.fromkeys([self.asker, *([taker] if taker else []), *administrators])
        return [SwapUndone(about=self.ref, tell=tuple(told)), *facts]

    def fall_away(self, person: Person, *, at: datetime, administrators: Sequence[Person]) -> list[Fact]:
        """Who asked, or who was asked, has moved on or hands over what is theirs."""
        if person is self.asker:
            return self.end(SwapState.WITHDRAWN, at)
        offer = self.offer_to(person)
        if offer is not None:
            offer.state, offer.answered_at = OfferState.DECLINED, at
        if self.is_open and self.waits_for:
            return [SwapAnswered(about=self.ref, touches=(self.allocation.ref,))]
        return self.end(SwapState.DECLINED, at, tell=[self.asker, *administrators])

    def expire(self, *, at: datetime, administrators: Sequence[Person]) -> list[Fact]:
        """End a request whose time is over, or quietly one that nobody needs any more; nothing where it may go on."""
        if not self.is_under_way or not self._is_over(at):
            return []
        if not self._is_still_theirs:
            return self.end(SwapState.WITHDRAWN, at)
        return self.end(SwapState.EXPIRED, at, tell=[self.asker, *administrators])

    def _against(self, peer: Peer, askers_next: Turn | None, judging: Judging) -> str:
        return why_not(Wanted(self.allocation, self.asker, self.kind, askers_next), peer, judging)

    def _must_be_possible(self, peer: Peer, turns: AskersTurns, at: datetime, judging: Judging) -> None:
        if self._is_over(at):
            msg = "This request has ended. There is nothing more to do."
            raise Refusal(msg)
        if reason := self._against(peer, turns.later, judging):
            msg = f"This swap cannot be made any more: {peer.person.name} {reason}. The administrator can help."
            raise Refusal(msg)

    def _must_await_approval(self, by: Person) -> None:
        if not by.can_arrange_swaps():
            msg = "The administrator approves swaps."
            raise NotAllowed(msg)
        if by in (self.asker, self.taker):
            msg = "This swap is your own: somebody else who runs the month approves it."
            raise NotAllowed(msg)
        if self.state is not SwapState.AWAITING_APPROVAL:
            raise Refusal(self.how_it_stands_for(by))

    def _must_be_undone_by(self, by: Person, at: datetime, rules: Rulebook) -> None:
        if not by.can_undo(self):
            msg = "Who took the audit over can undo this, or the administrator."
            raise NotAllowed(msg)
        if self.state is not SwapState.ACCEPTED:
            raise Refusal(self.how_it_stands_for(by))
        last = self.undo_until(rules)
        if not by.can_arrange_swaps() and at > last:
            msg = f"This could be undone until {london(last):%A %-d %B}. Ask the administrator."
            raise Refusal(msg)

    def _must_be_undoable(self, left: Left) -> None:
        others = [] if self.other is None else [(self.other, self.asker)]
        for audit, holder in [(self.allocation, self.taker), *others]:
            if not audit.is_open or audit.holder is not holder:
                msg = f"{audit.ref} has ended or gone elsewhere since, so this cannot be undone."
                raise Refusal(msg)
        if not swap_turns.stand(self.kind, left, self.was):
            msg = "The turns have changed since, so this cannot be undone. Hand the audit on from the person's page."
            raise Refusal(msg)

    @property
    def _is_still_theirs(self) -> bool:
        """Once a return is in, or somebody else has the audit, there is nothing left to swap."""
        return self.allocation.is_open and self.allocation.holder is self.asker

    def _is_over(self, at: datetime) -> bool:
        return not self._is_still_theirs or at > min(self.ends_at, day_before_due(self.allocation, at))

    def _close_others(self, offer: Offer, at: datetime) -> None:
        offer.state, offer.answered_at = OfferState.ACCEPTED, at
        self._close_waiting(at)

    def _close_waiting(self, at: datetime) -> None:
        for offer in self.offers:
            if offer.state is OfferState.WAITING:
                offer.state, offer.answered_at = OfferState.CLOSED, at

    def make(self, *, by: Person, at: datetime, peer: Peer, turns: AskersTurns, tell: Sequence[Person]) -> list[Fact]:
        """The audit goes over, and in an exchange the other comes back; the turns go with it."""
        was = swap_turns.move(self.kind, peer, turns, because=f"in {self.allocation.round.name}")
        said = self.allocation.reason or "", self.allocation.reason_words
        self.was = replace(was, askers_reason=said[0], askers_words=said[1])
        taker = peer.person
        self.allocation.hand_over_to(taker)
        facts: list[Fact] = [AuditHandedOver(about=self.allocation.ref, swap=self.ref)]
        if self.kind is SwapKind.EXCHANGE and peer.audit is not None:
            self.other = peer.audit
            self.other.hand_over_to(self.asker)
            facts.append(AuditHandedOver(about=self.other.ref, swap=self.ref))
        self.state, self.settled_at, self.settled_by = SwapState.ACCEPTED, at, by
        return [SwapAccepted(about=self.ref, tell=tuple(dict.fromkeys([self.asker, taker, *tell]))), *facts]

    def end(
        self, state: SwapState, at: datetime, *, by: Person | None = None, tell: Sequence[Person] = ()
    ) -> list[Fact]:
        """Settle it without a swap: whoever had not answered need not any more."""
        self._close_waiting(at)
        self.state, self.settled_at, self.settled_by = state, at, by
        told = tuple(dict.fromkeys(tell))
        return [SwapEnded(about=self.ref, how=state, tell=told, touches=(self.allocation.ref,))]


def day_before_due(allocation: Allocation, at: datetime) -> datetime:
    return end_of((allocation.due_on or london(at).date()) - timedelta(days=1))
