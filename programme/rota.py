"""Whose turn it is: groups follow one another month by month, and a turn is one person's duty in one month."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from programme.calendar import following
from programme.people import AuditGroup, Person

MONTHS_AHEAD = 3
BY_ROTA = "by the rota"


@dataclass(eq=False)
class Turn:
    """`why` says in words how the turn came to this person: by the rota, or by a swap.

    `carried_from` is the month that was missed, where the turn makes up for one.
    """

    person: Person
    month: str
    why: str = BY_ROTA
    carried_from: str = ""
    id: int | None = None


@dataclass(frozen=True)
class Plan:
    """Turns to be made, and turns of the rota that another group has taken over."""

    made: tuple[Turn, ...]
    dropped: tuple[Turn, ...]


def months_from(month: str) -> list[str]:
    """The months that the rota looks ahead to, beginning with this one."""
    months = [month]
    while len(months) < MONTHS_AHEAD:
        months.append(following(months[-1]))
    return months


def groups_from(group: AuditGroup, groups: Sequence[AuditGroup]) -> Iterator[AuditGroup]:
    """Round and round by name, beginning with this one."""
    in_turn = sorted(groups, key=lambda each: each.name)
    place = in_turn.index(group)
    while True:
        yield in_turn[place % len(in_turn)]
        place += 1


def plan(
    month: str,
    group: AuditGroup,
    members: Mapping[AuditGroup, Sequence[Person]],
    known: Sequence[Turn],
    given_away: Collection[tuple[Person, str]],
) -> Plan:
    """The turns of three months, beginning with a group's month.

    A turn that stands is kept, and one that was given away in a swap does not come back. Where the month goes to
    another group than was foreseen, the turns that the rota alone had foreseen in it are dropped.
    """
    made, dropped = [], []
    for each_month, whose in zip(months_from(month), groups_from(group, list(members)), strict=False):
        standing = [turn for turn in known if turn.month == each_month]
        taken = {turn.person for turn in standing} | {who for who, when in given_away if when == each_month}
        made += [Turn(person, each_month) for person in members[whose] if person not in taken]
        dropped += [turn for turn in standing if turn.why == BY_ROTA and turn.person not in members[whose]]
    return Plan(tuple(made), tuple(dropped))


def exchange(now: Turn | None, later: Turn, *, asker: Person, because: str) -> None:
    """The asker takes the later turn, and who had it takes the turn now; an asker without a turn hands none over."""
    taker = later.person
    later.person, later.why = asker, because
    if now is not None:
        now.person, now.why = taker, because
