"""One month as the record counts it: plain numbers, from which every printed figure is made."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from programme.answers import Asked
from programme.figures import Account, Share
from programme.words import AllocationState, Grade, Safety, SwapState, Voice, WhyNotAsked

NOT_YET_GOOD = frozenset({Grade.NOT_YET_GOOD, Grade.NEARLY_GOOD})
NOT_A_GRADE = frozenset({Grade.NOT_APPLICABLE, None})

COULD_NOT_BE_ASKED = frozenset({WhyNotAsked.NOT_SAFE, WhyNotAsked.IN_COURT, WhyNotAsked.TOO_YOUNG})
"""Whom nobody could safely ask counts neither for nor against."""
DID_NOT_ANSWER = frozenset({WhyNotAsked.SAID_NO, WhyNotAsked.NO_REPLY})

Graded = tuple[AllocationState, Grade | None, Grade | None]
"""How a return came in, the auditor's overall judgement, and the agreed one (None: not moderated)."""


@dataclass(frozen=True)
class ActionsCounted:
    """Actions of one month's audits; `days` are those from sending to confirming, for each that is confirmed."""

    set: int = 0
    dated: int = 0
    confirmed: int = 0
    by_first_date: int = 0
    overdue: int = 0
    days: tuple[int, ...] = ()


@dataclass(frozen=True)
class Counted:
    month: str
    theme: str
    imported: bool
    returned_only: bool
    account: Account
    odd: tuple[str, ...] = ()
    """References of the audits that nobody can account for."""
    graded: Mapping[Graded, int] = field(default_factory=dict)
    judged: Mapping[str, Mapping[Grade | None, int]] = field(default_factory=dict)
    """Question → the judgement that stands → how many, over the returns in time that were moderated."""
    areas: Mapping[str, Sequence[str]] = field(default_factory=dict)
    outcomes: Mapping[str, int] = field(default_factory=dict)
    safety: Mapping[Safety | None, int] = field(default_factory=dict)
    child_unsafe: Mapping[bool | None, int] = field(default_factory=dict)
    """A past month's yes or no."""
    voices: Mapping[tuple[Voice, Asked, WhyNotAsked | None], int] = field(default_factory=dict)
    with_practitioner: Mapping[bool | None, int] = field(default_factory=dict)
    actions: ActionsCounted = ActionsCounted()
    swaps: Mapping[SwapState, int] = field(default_factory=dict)

    @property
    def headline(self) -> dict[tuple[Grade | None, Grade], int]:
        """(auditor's, agreed) → how many: in time and moderated, which is what the month's figures are made of."""
        return {
            (overall, agreed): n
            for (state, overall, agreed), n in self.graded.items()
            if state is AllocationState.RETURNED_IN_TIME and agreed is not None
        }

    @property
    def moderated(self) -> int:
        return sum(self.headline.values())

    @property
    def late_moderated(self) -> int:
        late = AllocationState.RETURNED_LATE
        return sum(n for (state, _, agreed), n in self.graded.items() if state is late and agreed is not None)

    @property
    def agreed(self) -> Counter[Grade]:
        counted: Counter[Grade] = Counter()
        for (_, agreed), n in self.headline.items():
            counted[agreed] += n
        return counted

    @property
    def auditors(self) -> Counter[Grade]:
        counted: Counter[Grade] = Counter()
        for (overall, _), n in self.headline.items():
            if overall is not None:
                counted[overall] += n
        return counted

    @property
    def not_yet_good(self) -> Share:
        return Share(sum(n for grade, n in self.agreed.items() if grade in NOT_YET_GOOD), self.moderated)

    @property
    def good_or_better(self) -> Share:
        return Share(self.moderated - self.not_yet_good.n, self.moderated)

    def question(self, key: str) -> Share:
        """Not yet good, of those judged: blank and 'not applicable' are out of it."""
        counted = self.judged.get(key, {})
        of = sum(n for grade, n in counted.items() if grade not in NOT_A_GRADE)
        return Share(sum(n for grade, n in counted.items() if grade in NOT_YET_GOOD), of)

    def questions(self, keys: Sequence[str]) -> Share:
        """An area made of several questions adds their numerators and their denominators."""
        shares = [self.question(key) for key in keys]
        return Share(sum(share.n for share in shares), sum(share.of for share in shares))

    def beside(self, keys: Sequence[str], grade: Grade | None) -> int:
        """How many answers were 'not applicable', or were left blank (None)."""
        return sum(self.judged.get(key, {}).get(grade, 0) for key in keys)

    @property
    def children_unsafe(self) -> int | None:
        """Among those where it was stated; None where nobody stated it."""
        stated = self.stated
        return self.safety.get(Safety.UNSAFE_NOW, 0) + self.child_unsafe.get(True, 0) if stated else None

    @property
    def stated(self) -> int:
        """How many audits in time say whether the child is safe."""
        said = sum(n for answer, n in self.safety.items() if answer is not None)
        return said + sum(n for answer, n in self.child_unsafe.items() if answer is not None)
