"""What a swap does to turns, and how an undone one puts them back exactly as they were."""

from dataclasses import dataclass

from programme import rota
from programme.people import Person
from programme.rota import Turn
from programme.swap_peers import Peer
from programme.words import SwapKind


@dataclass(frozen=True)
class AskersTurns:
    """The turn of who asks this month, the one of the month after, if any, and whether they hold more audits."""

    now: Turn
    later: Turn | None = None
    holds_more: bool = False


@dataclass(frozen=True)
class Left:
    """The turns that a swap has left behind: the taker's this month, and the asker's in the month after.

    `given_out`: the later month that would change is under way, and its turns stand. `filled`: one of the two has come
    to another turn in the month that theirs would go back to.
    """

    takers_now: Turn | None
    askers_later: Turn | None
    given_out: bool = False
    filled: bool = False


@dataclass(frozen=True)
class Was:
    """What the turns said before they were moved, empty where none was; and why the asker could not do the audit."""

    askers_why: str = ""
    askers_carried_from: str = ""
    takers_why: str = ""
    askers_reason: str = ""
    askers_words: str = ""

    @property
    def moved(self) -> bool:
        return bool(self.askers_why)


def move(kind: SwapKind, peer: Peer, turns: AskersTurns, *, because: str) -> Was:
    """In a two-way swap two turns change months; who covers takes the turn over with the last audit of it."""
    now = turns.now
    if kind is SwapKind.TWO_WAY and peer.turn is not None:
        was = Was(now.why, now.carried_from, peer.turn.why)
        rota.exchange(now, peer.turn, because=because)
        return was
    if kind is SwapKind.COVER and not turns.holds_more and not peer.has_turn_now:
        was = Was(now.why, now.carried_from)
        rota.pass_on(now, peer.person, because=because)
        return was
    return Was()


def stand(kind: SwapKind, left: Left, was: Was) -> bool:
    """Whether the turns are still as the swap left them, so that they can be put back."""
    if not was.moved:
        return True
    if left.takers_now is None or left.filled or left.given_out:
        return False
    return kind is SwapKind.COVER or left.askers_later is not None


def move_back(kind: SwapKind, left: Left, was: Was, asker: Person) -> None:
    now, later = left.takers_now, left.askers_later
    if not was.moved or now is None:
        return
    if kind is SwapKind.COVER:
        now.person, now.why, now.carried_from = asker, was.askers_why, was.askers_carried_from
    elif later is not None:
        now.month, later.month = later.month, now.month
        now.why, later.why = was.takers_why, was.askers_why
