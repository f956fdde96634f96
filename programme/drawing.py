"""The random draw: the same frame and seed always give the same sample, on any machine and in any order of the file.

Every record gets a lot from the seed and its own reference. In the order of their lots they are drawn as far as the
limits allow: so many of a team, a social worker and a family. Then a drawn one is exchanged for another wherever that
brings the strata (team, age band and plan type) nearer to their exact shares of the sample, measured by the sum of
squares. So whole numbers follow fractions as nearly as the limits let them; lots decide the odd ones.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from typing import Any

from programme.refusals import Refusal

TRIES = 200
"""How many times the lots are cast anew before a size that the limits seem to allow is given up."""


@dataclass(frozen=True)
class Limits:
    """How many may be drawn at most of one kind, and how many stand by."""

    a_team: int
    a_social_worker: int
    a_family: int
    reserves: int


@dataclass(frozen=True)
class Listed:
    """One record of the frame, as it stands on the day of the draw.

    `left_out` says why it is not drawn, where it is not; one that was picked by hand takes no random place, and counts
    for the limits.
    """

    ref: str
    team: str
    social_worker: str
    family: str
    age_band: str
    plan_type: str
    left_out: str = ""
    picked: bool = False

    @cached_property
    def strata(self) -> tuple[tuple[str, str], ...]:
        return (("team", self.team), ("age_band", self.age_band), ("plan_type", self.plan_type))


@dataclass(frozen=True)
class Frame:
    """What is drawn from. As text it is kept with the sample, so that anybody can draw again."""

    records: tuple[Listed, ...]
    limits: Limits

    @property
    def may_be_drawn(self) -> list[Listed]:
        return [each for each in self.records if not each.left_out and not each.picked]

    def as_kept(self) -> dict[str, Any]:
        in_order = sorted(self.records, key=lambda each: each.ref)
        return {"limits": asdict(self.limits), "records": [asdict(each) for each in in_order]}

    @classmethod
    def kept(cls, said: Mapping[str, Any]) -> "Frame":
        known = {part.name for part in fields(Listed)}
        records = [{name: each[name] for name in known & set(each)} for each in said["records"]]
        return cls(tuple(Listed(**each) for each in records), Limits(**said["limits"]))


@dataclass(frozen=True)
class Drawn:
    """References in the order in which they were drawn, and the reserves in theirs."""

    places: tuple[str, ...]
    reserves: tuple[str, ...]


def digest_of(frame: Frame, size: int, seed: int, drawn: Drawn) -> str:
    """The same for the same frame, size, seed and outcome, to the byte."""
    said = {"frame": frame.as_kept(), "size": size, "seed": seed, **asdict(drawn)}
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def draw(frame: Frame, *, size: int, seed: int) -> Drawn:
    """So many records at random, and the reserves; or a refusal that says which limit stands in the way."""
    may = frame.may_be_drawn
    _must_be_possible(frame, may, size)
    picked = [each for each in frame.records if each.picked]
    for cast in range(TRIES):
        lots = sorted(may, key=_lots(seed, cast))
        taken = _Taken(frame.limits, picked)
        drawn = [each for each in lots if taken.takes(each, at_most=size)]
        if len(drawn) == size:
            _bring_near_shares(drawn, lots, taken, size)
            refs = [each.ref for each in drawn]
            rest = [each.ref for each in lots if each.ref not in set(refs)]
            return Drawn(tuple(refs), tuple(rest[: frame.limits.reserves]))
    msg = f"The limits together leave no way to draw {size} that could be found. Ask for fewer."
    raise Refusal(msg, field="size")


def _lots(seed: int, cast: int) -> Callable[[Listed], bytes]:
    said = f"{seed}" if cast == 0 else f"{seed}.{cast}"
    return lambda record: hashlib.sha256(f"{said}:{record.ref}".encode()).digest()


def _must_be_possible(frame: Frame, may: Sequence[Listed], size: int) -> None:
    if size < 1:
        msg = "Say how many children's records to draw: at least one."
        raise Refusal(msg, field="size")
    most, because = min(_bounds(may, frame.limits), key=lambda bound: bound[0])
    if size > most:
        msg = f"At most {most} can be drawn; {size} were asked for: {because}."
        raise Refusal(msg, field="size")


def _bounds(may: Sequence[Listed], limits: Limits) -> Iterator[tuple[int, str]]:
    """The most that each limit by itself lets through, and why."""
    teams, workers = Counter(each.team for each in may), Counter(each.social_worker for each in may)
    families = Counter(each.family or each.ref for each in may)
    yield len(may), f"the frame has {len(may)} children's records that may be drawn"
    for name, counts, limit in (
        ("team", teams, limits.a_team),
        ("social worker", workers, limits.a_social_worker),
        ("family", families, limits.a_family),
    ):
        each = f"{limit} of a {name}" if limit > 1 else f"one of a {name}"
        yield sum(min(n, limit) for n in counts.values()), f"no more than {each}, and there are {len(counts)}"


class _Taken:
    """What is drawn so far, counted by the limits."""

    def __init__(self, limits: Limits, picked: Sequence[Listed]) -> None:
        self._limits = limits
        self._counts: Counter[tuple[str, str]] = Counter()
        self._drawn = 0
        for each in picked:
            self._counts.update(key for key, _ in self._keys(each))

    def takes(self, record: Listed, *, at_most: int) -> bool:
        fits = self._drawn < at_most and self.fits(record)
        if fits:
            self.add(record, 1)
        return fits

    def fits(self, record: Listed) -> bool:
        return all(self._counts[key] < limit for key, limit in self._keys(record))

    def add(self, record: Listed, many: int) -> None:
        self._drawn += many
        for key, _ in self._keys(record):
            self._counts[key] += many

    def _keys(self, record: Listed) -> list[tuple[tuple[str, str], int]]:
        return [
            (("team", record.team), self._limits.a_team),
            (("social worker", record.social_worker), self._limits.a_social_worker),
            (("family", record.family or record.ref), self._limits.a_family),
        ]


def _bring_near_shares(drawn: list[Listed], lots: Sequence[Listed], taken: _Taken, size: int) -> None:
    """Exchange, one for one, until no exchange brings the strata nearer. The latest drawn goes first."""
    wanted = Counter(stratum for each in lots for stratum in each.strata)
    has = Counter(stratum for each in drawn for stratum in each.strata)
    over = {stratum: has[stratum] * len(lots) - n * size for stratum, n in wanted.items()}
    waiting = [each for each in lots if each not in set(drawn)]
    changed = True
    while changed:
        changed = False
        for place in reversed(range(len(drawn))):
            better = _first_better(drawn[place], waiting, over, taken, len(lots))
            if better is not None:
                drawn[place], waiting[better] = waiting[better], drawn[place]
                changed = True


def _first_better(
    out: Listed, waiting: Sequence[Listed], over: dict[tuple[str, str], int], taken: _Taken, step: int
) -> int | None:
    """The first in line that would be better in this one's place; it is counted there at once."""
    taken.add(out, -1)
    for number, into in enumerate(waiting):
        other = [(old, new) for old, new in zip(out.strata, into.strata, strict=True) if old != new]
        # What the sum of squares falls by, in units of two steps.
        if sum(over[old] - over[new] - step for old, new in other) > 0 and taken.fits(into):
            taken.add(into, 1)
            over.update({old: over[old] - step for old, _ in other} | {new: over[new] + step for _, new in other})
            return number
    taken.add(out, 1)
    return None
