"""How a swap stands, in a sentence for everybody who may read of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from programme.calendar import london
from programme.words import SwapState

if TYPE_CHECKING:  # swaps imports this room
    from programme.people import Person
    from programme.swaps import Swap


def how_it_stands(swap: "Swap") -> str:
    when = _when(swap.settled_at)
    taker = swap.taker.name if swap.taker else ""
    by = swap.settled_by.name if swap.settled_by else ""
    return {
        SwapState.OPEN: "This swap is open.",
        SwapState.AWAITING_APPROVAL: f"{taker} would take it. It waits for the administrator's yes.",
        SwapState.ACCEPTED: _accepted(swap, taker, when),
        SwapState.DECLINED: _declined(swap, when),
        SwapState.WITHDRAWN: f"{by} took this request back{when}." if by else f"It was not needed any more{when}.",
        SwapState.EXPIRED: "This request has ended: the time to answer is over.",
        SwapState.UNDONE: f"{by} undid this swap{when}. The audit is with {swap.asker.name} again.",
    }[swap.state]


def _accepted(swap: "Swap", taker: str, when: str) -> str:
    if swap.settled_by is None or swap.settled_by is swap.taker:
        return f"{taker} accepted this swap{when}."
    return f"{swap.settled_by.name} made this swap for {swap.asker.name} and {taker}{when}."


def _declined(swap: "Swap", when: str) -> str:
    if not swap.offers:
        return f"Nobody could be asked{when}."
    if swap.taker is not None and swap.settled_by is not None:
        return f"{swap.settled_by.name} did not approve this swap{when}. The audit stays with {swap.asker.name}."
    if len(swap.offers) == 1:
        return f"{swap.offers[0].peer.name} could not take it. That was said{when}."
    return f"None of the {len(swap.offers)} who were asked could take it."


def _when(at: datetime | None) -> str:
    return f" on {london(at):%A %-d %B at %H:%M}" if at else ""


def names_of(people: "Sequence[Person]", *, at_most: int = 3) -> str:
    """'Asha, Kofi and 5 others'."""
    shown = [each.name for each in people[:at_most]]
    others = len(people) - len(shown)
    if others:
        shown.append("1 other" if others == 1 else f"{others} others")
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]])) if shown else "nobody"
