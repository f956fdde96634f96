"""Which pair moderates which audit, exactly: values in, values out.

Pairs are made first, of those who have the fewest, two of different services each and as many as the audits need. Then
the audits are given to them by the arithmetic that gives records to auditors: as many as can be, evenly, and to those
who know what the record asks for. What none of these pairs may read goes to any two who may.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from math import ceil

from programme.allocations import Allocation
from programme.blocking import NOTHING_KNOWN, Blocks, Candidate, Known, Rule, blocks_of
from programme.explaining import needed
from programme.facts import Fact, ModerationAsked, ModeratorsNamed
from programme.knowledge import lacking
from programme.moderation import Moderation, Reading, share_ref
from programme.people import Person
from programme.planning_policy import MatchingWeights
from programme.refusals import Refusal
from programme.rounds import Round
from programme.solving import Layer, Problem, Seat, solve
from programme.weighing import numbered
from programme.words import RoundState

Pair = tuple[Person, Person]
DID_IT = "did the audit"
APART = "is kept apart from the auditor"
NO_MODERATOR = "does not moderate"
NOT_THERE = "is not at work that day"


@dataclass(frozen=True)
class Paired:
    audit: Allocation
    pair: Pair
    because: str = ""


@dataclass(frozen=True)
class Unpaired:
    audit: Allocation
    because: str


@dataclass(frozen=True)
class Pairing:
    paired: tuple[Paired, ...]
    unpaired: tuple[Unpaired, ...]

    @property
    def mark(self) -> str:
        """The same for the same audits with the same pairs: by it, what is done is known to be what was seen."""
        lines = [f"{each.audit.ref} {each.pair[0].email} {each.pair[1].email}" for each in self.paired]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]

    @property
    def by_pair(self) -> dict[Pair, list[Paired]]:
        """What each pair reads."""
        return {pair: [each for each in self.paired if each.pair == pair] for pair in (e.pair for e in self.paired)}


@dataclass(frozen=True)
class Readers:
    """Everybody who may come to read, how many each has by now, and what keeps whom from what."""

    people: Sequence[Person]
    load: Mapping[Person, int]
    known: Known
    blocks: Blocks

    def rule(self, audit: Allocation, person: Person) -> str:
        """What keeps this audit from this reader, in words that follow 'somebody who …'; empty where nothing does."""
        if person is audit.holder:
            return DID_IT
        if audit.holder is not None and self.are_apart(person, audit.holder):
            return APART
        rule = self.blocks.between(audit.case, person)
        if rule is Rule.AWAY:
            return NOT_THERE
        return rule or ("" if person.can_moderate(audit) else NO_MODERATOR)

    def may_read(self, audit: Allocation, pair: Pair) -> bool:
        return not any(self.rule(audit, person) for person in pair)

    def are_apart(self, one: Person, other: Person) -> bool:
        return any({one, other} == set(pair) for pair in self.known.apart)

    def may_be_a_pair(self, one: Person, other: Person) -> bool:
        """Of two services, and not kept apart."""
        return not other.works_for(one.own_service) and not self.are_apart(one, other)

    @property
    def areas(self) -> set[str]:
        """Everything that any of them knows about."""
        return {area for who in self.people for area in who.knowledge}

    @classmethod
    def of(
        cls,
        audits: Sequence[Allocation],
        people: Sequence[Person],
        load: Mapping[Person, int],
        known: Known,
        *,
        day: date | None = None,
    ) -> "Readers":
        """`day` is when they meet: who is not at work then reads nothing."""
        candidates = [Candidate(who, 1, away=day is not None and not who.is_at_work_on(day)) for who in people]
        return cls(people, load, known, blocks_of([audit.case for audit in audits], candidates, known))


def pair_up(
    audits: Sequence[Allocation],
    moderators: Sequence[Person],
    load: Mapping[Person, int],
    *,
    a_pair: int,
    known: Known = NOTHING_KNOWN,
    weights: MatchingWeights | None = None,
) -> Pairing:
    """Two from different services for each audit, none left that two may read, and the load even."""
    audits = sorted(audits, key=lambda audit: audit.ref)
    people = sorted(moderators, key=lambda who: (load.get(who, 0), who.name, who.email))
    readers = Readers.of(audits, people, load, known)
    pairs = _pairs(readers, ceil(len(audits) / a_pair))
    given = _given(audits, pairs, readers, a_pair, weights or MatchingWeights())
    given |= _any_two([audit for audit in audits if audit not in given], given, readers)
    return Pairing(
        tuple(
            Paired(audit, given[audit], reason_for(audit, given[audit], readers.areas))
            for audit in audits
            if audit in given
        ),
        tuple(Unpaired(audit, _why_not(audit, readers)) for audit in audits if audit not in given),
    )


def _pairs(readers: Readers, how_many: int) -> list[Pair]:
    """Those who have the fewest first, each with the next who may be their other half."""
    left, pairs = list(readers.people), list[Pair]()
    while left and len(pairs) < how_many:
        first = left.pop(0)
        second = next((who for who in left if readers.may_be_a_pair(first, who)), None)
        if second is not None:
            left.remove(second)
            pairs.append((first, second))
    return pairs


def _given(
    audits: Sequence[Allocation], pairs: Sequence[Pair], readers: Readers, a_pair: int, weights: MatchingWeights
) -> dict[Allocation, Pair]:
    """As many as these pairs may read, each pair about as many as the others, at the least cost."""
    if not pairs:
        return {}
    room = max(a_pair, ceil(len(audits) / len(pairs)))
    needs, need_of = numbered([needed(audit.case, readers.areas) for audit in audits])
    lack = {
        (n, column): len(need - {*one.knowledge, *other.knowledge}) * weights.unknown_area
        for need, n in needs.items()
        for column, (one, other) in enumerate(pairs)
        if need
    }
    seats = [_seat(column, pair, nth, readers, weights) for column, pair in enumerate(pairs) for nth in range(room)]
    cells = [(row, column) for row in range(len(audits)) for column in range(len(pairs))]
    never = [(row, column) for row, column in cells if not readers.may_read(audits[row], pairs[column])]
    solution = solve(Problem(len(audits), len(pairs), seats, [Layer(need_of, lack)], never))
    return {audits[row]: pairs[column] for row, column in solution.column_of.items()}


def _seat(column: int, pair: Pair, nth: int, readers: Readers, weights: MatchingWeights) -> Seat:
    has = sum(readers.load.get(person, 0) for person in pair) + 2 * nth
    return Seat(column, has * weights.another_audit)


def _any_two(
    audits: Sequence[Allocation], given: Mapping[Allocation, Pair], readers: Readers
) -> dict[Allocation, Pair]:
    """What no pair may read as it was made: the two who have the fewest of all who may."""
    has = Counter(dict(readers.load))
    has.update(person for pair in given.values() for person in pair)
    found: dict[Allocation, Pair] = {}
    for audit in audits:
        may = [who for who in readers.people if not readers.rule(audit, who)]
        pairs = [pair for pair in combinations(may, 2) if readers.may_be_a_pair(*pair)]
        if pairs:
            found[audit] = min(pairs, key=lambda pair: (has[pair[0]] + has[pair[1]], pair[0].name, pair[1].name))
            has.update(found[audit])
    return found


def reason_for(audit: Allocation, pair: Pair, areas: Collection[str]) -> str:
    """Why these two: of which services they are, and what of what the record asks for they know about."""
    services = " and ".join(who.own_service.name if who.own_service else "no service" for who in pair)
    asked = needed(audit.case, areas)
    known = asked & {*pair[0].knowledge, *pair[1].knowledge}
    knows = f"; knows about {' and '.join(sorted(known))}" if known else ""
    unknown = lacking(audit.case, pair, areas)
    lacks = f"; neither knows about {' and '.join(unknown)}" if unknown else ""
    return f"of {services}{knows}{lacks}"


def _why_not(audit: Allocation, readers: Readers) -> str:
    """The rules that leave fewer than two, each with how many it keeps away."""
    rules = Counter(rule for who in readers.people if (rule := readers.rule(audit, who)))
    kept = ", ".join(f"{rule} ({many})" for rule, many in sorted(rules.items()))
    if len(readers.people) - rules.total() > 1:
        return "everybody who may read it is of one service, or kept apart"
    if rules.total() == len(readers.people):
        return f"nobody who moderates may read it: {kept}" if kept else "nobody who moderates is there"
    return f"only one may read it: {kept}" if kept else "only one moderator is there"


def assign(of: Round, pairing: Pairing, *, at: datetime) -> tuple[list[Moderation], list[Fact]]:
    """Name the pairs. Once the month has been cut off it is being moderated."""
    if not pairing.paired:
        msg = f"There is nothing to moderate for {of.name} that has not been given to a pair."
        raise Refusal(msg)
    if of.cut_off_at is not None and at >= of.cut_off_at and of.state is RoundState.DISTRIBUTED:
        of.state = RoundState.MODERATING
    made = [Moderation(each.audit, at, [Reading(who) for who in each.pair]) for each in pairing.paired]
    asked = Counter(who for each in pairing.paired for who in each.pair)
    named: list[Fact] = [ModeratorsNamed(about=each.audit.ref) for each in pairing.paired]
    return made, named + [
        ModerationAsked(about=share_ref(of.month, who), audits=n, tell=(who,)) for who, n in asked.items()
    ]
