"""Which pair moderates which audit: values in, values out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from programme.allocations import Allocation
from programme.facts import Fact, ModerationAsked, ModeratorsNamed
from programme.moderation import Moderation, Reading
from programme.people import Person
from programme.refusals import Refusal
from programme.rounds import Round
from programme.words import RoundState


@dataclass(frozen=True)
class Paired:
    audit: Allocation
    pair: tuple[Person, Person]


@dataclass(frozen=True)
class Unpaired:
    audit: Allocation
    because: str


@dataclass(frozen=True)
class Pairing:
    paired: tuple[Paired, ...]
    unpaired: tuple[Unpaired, ...]


def pair_up(
    audits: Sequence[Allocation], moderators: Sequence[Person], load: Mapping[Person, int], *, a_pair: int
) -> Pairing:
    """Two from different services for each audit, the same two for as many as one pair reads.

    A new pair is made of those who have the fewest, so that the load stays even.
    """
    has, reads = Counter(dict(load)), Counter[tuple[Person, Person]]()
    paired, unpaired = [], []
    for audit in audits:
        may = sorted((who for who in moderators if who.can_moderate(audit)), key=lambda who: (has[who], who.name))
        pair = _together_already(may, reads, a_pair) or _new_pair(may)
        if pair is None:
            unpaired.append(Unpaired(audit, _why_not(may)))
            continue
        paired.append(Paired(audit, pair))
        reads[pair] += 1
        has.update(pair)
    return Pairing(tuple(paired), tuple(unpaired))


def _together_already(
    may: Sequence[Person], reads: Mapping[tuple[Person, Person], int], a_pair: int
) -> tuple[Person, Person] | None:
    fitting = (pair for pair, n in reads.items() if n < a_pair and pair[0] in may and pair[1] in may)
    return next(fitting, None)


def _new_pair(may: Sequence[Person]) -> tuple[Person, Person] | None:
    second = next((who for who in may[1:] if not who.works_for(may[0].own_service)), None)
    return (may[0], second) if second else None


def _why_not(may: Sequence[Person]) -> str:
    if not may:
        return "nobody who moderates may read it"
    return "everybody who may read it is of one service"


def assign(of: Round, pairing: Pairing, *, at: datetime, today: date) -> tuple[list[Moderation], list[Fact]]:
    """Name the pairs. From the moderation day on the month is being moderated."""
    if not pairing.paired:
        msg = f"There is nothing to moderate for {of.name} that has not been given to a pair."
        raise Refusal(msg)
    if of.moderate_on is not None and today >= of.moderate_on and of.state is RoundState.DISTRIBUTED:
        of.state = RoundState.MODERATING
    made = [Moderation(each.audit, at, [Reading(who) for who in each.pair]) for each in pairing.paired]
    asked = Counter(who for each in pairing.paired for who in each.pair)
    named: list[Fact] = [ModeratorsNamed(about=each.audit.ref) for each in pairing.paired]
    return made, named + [ModerationAsked(about=of.month, audits=n, tell=(who,)) for who, n in asked.items()]
