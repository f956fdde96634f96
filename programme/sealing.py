"""The history, sealed into a chain: each seal covers one entry and the seal before it.

So nothing that is sealed can be changed, taken out, put in or moved unseen. A seal has its place in the chain, whatever
the number of its entry: of two who write at the same moment the lower number may come to light later, and is then
sealed later. What nobody can see from inside is that the newest entries were taken away together with their seals:
for that the head of the chain is noted somewhere else.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from programme.refusals import Refusal

WAITS_AT_MOST = timedelta(minutes=10)
"""It is sealed each minute; after so long somebody should look why not."""

HEAD = re.compile(r"([0-9]{1,9}):([0-9a-f]{64})")


@dataclass(frozen=True)
class Entry:
    """One line of history as it stands in the record, people by number. What is no time any more is kept as found."""

    number: int
    at: datetime | str
    kind: str
    about: str
    by: int | None
    on_behalf_of: int | None
    details: str
    told: str
    """For whom it left a message, as the text that is kept: so that nobody can take away both unmissed."""

    def canonical(self) -> list[object]:
        """The same on every database, for as long as the entry is the same."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(self.at, datetime) else self.at
        return [self.number, at, self.kind, self.about, self.by, self.on_behalf_of, self.details, self.told]


@dataclass(frozen=True)
class Head:
    """Where a chain ends: the last place in it, and the seal there."""

    place: int
    digest: str

    def __str__(self) -> str:
        return f"{self.place}:{self.digest}"

    @classmethod
    def read(cls, said: str) -> "Head":
        """As it was printed before."""
        found = HEAD.fullmatch(said.strip())
        if found is None:
            msg = "That is no head of a chain. Write it as it was printed: the place, a colon, and the 64 signs."
            raise Refusal(msg, field="head")
        return cls(int(found[1]), found[2])


START = Head(0, "0" * 64)
"""The head of a chain that has no seal yet."""


@dataclass(frozen=True)
class Seal:
    place: int
    number: int
    """Of the entry that is sealed."""
    digest: str

    @property
    def head(self) -> Head:
        return Head(self.place, self.digest)

    @classmethod
    def of(cls, entry: Entry, *, after: Head) -> "Seal":
        place = after.place + 1
        said = json.dumps([place, after.digest, *entry.canonical()], separators=(",", ":"), default=repr)
        return cls(place, entry.number, sha256(said.encode()).hexdigest())


def sealed(entries: Iterable[Entry], *, after: Head) -> list[Seal]:
    """The chain goes on from its head over these entries."""
    seals = []
    for entry in entries:
        seals.append(Seal.of(entry, after=after))
        after = seals[-1].head
    return seals


@dataclass(frozen=True)
class Unsealed:
    """What of the history waits for its seal, and since when the oldest of it; None where that is no time any more."""

    many: int
    since: datetime | None

    def is_late(self, *, at: datetime) -> bool:
        return self.since is not None and at - self.since > WAITS_AT_MOST


@dataclass
class Verdict:
    """What came of looking at a whole chain. `waiting` are entries without a seal as yet."""

    waiting: int
    sealed: int = 0
    head: Head = START
    late: list[int] = field(default_factory=list)
    """Entries sealed after one with a higher number: of two written at once, or put in by somebody later."""
    faults: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not self.faults


def verify(chain: Iterable[tuple[Seal, Entry | None]], *, waiting: int, noted: Head | None = None) -> Verdict:
    """Walk every seal by its place, each with the entry it is of (None: gone). `noted`: a head kept somewhere else."""
    verdict, highest = Verdict(waiting), 0
    for seal, entry in chain:
        verdict.faults += _wrong(seal, entry, verdict.head)
        if noted is not None and noted.place == seal.place and noted != seal.head:
            verdict.faults.append(f"The seal at place {seal.place} is not the one that was noted.")
        if seal.number < highest:
            verdict.late.append(seal.number)
        highest = max(highest, seal.number)
        verdict.head = seal.head
        verdict.sealed += 1
    if noted is not None and noted.place > verdict.head.place:
        verdict.faults.append(
            f"The chain ends at place {verdict.head.place}, and place {noted.place} was noted: its newest part is gone."
        )
    return verdict


def _wrong(seal: Seal, entry: Entry | None, before: Head) -> Iterator[str]:
    """After a gap nothing can be said of the next seal itself: what it was made after is not known."""
    in_order = seal.place == before.place + 1
    if not in_order:
        yield f"After place {before.place} of the chain comes place {seal.place}: seals were taken out or put in."
    if entry is None:
        yield f"Entry {seal.number} is gone from the history; it was sealed at place {seal.place}."
    elif in_order and Seal.of(entry, after=before) != seal:
        yield f"Entry {seal.number}, or its seal at place {seal.place}, is not as it was sealed."
