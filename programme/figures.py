"""What the numbers are. Counted by `storage`, put together and judged here."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from programme.words import AllocationState


@dataclass(frozen=True)
class Account:
    """Where every case that was given out ended. `awaiting` is still out; `no_reason` is silence."""

    given_out: int
    returned_in_time: int
    returned_late: int
    not_returned: Mapping[str, int]
    no_reason: int
    swapped_out: int
    withdrawn: int
    unaccounted: int
    awaiting: int

    @property
    def returned(self) -> int:
        return self.returned_in_time + self.returned_late

    @property
    def balances(self) -> bool:
        return not self.unaccounted and self.given_out == self.accounted

    @property
    def accounted(self) -> int:
        ended = self.returned + sum(self.not_returned.values()) + self.no_reason + self.swapped_out + self.withdrawn
        return ended + self.awaiting


@dataclass(frozen=True)
class Standing:
    """A month in numbers: records in the frame, drawn, without an auditor, allocated but not given out."""

    target: int
    frame: int
    drawn: int
    unallocated: int
    planned: int
    account: Account

    @property
    def short(self) -> int:
        """How many records more it takes to reach the target."""
        return max(self.target - self.drawn, 0)


@dataclass(frozen=True)
class ServiceStanding:
    """How one service stands. `late`: out past their day, of which `awaiting_reason` without a word why; `overdue` are
    actions for children.
    """

    given_out: int
    returned: int
    late: int
    awaiting_reason: int
    overdue: int
    places_empty: int


NO_REASON = "no_reason_given"
SMALL = 10


def account(counts: Mapping[tuple[AllocationState, str | None], int]) -> Account:
    """The account from (state, reason) → how many; cases only planned are not part of it."""

    def of(state: AllocationState) -> int:
        return sum(n for (each, _), n in counts.items() if each is state)

    not_returned: Counter[str] = Counter()
    for (state, reason), n in counts.items():
        if state is AllocationState.NOT_RETURNED:
            not_returned[reason or NO_REASON] += n
    return Account(
        given_out=sum(n for (state, _), n in counts.items() if state is not AllocationState.PLANNED),
        returned_in_time=of(AllocationState.RETURNED_IN_TIME),
        returned_late=of(AllocationState.RETURNED_LATE),
        not_returned={reason: n for reason, n in not_returned.items() if reason != NO_REASON},
        no_reason=not_returned[NO_REASON],
        swapped_out=of(AllocationState.SWAPPED_OUT),
        withdrawn=of(AllocationState.WITHDRAWN),
        unaccounted=of(AllocationState.UNACCOUNTED),
        awaiting=of(AllocationState.OUT),
    )


@dataclass(frozen=True)
class Share:
    """So many of so many. Of fewer than ten it says 'small numbers'; of nothing it has no per cent."""

    n: int
    of: int

    @property
    def percent(self) -> int | None:
        return percent(self.n, self.of)

    @property
    def is_small(self) -> bool:
        return self.of < SMALL

    def points_since(self, before: "Share | None") -> int | None:
        """The difference of the two printed percentages, so that a reader can check it by subtraction."""
        if before is None or self.percent is None or before.percent is None:
            return None
        return self.percent - before.percent


def percent(n: int, of: int) -> int | None:
    """Whole per cent, half up, from integers; nothing of nothing is not recorded rather than 0."""
    return (200 * n + of) // (2 * of) if of else None
