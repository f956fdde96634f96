"""Children's records that may be read, known only by their case reference, and a month's frame of them."""

import re
from dataclasses import dataclass, field
from datetime import date

from programme.people import Person, Team

CASE_REFERENCE = re.compile(r"[A-Z0-9/-]{3,20}", re.ASCII)

PLAN_TYPES = (
    "In assessment",
    "Early Help",
    "Child in Need",
    "Child Protection",
    "Looked After",
    "Care leaver",
)


@dataclass(eq=False)
class Case:
    """One child's record. `ref` is text: 00123 and 123 are two records. Past months know no team."""

    ref: str
    team: Team | None
    plan_type: str
    age_band: str
    social_worker: Person | None = None
    team_manager: Person | None = None
    family_ref: str = ""
    opened: date | None = None
    closed: date | None = None
    restricted: bool = False
    hold: bool = False
    tags: list[str] = field(default_factory=list)
    id: int | None = None


@dataclass(eq=False)
class FrameEntry:
    """One record in the month's frame; those drawn have a place in the sample, from 1.

    `left_out` says in words which rule kept it out of the draw.
    """

    month: str
    case: Case
    drawn_as: int | None = None
    reserve_as: int | None = None
    hand_picked_because: str = ""
    left_out: str = ""
    released_to: Person | None = None
    released_by: Person | None = None
    id: int | None = None

    @property
    def reference(self) -> str:
        """How the history and the messages name it, without naming the child's record."""
        return f"REC-{self.id}"

    @property
    def is_random(self) -> bool:
        """In the sample by the draw, not by hand."""
        return self.drawn_as is not None and not self.hand_picked_because
