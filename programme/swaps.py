"""Two auditors exchange duties: one takes the other's audit now, and the other their turn next month."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from programme import rota
from programme.allocations import Allocation
from programme.blocking import NOTHING_KNOWN, Candidate, Known, blocked
from programme.calendar import end_of, following, london, month_name, months_before
from programme.facts import AuditHandedOver, Fact, SwapAccepted, SwapAsked, SwapEnded
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.rota import Turn
from programme.rulebook import Rulebook
from programme.words import AuditType, Competency, OfferState, SwapState

ANSWER_WITHIN = 2
"""Working days a peer has to answer, and never beyond the day before the audit is due."""

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Peer:
    """Somebody who may be asked: the turn they would give, and how many audits they hold this month.

    `has_turn_now`: they have a turn of their own in the month of the audit.
    """

    person: Person
    turn: Turn | None
    holds: int
    has_turn_now: bool = False


@dataclass(eq=False)
class Offer:
    """What one peer was asked, and what they said."""

    peer: Person
    state: OfferState = OfferState.WAITING
    answered_at: datetime | None = None
    id: int | None = None


@dataclass(eq=False)
class Swap:
    ref: str
    allocation: Allocation
    asker: Person
    state: SwapState
    asked_at: datetime
    ends_at: datetime
    settled_at: datetime | None = None
    offers: list[Offer] = field(default_factory=list)
    version: int = 1
    id: int | None = None

    @property
    def is_open(self) -> bool:
        return self.state is SwapState.OPEN

    @property
    def peer(self) -> Person:
        """Who was asked."""
        return self.offers[0].peer

    @property
    def later_month(self) -> str:
        """The month whose turn the asker takes in return."""
        return following(self.allocation.round.month)

    def must_be_open_to(self, person: Person) -> None:
        """Only who was asked may answer, and only until it is settled."""
        if not person.can_answer(self):
            msg = "Somebody else was asked this. Type /audit to see what is yours."
            raise NotAllowed(msg)
        if not self.is_open:
            raise Refusal(self.how_it_ended)

    @property
    def how_it_ended(self) -> str:
        when = f" on {london(self.settled_at):%A %-d %B at %H:%M}" if self.settled_at else ""
        return {
            SwapState.OPEN: "This swap is open.",
            SwapState.ACCEPTED: f"{self.peer.name} accepted this swap{when}.",
            SwapState.DECLINED: f"{self.peer.name} could not take it. That was said{when}.",
            SwapState.WITHDRAWN: f"{self.asker.name} took this request back{when}.",
            SwapState.EXPIRED: "This request has ended: the time to answer is over.",
        }[self.state]

    def accept(
        self,
        *,
        by: Person,
        at: datetime,
        peer: Peer,
        askers_turns: tuple[Turn, Turn | None],
        administrators: Sequence[Person],
        rules: Rulebook,
        known: Known = NOTHING_KNOWN,
    ) -> list[Fact]:
        """The audit goes to the peer and the two turns are exchanged, judged again as things are by now.

        `askers_turns` are the asker's turns this month and next: the first is handed over, the second must not be.
        """
        self.must_be_open_to(by)
        now, next_month = askers_turns
        today = london(at).date()
        if at > self.ends_at or not self._is_still_wanted(today):
            msg = "This request has ended. There is nothing more to do."
            raise Refusal(msg)
        reason = why_not(self.allocation, self.asker, peer, today, next_month, rules, known)
        if reason or peer.turn is None:
            msg = f"This swap cannot be made any more: {by.name} {reason}. The administrator can help."
            raise Refusal(msg)
        rota.exchange(now, peer.turn, because=f"in {self.allocation.round.name}")
        self.allocation.hand_over_to(by)
        self._settle(SwapState.ACCEPTED, OfferState.ACCEPTED, at)
        told = dict.fromkeys([self.asker, by, *administrators])
        return [
            SwapAccepted(about=self.ref, tell=tuple(told)),
            AuditHandedOver(about=self.allocation.ref, swap=self.ref),
        ]

    def decline(self, *, by: Person, at: datetime, administrators: Sequence[Person]) -> list[Fact]:
        self.must_be_open_to(by)
        return self._end(SwapState.DECLINED, OfferState.DECLINED, at, tell=[self.asker, *administrators])

    def withdraw(self, *, by: Person, at: datetime) -> list[Fact]:
        """The asker takes the request back."""
        if by is not self.asker:
            msg = "Only who asked can take a swap back."
            raise NotAllowed(msg)
        if not self.is_open:
            raise Refusal(self.how_it_ended)
        return self._end(SwapState.WITHDRAWN, OfferState.CLOSED, at)

    def fall_away(self, person: Person, *, at: datetime, administrators: Sequence[Person]) -> list[Fact]:
        """Who asked, or who was asked, has moved on or hands over what is theirs."""
        if person is self.asker:
            return self._end(SwapState.WITHDRAWN, OfferState.CLOSED, at)
        return self._end(SwapState.DECLINED, OfferState.DECLINED, at, tell=[self.asker, *administrators])

    def expire(self, *, at: datetime, administrators: Sequence[Person]) -> list[Fact]:
        """Close a request whose time is over, or whose audit needs no swap any more; nothing where it may go on."""
        wanted = self._is_still_wanted(london(at).date())
        if not self.is_open or (wanted and at <= self.ends_at):
            return []
        tell = [self.asker, *administrators] if wanted else []
        return self._end(SwapState.EXPIRED, OfferState.CLOSED, at, tell=tell)

    def _is_still_wanted(self, today: date) -> bool:
        """Once a return is in, or the audit is due, there is nothing left to swap."""
        audit = self.allocation
        return audit.is_open and audit.holder is self.asker and audit.due_on is not None and today < audit.due_on

    def _end(self, state: SwapState, answer: OfferState, at: datetime, tell: Sequence[Person] = ()) -> list[Fact]:
        self._settle(state, answer, at)
        told = tuple(dict.fromkeys(tell))
        return [SwapEnded(about=self.ref, how=state, tell=told, touches=(self.allocation.ref,))]

    def _settle(self, state: SwapState, answer: OfferState, at: datetime) -> None:
        self.state, self.settled_at = state, at
        for offer in self.offers:
            offer.state, offer.answered_at = answer, at


def ask(
    allocation: Allocation,
    peer: Peer,
    *,
    by: Person,
    at: datetime,
    askers_next: Turn | None,
    rules: Rulebook,
    known: Known = NOTHING_KNOWN,
) -> tuple[Swap, list[Fact]]:
    """Ask one peer of the next month to take this audit. `askers_next` is the asker's own turn then, if any."""
    must_be_in_time(allocation, by=by, at=at)
    reason = why_not(allocation, by, peer, london(at).date(), askers_next, rules, known)
    if reason:
        msg = f"{peer.person.name} {reason}. Choose somebody else."
        raise Refusal(msg, field="peer")
    ref = "SW-" + "".join(secrets.choice(ALPHABET) for _ in range(4))
    swap = Swap(ref, allocation, by, SwapState.OPEN, at, _ends_at(allocation, at, rules), offers=[Offer(peer.person)])
    return swap, [SwapAsked(about=ref, tell=(peer.person,), touches=(allocation.ref,))]


def must_be_in_time(allocation: Allocation, *, by: Person, at: datetime) -> None:
    """An audit can be swapped by its holder until the day before it is due."""
    allocation.must_be_open_to(by)
    if allocation.kind is not AuditType.MONTHLY:
        msg = "Only a month's own audit can be swapped. Say that you cannot do it, and the administrator helps."
        raise Refusal(msg)
    if allocation.due_on is None or london(at).date() >= allocation.due_on:
        msg = "It is too late to swap this audit: it is due. Ask for more time, or say that you cannot do it."
        raise Refusal(msg)


def why_not(
    allocation: Allocation,
    asker: Person,
    peer: Peer,
    today: date,
    askers_next: Turn | None,
    rules: Rulebook,
    known: Known = NOTHING_KNOWN,
) -> str:
    """What stands against this peer taking this audit, as words that follow their name; empty where nothing does.

    `known` is what the record says of people kept apart, barred, and of who handed it back.
    """
    person, due = peer.person, allocation.due_on or today
    month = month_name(following(allocation.round.month))
    room = rules.policy.capacity.core if person.competency is Competency.CORE else rules.policy.capacity.auditor
    away = person.is_away_throughout(rules.calendar.working_days_between(today, due))
    known = replace(known, since=months_before(today, rules.policy.matching.former_team_months))
    against = {
        "is who asks": person is asker,
        "is not an auditor": not person.is_auditor or person.competency is Competency.PAUSED,
        "is not in post until it is due": not (person.is_here_on(today) and person.is_here_on(due)),
        f"has no turn in {month} to give": peer.turn is None,
        f"cannot give a turn in {month}, where {asker.name} has one too": askers_next is not None,
        "has an audit already this month": peer.holds >= room,
        "has a turn of their own this month": peer.has_turn_now,
        "cannot take it": bool(blocked(allocation.case, Candidate(person, 1, away=away), known)),
    }
    return next((words for words, is_so in against.items() if is_so), "")


def best_first(peers: Sequence[Peer], allocation: Allocation) -> list[Peer]:
    """Whose service is another than the child's comes first, then by name."""
    childs = allocation.case.team.service if allocation.case.team else None
    return sorted(peers, key=lambda peer: (peer.person.works_for(childs), peer.person.name))


def _ends_at(allocation: Allocation, at: datetime, rules: Rulebook) -> datetime:
    today = london(at).date()
    day_before = (allocation.due_on or today) - timedelta(days=1)
    return end_of(min(rules.calendar.after(today, ANSWER_WITHIN), day_before))
