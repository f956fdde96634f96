"""Properties of the rota, in boroughs by chance.

What is measured, of those who were auditors in one group from the first month to the last:
- turns of the rota, each counted in the month it was made for, wherever a swap has put it: as many as their group had
  months, and so within one of everybody else's;
- turns they have had by now, swaps and all: within one of that, because a swap reaches one month ahead;
- where a month was passed over without a round: within one of the months their group had, those aside who had swapped
  into or out of it;
- carry-overs are beside all of these: each is for a missed month and later than it, and a missed month has one.
"""

from collections import Counter
from random import Random

import pytest

from programme import rota
from programme.owed import Went
from programme.rota import CARRIED
from tests.programme.rota_world import FIRST, World, outstanding

MONTHS = 14


def look(world: World) -> None:
    """What must hold at every moment."""
    turns = world.turns
    assert max(Counter((turn.person, turn.month) for turn in turns).values()) == 1
    carried = [turn for turn in turns if turn.carried_from]
    assert max(Counter((turn.person, turn.carried_from) for turn in carried).values(), default=0) <= 1
    assert all(turn.carried_from < turn.month for turn in carried)
    parts = {(part.person, part.month): part for part in world.parts()}
    for turn in outstanding(world):
        made_up_for = parts[turn.person, turn.carried_from]
        assert made_up_for.went is Went.MISSED or made_up_for.makes_up
    waiting = Counter(turn.person for turn in outstanding(world))
    missed = Counter(part.person for part in parts.values() if part.went is Went.MISSED)
    assert [who for who in waiting if waiting[who] > missed[who]] == []


def look_at_fairness(world: World, *, strictly: bool) -> None:
    steady = [who for who in world.people if who not in world.disturbed]
    months_of = Counter(world.run.values())
    for who in steady:
        assert who.group is not None
        assert abs(world.rota_turns(who) - months_of[who.group]) <= (0 if strictly else 1)
        assert abs(world.had(who) - world.rota_turns(who)) <= 1
    given = [world.rota_turns(who) for who in steady]
    if strictly and given:
        assert max(given) - min(given) <= 1


def run(seed: int, *, skipping: bool, moves_on: bool = True) -> World:
    world = World(Random(seed), moves_on)
    for month in rota.months_from(FIRST, MONTHS):
        if skipping and world.run and world.chance.random() < 0.15:
            world.pass_over(month)
            continue
        world.live(month)
        look(world)
    return world


@pytest.mark.parametrize("batch", range(4))
def test_turns_stay_within_one_of_each_other_and_carry_overs_are_counted_once(batch: int) -> None:
    for seed in range(batch * 30, batch * 30 + 30):
        look_at_fairness(run(seed, skipping=False), strictly=True)


@pytest.mark.parametrize("moves_on", [True, False])
def test_months_without_a_round_double_nothing(moves_on: bool) -> None:
    for seed in range(40):
        look_at_fairness(run(seed, skipping=True, moves_on=moves_on), strictly=False)


@pytest.mark.soak
def test_ten_thousand_boroughs() -> None:
    for seed in range(10_000):
        look_at_fairness(run(seed, skipping=False), strictly=True)
        look_at_fairness(run(seed, skipping=True, moves_on=bool(seed % 2)), strictly=False)


def test_what_happens_by_chance_happens() -> None:
    """The boroughs above would prove little if nothing were missed, swapped or carried over in them."""
    worlds = [run(seed, skipping=False) for seed in range(10)]
    turns = [turn for world in worlds for turn in world.turns]
    went = Counter(part.went for world in worlds for part in world.parts())
    assert all(went[each] > 10 for each in Went if each is not Went.UNDER_WAY)
    assert sum(turn.why == CARRIED for turn in turns) > 50
    assert sum(turn.why.startswith("swapped") for turn in turns) > 20
    assert sum(turn.why.startswith("swapped") and turn.carried_from != "" for turn in turns) > 3
