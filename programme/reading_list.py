"""What one moderator has of a month: each audit, with whom, and what it waits for. References alone, no judgement."""

from collections.abc import Sequence
from dataclasses import dataclass

from programme.moderation import Moderation
from programme.people import Person

TO_READ = "read it alone first"
TO_AGREE = "you have both read it: talk, and agree"
AGREED = "agreed"


@dataclass(frozen=True)
class ToModerate:
    """One line. `waits` is whether it asks something of this reader now."""

    ref: str
    partner: str
    said: str
    waits: bool

    @property
    def line(self) -> str:
        return f"{self.ref}, with {self.partner}: {self.said}" if self.partner else f"{self.ref}: {self.said}"


def reading_list(mine: Sequence[Moderation], me: Person) -> list[ToModerate]:
    """In the order of what asks something now, then by reference."""
    lines = [_line(each, me) for each in mine]
    return sorted(lines, key=lambda line: (not line.waits, line.said == AGREED, line.ref))


def _line(found: Moderation, me: Person) -> ToModerate:
    partner = found.partner_of(me)
    name = partner.name if partner else ""
    if found.is_agreed:
        return ToModerate(found.allocation.ref, name, AGREED, waits=False)
    if found.reading_of(me).read_at is None:
        return ToModerate(found.allocation.ref, name, TO_READ, waits=True)
    if found.all_have_read:
        return ToModerate(found.allocation.ref, name, TO_AGREE, waits=True)
    return ToModerate(found.allocation.ref, name, f"you have read it; {name} has not yet", waits=False)
