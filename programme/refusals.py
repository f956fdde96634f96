"""What the programme says when it must say no.

A refusal carries the sentence its reader sees, and the field it belongs to where there is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class Refusal(Exception):
    """A decision that was refused: `sentence` says why and what to do."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    @property
    def by_field(self) -> dict[str, str]:
        """What is wrong under which field of a page or a modal; nothing where it belongs to none."""
        return {self.field: self.sentence} if self.field else {}


class NotAllowed(Refusal):
    """The person may not do this; pages answer as if the thing did not exist."""


class NotFound(Refusal):
    """There is no such thing, or none that this person may see."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with what came in: where it stands, what to do about it, and a page's field where one has it."""

    where: str
    sentence: str
    field: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


class Faulty(Refusal):
    """Something came in with faults; all of them are named and none of it was applied."""

    def __init__(self, sentence: str, faults: Sequence[Fault]) -> None:
        super().__init__(sentence)
        self.faults = tuple(faults)

    @property
    def by_field(self) -> dict[str, str]:
        return {fault.where: fault.sentence for fault in self.faults}
