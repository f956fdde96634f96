"""Whose turn it is: groups follow one another month by month, and a turn is one person's duty in one month.

From a month that policy names, a core group has the month's audits instead; who is developing has a learning turn
beside it, group by group as before, and who is competent stands by as a reserve and a moderator.

A person's place in the rota is their group's. Not taking part moves nobody: who was given nothing, or was not at work,
waits for their group's next month like everybody else in it, and nobody is asked in their stead.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from programme.calendar import first_of, following
from programme.people import AuditGroup, Person
from programme.planning_policy import RotaRules
from programme.words import Competency, Scheme

BY_ROTA = "by the rota"
IN_CORE = "in the core group"
LEARNING = "a learning turn"
CARRIED = "carried over"
GIVEN_OUT = "by what was given out"

FORESEEN = frozenset({BY_ROTA, IN_CORE, LEARNING})
"""Turns that the rota alone foresaw, and takes back where things come otherwise."""


@dataclass(eq=False)
class Turn:
    """`why` says in words how the turn came to this person: by the rota, carried over, or by a swap.

    `carried_from` is the month that was missed, where the turn makes up for one.
    """

    person: Person
    month: str
    why: str = BY_ROTA
    carried_from: str = ""
    id: int | None = None


@dataclass(frozen=True)
class Ahead:
    """One month that turns are made for: whose it is, by which scheme, and the days of its window."""

    month: str
    group: AuditGroup
    scheme: Scheme
    first: date
    last: date


@dataclass(frozen=True)
class Owed:
    """An audit that somebody did not do in its month. There is one for a person and a month, however many they held."""

    person: Person
    missed: str


@dataclass(frozen=True)
class Plan:
    """Turns to be made, turns of the rota that are none any more, and carry-overs that wait for another month."""

    made: tuple[Turn, ...] = ()
    dropped: tuple[Turn, ...] = ()
    moved: tuple[tuple[Turn, str], ...] = ()


def months_from(month: str, how_many: int) -> list[str]:
    """So many months, beginning with this one."""
    months = [month]
    while len(months) < how_many:
        months.append(following(months[-1]))
    return months


def groups_from(group: AuditGroup, groups: Sequence[AuditGroup]) -> Iterator[AuditGroup]:
    """Round and round by name, beginning with this one."""
    in_turn = sorted(groups, key=lambda each: each.name)
    place = in_turn.index(group)
    while True:
        yield in_turn[place % len(in_turn)]
        place += 1


def whose_month(month: str, last: tuple[str, AuditGroup], groups: Sequence[AuditGroup], rules: RotaRules) -> AuditGroup:
    """The group that follows the last round's. A month without a round is its group's turn where policy says so."""
    last_month, in_turn = last[0], groups_from(last[1], groups)
    next(in_turn)
    while rules.skipped_month_moves_on and following(last_month) < month:
        last_month = following(last_month)
        next(in_turn)
    return next(in_turn)


def scheme_of(month: str, rules: RotaRules) -> Scheme:
    """By which scheme a month is opened. One that is open keeps the scheme it was opened with."""
    return Scheme.CORE if first_of(month) >= rules.core_from else Scheme.GROUPS


def takes_part(person: Person, ahead: Ahead) -> bool:
    """An auditor in post from its first to its last day, not paused, whose service takes part by then."""
    service = person.own_service
    since = service.takes_part_from if service else None
    here = person.is_here_on(ahead.first) and person.is_here_on(ahead.last)
    paused = person.competency is Competency.PAUSED
    return person.is_auditor and here and not paused and (since is None or since <= ahead.first)


def why_in(person: Person, ahead: Ahead) -> str:
    """How a month's turn comes to somebody by the rota alone; empty where they have none."""
    if not takes_part(person, ahead):
        return ""
    groups_turn = person.group is ahead.group
    if ahead.scheme is Scheme.GROUPS:
        return BY_ROTA if groups_turn else ""
    if person.competency is Competency.CORE:
        return IN_CORE
    return LEARNING if groups_turn and person.competency is not Competency.COMPETENT else ""


def plan(
    ahead: Sequence[Ahead],
    people: Sequence[Person],
    known: Sequence[Turn],
    owed: Sequence[Owed],
    given_away: Collection[tuple[Person, str]],
) -> Plan:
    """The turns of the months ahead, as the people list, the rota and what was missed make them now.

    `known` are the turns in these months, and in any month that was passed over without a round. A turn that was
    swapped stands, and one that was given away does not come back. A carry-over goes to the first later month in which
    its person has no other turn; one that stands already stays, unless the rota has come to need its month.
    """
    months = {each.month: each for each in ahead}
    foreseen = {
        (person, each.month): why
        for each in ahead
        for person in people
        if (why := why_in(person, each)) and (person, each.month) not in given_away
    }
    dropped = [turn for turn in known if _is_none_any_more(turn, foreseen, months)]
    gone = set(dropped)
    standing = {(turn.person, turn.month) for turn in known if turn not in gone and turn.why != CARRIED}
    made = [Turn(person, month, why) for (person, month), why in foreseen.items() if (person, month) not in standing]
    carrying = _Carrying(months, standing | set(foreseen) | set(given_away))
    waiting = {(turn.person, turn.carried_from): turn for turn in known if turn.why == CARRIED}
    for each in sorted(owed, key=lambda each: (each.missed, each.person.name)):
        carrying.place(each, waiting.pop((each.person, each.missed), None))
    return Plan(
        made=(*made, *carrying.made), dropped=(*dropped, *carrying.dropped, *waiting.values()), moved=(*carrying.moved,)
    )


def _is_none_any_more(turn: Turn, foreseen: Mapping[tuple[Person, str], str], months: Mapping[str, Ahead]) -> bool:
    """The rota does not foresee it now; or it was swapped, and who has it will not be there."""
    if turn.why in FORESEEN:
        return foreseen.get((turn.person, turn.month)) != turn.why
    return turn.why != CARRIED and turn.month in months and not takes_part(turn.person, months[turn.month])


class _Carrying:
    """Finds each carry-over its month, the longest owed first."""

    def __init__(self, months: Mapping[str, Ahead], busy: Collection[tuple[Person, str]]) -> None:
        self._months, self._busy = months, set(busy)
        self.made: list[Turn] = []
        self.dropped: list[Turn] = []
        self.moved: list[tuple[Turn, str]] = []

    def place(self, owed: Owed, turn: Turn | None) -> None:
        """Where it stands already, or in the first free month, or nowhere yet."""
        places = [turn.month] if turn else []
        places += [month for month in sorted(self._months) if month > owed.missed]
        place = next((month for month in places if self._is_free(owed.person, month)), None)
        if place is not None:
            self._busy.add((owed.person, place))
        if place is not None and turn is None:
            self.made.append(Turn(owed.person, place, CARRIED, carried_from=owed.missed))
        elif place is None and turn is not None:
            self.dropped.append(turn)
        elif turn is not None and place is not None and place != turn.month:
            self.moved.append((turn, place))

    def _is_free(self, person: Person, month: str) -> bool:
        ahead = self._months.get(month)
        return ahead is not None and (person, month) not in self._busy and takes_part(person, ahead)


def pass_on(turn: Turn, to: Person, *, because: str) -> None:
    """Somebody covers for another: the turn is theirs. What it makes up for stays with who gave it, and is owed."""
    turn.why, turn.carried_from = f"covers for {turn.person.name} {because}", ""
    turn.person = to


def exchange(now: Turn, later: Turn, *, because: str) -> None:
    """Each of the two does the other's month: the turns change months, and what each makes up for stays theirs."""
    now.month, later.month = later.month, now.month
    for turn, other in ((now, later), (later, now)):
        turn.why = f"swapped with {other.person.name} {because}"
