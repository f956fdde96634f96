"""Good practice that all auditors may learn from: an audit's strength in words that point at nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from programme.allocations import Allocation
from programme.facts import Fact
from programme.outcome_facts import ExampleShared, ExampleTakenBack
from programme.people import Person
from programme.privacy import INSTEAD, kinds_in
from programme.refusals import NotAllowed, Refusal

LONGEST = 2_000


@dataclass(eq=False)
class Example:
    """It stands until somebody takes it back."""

    allocation: Allocation
    words: str
    shared_by: Person
    shared_at: datetime
    taken_back_by: Person | None = None
    taken_back_at: datetime | None = None
    id: int | None = None

    def take_back(self, *, by: Person, at: datetime) -> list[Fact]:
        _must_share(by)
        if self.taken_back_at is not None:
            return []
        self.taken_back_by, self.taken_back_at = by, at
        return [ExampleTakenBack(about=self.allocation.ref)]


def share(
    audit: Allocation, words: str, near: Sequence[str], *, by: Person, at: datetime
) -> tuple[Example, list[Fact]]:
    """Refused while anything in it points at a person: `near` are names and references that must not stand there."""
    _must_share(by)
    words = words.strip()
    if not words:
        msg = "Write what was done well, in your own words."
        raise Refusal(msg, field="words")
    if len(words) > LONGEST:
        msg = f"This is {len(words)} characters long; at most {LONGEST} are kept."
        raise Refusal(msg, field="words")
    for kind in kinds_in(words):
        raise Refusal(INSTEAD[kind], field="words")
    if any(name.casefold() in words.casefold() for name in near if name):
        msg = "Something in it points at the child or at a colleague. Leave names and references out."
        raise Refusal(msg, field="words")
    return Example(audit, words, by, at), [ExampleShared(about=audit.ref)]


def _must_share(person: Person) -> None:
    if not person.can_share_examples():
        msg = "The Head of Quality and practice-learning share examples."
        raise NotAllowed(msg)
