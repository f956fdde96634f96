"""How a moderation day goes: each pair with what is to read, read, agreed; how judgements moved; what is open.

Nothing here tells a judgement of one audit. What the reader of the page moderates and has not read is left out of what
is added up of judgements.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from programme.counted import NOT_A_GRADE
from programme.moderation import Moderation
from programme.people import Person
from programme.words import AllocationState, Grade


class Stage(StrEnum):
    TO_READ = "To read"
    READ_BY_ONE = "Read by one"
    READ_BY_BOTH = "Read by both"
    AGREED = "Agreed"


@dataclass(frozen=True)
class Judgement:
    """Of one audit: the auditor's overall judgement and the agreed one, None while there is none."""

    auditors: Grade | None
    agreed: Grade | None


@dataclass(frozen=True)
class Followed:
    """One audit: how far its pair is."""

    ref: str
    stage: Stage


@dataclass(frozen=True)
class PairNow:
    names: str
    audits: tuple[Followed, ...]

    @property
    def counts(self) -> dict[Stage, int]:
        """Every stage, in order, with how many stand there."""
        counted = Counter(each.stage for each in self.audits)
        return {stage: counted[stage] for stage in Stage}


@dataclass(frozen=True)
class Moves:
    up: int = 0
    down: int = 0
    unchanged: int = 0

    @property
    def said(self) -> str:
        return f"{self.up} up, {self.down} down, {self.unchanged} unchanged"


@dataclass(frozen=True)
class Tracker:
    """`late` are the pairs of what came back late: moderated all the same, and kept apart."""

    in_time: tuple[PairNow, ...]
    late: tuple[PairNow, ...]
    moves: Moves

    @property
    def counts(self) -> dict[Stage, int]:
        """Of all that came in time."""
        return {stage: sum(pair.counts[stage] for pair in self.in_time) for stage in Stage}


def track(found: Iterable[Moderation], judged: Mapping[str, Judgement], viewer: Person) -> Tracker:
    found = sorted(found, key=lambda each: each.allocation.ref)
    late = [each for each in found if each.allocation.state is AllocationState.RETURNED_LATE]
    in_time = [each for each in found if each not in late]
    known = [each for each in in_time if not _is_to_be_read_blind(each, viewer)]
    moved = _moves([judged[each.allocation.ref] for each in known if each.allocation.ref in judged])
    return Tracker(_pairs(in_time), _pairs(late), moved)


def stage_of(found: Moderation) -> Stage:
    if found.is_agreed:
        return Stage.AGREED
    read = sum(reading.read_at is not None for reading in found.readings)
    if read == len(found.readings):
        return Stage.READ_BY_BOTH
    return Stage.READ_BY_ONE if read else Stage.TO_READ


def _is_to_be_read_blind(found: Moderation, viewer: Person) -> bool:
    return any(each.moderator is viewer and each.read_at is None for each in found.readings)


def _pairs(found: Sequence[Moderation]) -> tuple[PairNow, ...]:
    by_names: dict[str, list[Followed]] = {}
    for each in found:
        names = " and ".join(sorted(reading.moderator.name for reading in each.readings))
        by_names.setdefault(names, []).append(Followed(each.allocation.ref, stage_of(each)))
    return tuple(PairNow(names, tuple(audits)) for names, audits in sorted(by_names.items()))


def _moves(judged: Sequence[Judgement]) -> Moves:
    """Of those that are agreed and on the scale."""
    both = [(each.auditors, each.agreed) for each in judged if {each.auditors, each.agreed}.isdisjoint(NOT_A_GRADE)]
    moved = [float(agreed) - float(auditors) for auditors, agreed in both if agreed and auditors]
    return Moves(sum(by > 0 for by in moved), sum(by < 0 for by in moved), sum(by == 0 for by in moved))
