"""A borough by chance, whose rounds are run month after month with nothing but the rules: for properties of the rota.

What can happen: leave for the whole window or some of it, refusals, audits missed, returned late or long after the
report, swaps with next month's group, leavers, joiners, pauses, changes of group, samples too small for everybody, and
months in which no round is run.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from programme import rota
from programme.calendar import first_of, following
from programme.owed import Ended, Part, owed
from programme.people import AuditGroup, Person
from programme.planning_policy import RotaRules
from programme.rota import CARRIED, Ahead, Turn
from programme.words import AllocationState, Competency, Reason, Role, Scheme
from tests.programme.builders import person

FIRST = "2017-04"
ENDINGS = (
    *[(AllocationState.RETURNED_IN_TIME, None)] * 5,
    (AllocationState.RETURNED_LATE, None),
    *[(AllocationState.NOT_RETURNED, None)] * 2,
    (AllocationState.NOT_RETURNED, Reason.CAPACITY),
    (AllocationState.NOT_RETURNED, Reason.NOT_SUITABLE),
    (AllocationState.WITHDRAWN, Reason.PART_IN_CASE),
)


@dataclass
class World:
    chance: Random
    moves_on: bool
    groups: list[AuditGroup] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    born: dict[Turn, str] = field(default_factory=dict)
    """The month that each turn was made for, wherever a swap has put it since."""
    held: dict[tuple[Person, str], list[Ended]] = field(default_factory=lambda: defaultdict(list))
    away: set[tuple[Person, str]] = field(default_factory=set)
    given_away: set[tuple[Person, str]] = field(default_factory=set)
    run: dict[str, AuditGroup] = field(default_factory=dict)
    disturbed: set[Person] = field(default_factory=set)
    """Who was not there, or not in one group, all the time."""

    def __post_init__(self) -> None:
        self.groups = [AuditGroup(name) for name in ("Hawthorn", "Linden", "Rowan")[: self.chance.randint(2, 3)]]
        for _ in range(self.chance.randint(6, 15)):
            self.join()

    @property
    def rules(self) -> RotaRules:
        return RotaRules(skipped_month_moves_on=self.moves_on)

    @property
    def last(self) -> str:
        return max(self.run)

    def join(self) -> Person:
        made = person(f"P{len(self.people):02}", Role.TEAM_MANAGER, group=self.chance.choice(self.groups))
        self.people.append(made)
        return made

    def open(self, month: str) -> None:
        begun = bool(self.run)
        self.run[month] = (
            rota.whose_month(month, (self.last, self.run[self.last]), self.groups, self.rules)
            if begun
            else self.groups[0]
        )
        self.follow(given_out=False)

    def ahead(self, *, given_out: bool) -> list[Ahead]:
        groups = rota.groups_from(self.run[self.last], self.groups)
        names = rota.months_from(self.last, self.rules.months_ahead)
        found = [Ahead(name, group, Scheme.GROUPS, *window(name)) for name, group in zip(names, groups, strict=False)]
        return found[1:] if given_out else found

    def follow(self, *, given_out: bool) -> None:
        """Bring the turns up to date, as `storage.turning.follow` does on record."""
        ahead = self.ahead(given_out=given_out)
        months = {each.month for each in ahead} | {
            month for month in rota.months_from(FIRST, 40) if month < self.last and month not in self.run
        }
        out = {month for month in self.run if month != self.last or given_out}
        known = [turn for turn in self.turns if turn.month in months]
        debts = owed(self.parts(), given_out=out, over=out - {self.last})
        plan = rota.plan(ahead, self.people, known, debts, self.given_away)
        self.turns = [turn for turn in self.turns if turn not in plan.dropped] + list(plan.made)
        for turn, month in plan.moved:
            turn.month = month
        self.born |= {turn: turn.month for turn in plan.made}

    def parts(self) -> list[Part]:
        turns = {(turn.person, turn.month): turn for turn in self.turns}
        keys = dict.fromkeys([*turns, *(key for key, ended in self.held.items() if ended)])
        return [Part(*key, turns.get(key), tuple(self.held[key]), key in self.away) for key in keys]

    def live(self, month: str) -> None:
        """One month, from its opening until all that was given out has ended."""
        self.open(month)
        for change in self.chance.sample(self.changes(), self.chance.randint(0, 3)):
            change(month)
            self.follow(given_out=False)
        self.give_out(month)
        self.follow(given_out=True)
        for who in [who for who, of in self.held if of == month and self.chance.random() < 0.2]:
            self.swap(who, month)
        self.end(month)
        self.follow(given_out=True)

    def changes(self) -> list[Callable[[str], None]]:
        return [self.somebody_leaves, self.somebody_joins, self.somebody_pauses, self.somebody_changes_group]

    def somebody_leaves(self, month: str) -> None:
        who = self.chance.choice(self.people)
        who.ends = window(month)[0].replace(day=self.chance.choice([1, 28]))
        self.disturbed.add(who)

    def somebody_joins(self, _month: str) -> None:
        self.disturbed.add(self.join())

    def somebody_pauses(self, _month: str) -> None:
        who = self.chance.choice(self.people)
        who.competency = None if who.competency else Competency.PAUSED
        self.disturbed.add(who)

    def somebody_changes_group(self, _month: str) -> None:
        who = self.chance.choice(self.people)
        who.group = self.chance.choice(self.groups)
        self.disturbed.add(who)

    def give_out(self, month: str) -> None:
        """To everybody with a turn who is there at times, carry-overs first, as far as the sample goes."""
        turns = sorted((turn for turn in self.turns if turn.month == month), key=lambda turn: turn.carried_from == "")
        self.away |= {(turn.person, month) for turn in turns if self.chance.random() < 0.1}
        there = [turn.person for turn in turns if (turn.person, month) not in self.away]
        for who in there[: self.chance.choice([len(there), len(there), len(there) - 1])]:
            self.held[who, month].append(Ended(AllocationState.OUT))

    def swap(self, asker: Person, month: str) -> None:
        """As `programme.swaps` allows it: the peer has a turn then and none now, and the asker has none then."""
        later = following(month)
        then = {turn.person: turn for turn in self.turns if turn.month == later}
        now = {turn.person: turn for turn in self.turns if turn.month == month}
        peers = [who for who in then if who not in now and rota.takes_part(who, self.ahead(given_out=False)[0])]
        if asker in then or asker not in now or not peers:
            return
        peer = self.chance.choice(peers)
        rota.exchange(now[asker], then[peer], because="by chance")
        self.given_away |= {(asker, month), (peer, later)}
        self.held[peer, month] = self.held.pop((asker, month))

    def end(self, month: str) -> None:
        for who, of in [key for key in self.held if key[1] == month]:
            self.held[who, of] = [Ended(*self.chance.choice(ENDINGS)) for _ in self.held[who, of]]
        for key, ended in self.held.items():
            if key[1] < month and self.chance.random() < 0.02:  # so late that nobody expected it any more
                late = Ended(AllocationState.RETURNED_LATE)
                self.held[key] = [late if each.state is AllocationState.NOT_RETURNED else each for each in ended]

    def rota_turns(self, who: Person) -> int:
        """The turns that the rota gave somebody, each counted in the month it was made for."""
        return sum(turn.person is who and not turn.carried_from and self.born[turn] <= self.last for turn in self.turns)

    def had(self, who: Person) -> int:
        return sum(turn.person is who and not turn.carried_from and turn.month <= self.last for turn in self.turns)

    def pass_over(self, month: str) -> None:
        """No round is run. Whoever has swapped into or out of this month cannot be compared with others."""
        self.disturbed |= {who for who, of in self.given_away if of == month}
        self.disturbed |= {turn.person for turn in self.turns if turn.month == month and turn.why.startswith("swapped")}


def window(month: str) -> tuple[date, date]:
    return first_of(month).replace(day=2), first_of(month).replace(day=15)


def outstanding(world: World) -> list[Turn]:
    """Carry-overs that have not had their month yet."""
    return [turn for turn in world.turns if turn.why == CARRIED and turn.month > world.last]
