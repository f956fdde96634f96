"""A month's swaps as who arranges them reads them: what waits, what may be undone still, and each step taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from programme.calendar import london
from programme.history import who
from programme.people import Person
from programme.rulebook import Rulebook
from programme.swap_words import answer, answer_of, names_of
from programme.swaps import Swap
from programme.words import OfferState, SwapState


@dataclass(frozen=True)
class Board:
    """What one reader may see of a month's swaps. What waits stands in the order in which it ends."""

    to_approve: Sequence[Swap]
    still_open: Sequence[Swap]
    made: Sequence[Swap]
    failed: Sequence[Swap]


def board(swaps: Sequence[Swap], failed: Sequence[Swap], reader: Person) -> Board:
    """`made` are those that may be undone still; `failed` the last searches that found nobody."""
    seen = sorted((swap for swap in swaps if reader.can_see_swap(swap)), key=lambda swap: swap.ends_at)
    return Board(
        to_approve=[swap for swap in seen if swap.state is SwapState.AWAITING_APPROVAL],
        still_open=[swap for swap in seen if swap.is_open],
        made=[swap for swap in seen if swap.state is SwapState.ACCEPTED and swap.is_as_made],
        failed=[swap for swap in failed if reader.can_see_swap(swap)],
    )


NAMED_AT_MOST = 3
"""Of those who have not answered."""


@dataclass(frozen=True)
class Answers:
    """What was said to a request. Of those who said nothing only a few are in it; the others are counted, and named."""

    said: Sequence[str]
    others: str
    named: Sequence[str]


def answers(swap: Swap) -> Answers:
    spoke = [offer for offer in swap.offers if offer.state in {OfferState.ACCEPTED, OfferState.DECLINED}]
    silent = [offer for offer in swap.offers if offer not in spoke]
    shown, others = [*spoke, *silent[:NAMED_AT_MOST]], silent[NAMED_AT_MOST:]
    return Answers(
        said=[f"{offer.peer.name} {answer(swap, offer.state)}" for offer in shown],
        others=answer_of(len(others), swap, others[0].state) if others else "",
        named=[offer.peer.name for offer in others],
    )


def ends_soon(swap: Swap, today: date, rules: Rulebook) -> bool:
    """Within a working day."""
    return london(swap.ends_at).date() <= rules.calendar.after(today, 1)


@dataclass(frozen=True)
class Step:
    """One line of the history of a swap: who did what, and for whom where they acted for somebody else."""

    at: datetime
    kind: str
    swap: Swap
    by: Person | None
    on_behalf_of: Person | None
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def who(self) -> str:
        return who(self.by, self.on_behalf_of)

    @property
    def what(self) -> str:
        how = self.details.get("how", "") if self.kind == "swap_ended" else ""
        return self._said.get(f"{self.kind} {how}".strip(), self.kind.replace("_", " "))

    @property
    def _said(self) -> Mapping[str, str]:
        taker = self.swap.taker
        return {
            "swap_asked": f"asked {names_of([offer.peer for offer in self.swap.offers])}",
            "swap_answered": "could not take it; others still may",
            "helper_joined": "offered to take one, and may take it",
            "swap_to_approve": "would take it, if it is approved",
            "swap_accepted": "accepted" if self.by is taker else f"made it: {taker.name if taker else 'nobody'} has it",
            "swap_ended declined": self._declined,
            "swap_ended withdrawn": "took the request back",
            "swap_ended expired": "the time to answer was over",
            "swap_undone": f"undid it: the audit is with {self.swap.asker.name} again",
        }

    @property
    def _declined(self) -> str:
        if not self.swap.offers:
            return "found nobody to ask"
        return "did not approve it" if self.on_behalf_of else "could not take it; nobody is left who could"
