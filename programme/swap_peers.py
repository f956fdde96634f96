"""Who may take somebody's audit in a swap, whom to ask first, and why, in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from programme.allocations import Allocation
from programme.blocking import NOTHING_KNOWN, Candidate, Known, blocked
from programme.calendar import following, month_name, months_before
from programme.people import Person
from programme.rota import Turn
from programme.rulebook import Rulebook
from programme.words import AuditType, Competency, SwapKind


@dataclass(frozen=True)
class Peer:
    """Somebody who may be asked.

    `turn` is their turn in the month after; `holds` how many audits they have in this one, `audit` an open one of
    those; `has_turn_now`: they have a turn of their own in this month. `taken` is how many audits they took over in
    the last 12 months; `offered`: they have said that they can take one.
    """

    person: Person
    turn: Turn | None = None
    holds: int = 0
    has_turn_now: bool = False
    audit: Allocation | None = None
    taken: int = 0
    offered: bool = False


@dataclass(eq=False)
class Helper:
    """Somebody who has said that they can take an audit in a month."""

    person: Person
    month: str
    offered_at: datetime
    id: int | None = None


@dataclass(frozen=True)
class Wanted:
    """An audit that its holder would have somebody else do, and how. `askers_next` is their own turn in the month
    after, if any.
    """

    allocation: Allocation
    asker: Person
    kind: SwapKind
    askers_next: Turn | None = None

    @property
    def later_month(self) -> str:
        return following(self.allocation.round.month)


@dataclass(frozen=True)
class Judging:
    """The day, the rules, and what the record knows of people kept apart, barred, and of who handed it back."""

    today: date
    rules: Rulebook
    known: Known = NOTHING_KNOWN


@dataclass(frozen=True)
class Way:
    """Somebody who could take an audit, and in which kind of swap."""

    kind: SwapKind
    peer: Peer

    @property
    def why(self) -> str:
        return why_asked(self.kind, self.peer)


def why_not(wanted: Wanted, peer: Peer, judging: Judging) -> str:
    """What stands against this peer taking this audit, as words that follow their name; empty where nothing does.

    Why somebody is not free is theirs to keep: who is away merely 'cannot take it'.
    """
    person, due = peer.person, wanted.allocation.due_on or judging.today
    against = {
        "is who asks": person is wanted.asker,
        "is not an auditor": not person.is_auditor or person.competency is Competency.PAUSED,
        "is not in post until it is due": not (person.is_here_on(judging.today) and person.is_here_on(due)),
        **_AGAINST[wanted.kind](wanted, peer, judging),
        "cannot take it": is_blocked(wanted.allocation, person, judging),
    }
    return next((words for words, is_so in against.items() if is_so), "")


def is_blocked(allocation: Allocation, person: Person, judging: Judging) -> bool:
    """A hard rule of the allocation keeps this audit from this person, or they are away until it is due."""
    today, due = judging.today, allocation.due_on or judging.today
    away = person.is_away_throughout(judging.rules.calendar.working_days_between(today, due))
    since = months_before(today, judging.rules.policy.matching.former_team_months)
    return bool(blocked(allocation.case, Candidate(person, 1, away=away), replace(judging.known, since=since)))


def _against_two_way(wanted: Wanted, peer: Peer, judging: Judging) -> dict[str, bool]:
    month = month_name(wanted.later_month)
    return {
        f"has no turn in {month} to give": peer.turn is None,
        f"cannot give a turn in {month}, where {wanted.asker.name} has one too": wanted.askers_next is not None,
        **_against_cover(wanted, peer, judging),
        "has a turn of their own this month": peer.has_turn_now,
    }


def _against_cover(_wanted: Wanted, peer: Peer, judging: Judging) -> dict[str, bool]:
    capacity = judging.rules.policy.capacity
    room = capacity.core if peer.person.competency is Competency.CORE else capacity.auditor
    return {"has an audit already this month": peer.holds >= room}


def _against_exchange(wanted: Wanted, peer: Peer, judging: Judging) -> dict[str, bool]:
    """Each of the two must be free to read what the other has; and what comes back can be done still.

    Whether it is due, or its holder cannot do it, is theirs to say: both are the same words.
    """
    other = peer.audit
    return {
        "has no audit to exchange": other is None or not other.is_open or other.kind is not AuditType.MONTHLY,
        "has an audit that cannot be exchanged any more": other is not None and _is_past_doing(other, judging.today),
        f"has an audit that cannot go to {wanted.asker.name}": other is not None
        and is_blocked(other, wanted.asker, judging),
    }


def _is_past_doing(audit: Allocation, today: date) -> bool:
    """It is due, or who has it has said that they cannot do it."""
    return bool(audit.reason) or (audit.due_on is not None and audit.due_on <= today)


_AGAINST = {
    SwapKind.TWO_WAY: _against_two_way,
    SwapKind.COVER: _against_cover,
    SwapKind.EXCHANGE: _against_exchange,
}


def best_first(peers: Sequence[Peer], allocation: Allocation) -> list[Peer]:
    """Who has offered comes first, then whose service is not the child's, then who took the fewest, then by name."""
    childs = allocation.case.team.service if allocation.case.team else None
    return sorted(
        peers, key=lambda peer: (not peer.offered, peer.person.works_for(childs), peer.taken, peer.person.name)
    )


def why_asked(kind: SwapKind, peer: Peer) -> str:
    """Why this peer is suggested, in a few words: 'has offered, turn in November, no tie to the child, took none'."""
    if kind is SwapKind.EXCHANGE:
        case = peer.audit.case if peer.audit else None
        team = case.team.name if case and case.team else "no team"
        return f"theirs: {team}, {case.plan_type}" if case else ""
    said = [
        "has offered" if peer.offered else "available",
        f"turn in {month_name(peer.turn.month).split()[0]}" if peer.turn else "",
        "no tie to the child",
        _taken(peer.taken),
    ]
    return ", ".join(filter(None, said))


def _taken(times: int) -> str:
    if times == 0:
        return "took none this year"
    return "took one this year" if times == 1 else f"took {times} this year"
