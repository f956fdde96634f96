"""What a month is likely to bring, from what is known before it ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(eq=False)
class ForecastKept:
    """One day's forecast as it was made; `low` to `high` is where the returns lie four times in five."""

    month: str
    made_on: date
    target: int
    at_best: int
    low: int
    likely: int
    high: int
    moderators: Mapping[str, Any] = field(default_factory=dict)
    lines: Sequence[str] = field(default_factory=list)
    id: int | None = None
