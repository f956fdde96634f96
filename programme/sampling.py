"""The random draw: the same frame and seed always give the same sample."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from programme.cases import FrameEntry
from programme.facts import SampleDrawn
from programme.people import Person
from programme.refusals import Refusal


@dataclass(eq=False)
class Sample:
    """A month's draw as it was made: by its frame, exactly as it was then, and its seed it can be made again."""

    month: str
    seed: int
    size: int
    drawn_on: date
    frame: Sequence[Mapping[str, Any]]
    digest: str
    drawn_by: Person
    id: int | None = None


def draw(frame: Sequence[FrameEntry], *, size: int, seed: int, month: str, on: date) -> SampleDrawn:
    """Mark `size` entries of the frame as drawn, in order.

    Each record gets a number from the seed and its own reference, and the lowest are drawn. So the draw does not
    depend on the order of the file or on a library's random generator.
    """
    if any(entry.drawn_as for entry in frame):
        msg = "This month's sample has been drawn. It is kept as it is, so that anyone can check it."
        raise Refusal(msg)
    if size < 1:
        msg = "Say how many children's records to draw: at least one."
        raise Refusal(msg, field="size")
    open_to_draw = [entry for entry in frame if entry.case.may_be_drawn(on)]
    if size > len(open_to_draw):
        msg = f"The frame has {len(open_to_draw)} children's records that may be drawn; {size} were asked for."
        raise Refusal(msg, field="size")
    chosen = sorted(open_to_draw, key=lambda entry: _lot(seed, entry.case.ref))[:size]
    for place, entry in enumerate(chosen, start=1):
        entry.drawn_as = place
    return SampleDrawn(about=month, seed=seed, frame=len(frame), drawn=size)


def _lot(seed: int, case_ref: str) -> bytes:
    return hashlib.sha256(f"{seed}:{case_ref}".encode()).digest()
