"""How a sample covers the children it was drawn from: by team, age band and plan type."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from programme.drawing import Listed

KINDS = {"team": "Team", "age_band": "Age", "plan_type": "Plan"}


@dataclass(frozen=True)
class Covered:
    """One stratum: how many of it there are, and how many of these were drawn. `share` is what it would be exactly."""

    kind: str
    name: str
    known: int
    drawn: int
    share: float


def coverage(records: Sequence[Listed], drawn: Sequence[str]) -> list[Covered]:
    """Every stratum of the frame, whole: also those records count that no draw may take."""
    chosen, size = set(drawn), len(drawn)
    known = Counter(stratum for each in records for stratum in each.strata)
    has = Counter(stratum for each in records if each.ref in chosen for stratum in each.strata)
    return [
        Covered(KINDS[kind], name, many, has[kind, name], size * many / len(records))
        for (kind, name), many in sorted(known.items(), key=lambda each: (list(KINDS).index(each[0][0]), each[0][1]))
    ]


def left_out(records: Sequence[Listed]) -> list[tuple[str, int]]:
    """Why records may not be drawn, and how many for each reason, the commonest first."""
    counted = Counter(each.left_out.partition(" in ")[0] for each in records if each.left_out)
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))
