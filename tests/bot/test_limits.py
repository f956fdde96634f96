"""Whatever stands in the record, Slack takes what is drawn of it."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from bot.views.actions import open_action
from bot.views.audits import AT_MOST, my_audits, open_audit, reason_modal, to_the_pages
from bot.views.home import BLOCKS_AT_MOST, ITEMS_AT_MOST, OF_A_PART_AT_MOST, Item, Offered, Part, closing, page
from bot.views.parts import Block, button, escaped, header, modal, section, within
from bot.views.round import Standing, preview_modal, round_now
from programme.actions import Action
from programme.allocations import Allocation
from programme.calendar import end_of
from programme.cases import Case
from programme.figures import account
from programme.matching import Matching, Placed, Unplaced
from programme.people import Person
from programme.policy import About
from programme.rounds import LONGEST_THEME, Round
from programme.words import ActionState, AllocationState, Priority, RoundState
from tests.bot.conftest import words_of
from tests.twins.limits import wrong_with_message, wrong_with_view

TODAY = date(2017, 10, 2)
LETTERS = "abc &<>*_~`@#|\n\té€語😀"


def words(chance: random.Random, most: int) -> str:
    return "".join(chance.choices(LETTERS, k=chance.choice([1, most // 2, most - 1, most])))


def month(chance: random.Random) -> Round:
    return Round("2017-10", words(chance, LONGEST_THEME), RoundState.OPEN, target=30, due_on=TODAY, moderate_on=TODAY)


def child(chance: random.Random, number: int) -> Case:
    return Case(f"MDW/{number:06}-ABCDEFGHI"[:20], None, words(chance, 60), "5 to 9")


def audit(chance: random.Random, number: int, of: Round, holder: Person) -> Allocation:
    due = TODAY + timedelta(days=chance.randint(-20, 20))
    state = chance.choice(list(AllocationState))
    return Allocation(f"AUD-2017-10-{number:02}", of, child(chance, number), state, holder, due)


def somebody(chance: random.Random) -> Person:
    return Person("p@example.org", words(chance, 120))


def drawn(chance: random.Random) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Messages and views of one made-up month."""
    of, me = month(chance), somebody(chance)
    held = [audit(chance, n, of, me) for n in range(chance.choice([0, 1, 25, 120]))]
    todo = [
        Action(f"ACT-2017-10-{n}", each, "s", "m", Priority.URGENT, end_of(TODAY), me, ActionState.SENT)
        for n, each in enumerate(held)
    ]
    cases = [child(chance, n) for n in range(chance.choice([0, 1, 90, 91, 300]))]
    placed = tuple(Placed(each, somebody(chance), words(chance, 400)) for each in cases[::2])
    unplaced = tuple(Unplaced(each, words(chance, 2900)) for each in cases[1::2])
    standing = Standing(10_000, 10_000, chance.randint(0, 2), chance.randint(0, 10_000), account({}))
    about = About(words(chance, 200), "c", words(chance, 80), words(chance, 80), "https://council.example/quality")
    messages = [[*my_audits(held, TODAY, {}), to_the_pages()], round_now(of, standing, runs_it=True)]
    at_home = [
        Part(items=[Item(each.ref, open_action(each, TODAY)) for each in todo]),
        Part("Your audits", [Item(each.ref, open_audit(each, TODAY)) for each in held], empty=words(chance, 300)),
        Part(words(chance, 300), [Item("month", round_now(of, standing, runs_it=True))]),
    ]
    everything = Offered(audits=True, actions=True, status=True, report=True, runs_the_month=True)
    views = [
        page(me.name, at_home, words(chance, 300), closing(about, everything)),
        modal("My audits", messages[0]),
        preview_modal(of, Matching(placed, unplaced)),
        *(reason_modal(each, TODAY, own=chance.random() < 0.5) for each in held[:1]),
    ]
    return [{"text": "t", "blocks": blocks} for blocks in messages], views


def faults(seed: int) -> list[str]:
    messages, views = drawn(random.Random(seed))
    return [*filter(None, map(wrong_with_message, messages)), *filter(None, map(wrong_with_view, views))]


def test_slack_takes_what_is_drawn_of_any_month() -> None:
    assert {seed: faults(seed) for seed in range(100) if faults(seed)} == {}


@pytest.mark.soak
def test_slack_takes_what_is_drawn_of_very_many_months() -> None:
    assert {seed: faults(seed) for seed in range(5_000) if faults(seed)} == {}


LIMITS: dict[int, Callable[[str], Block]] = {3000: section, 150: header, 75: lambda said: button(said, "a", "v")}


@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_words_end_at_the_limit_with_a_mark(extra: int) -> None:
    drawn = {most: draw("x" * (most + extra)) for most, draw in LIMITS.items()}
    said = {most: block["text"]["text"] for most, block in drawn.items()}
    assert said == {most: "x" * (most + extra) if extra <= 0 else "x" * (most - 1) + "…" for most in LIMITS}


def test_nothing_is_cut_where_there_is_room() -> None:
    assert within("short", 5) == "short"


def test_what_is_left_out_is_counted() -> None:
    chance = random.Random(1)
    of, me = month(chance), somebody(chance)
    held = [audit(chance, n, of, me) for n in range(AT_MOST + 3)]
    for each in held:
        each.state = AllocationState.OUT
    assert words_of(my_audits(held, TODAY, {})).split("\n")[-1] == "And 3 more: sign in to the pages."


def things(kind: str, many: int, blocks: int = 1) -> list[Item]:
    return [Item(f"{kind} {n}", [section(f"{kind} {n}")] * blocks) for n in range(many)]


def on_page(*parts: Part) -> list[str]:
    return words_of(page("Asha", parts, "Nothing.", [])["blocks"]).split("\n")


class TestThePage:
    def test_each_part_leaves_room_for_the_others(self) -> None:
        said = on_page(*(Part(kind, things(kind, 300)) for kind in ("first", "second", "third")))
        assert [line for line in said if line.startswith("*")] == [
            f"*first*  {OF_A_PART_AT_MOST} of 300",
            f"*second*  {OF_A_PART_AT_MOST} of 300",
            f"*third*  {ITEMS_AT_MOST - 2 * OF_A_PART_AT_MOST} of 300",
        ]
        assert said[-1] == f"And {900 - ITEMS_AT_MOST} more: sign in to the pages."

    def test_nothing_stands_there_twice(self) -> None:
        once = things("one", 1)
        assert on_page(Part(items=once), Part("Again", once), Part("More", [*once, *things("two", 1), *once])) == [
            *("Hello, Asha", "*Waiting for you*", "one 0", "*More*", "two 0")
        ]

    def test_many_blocks_leave_room_for_the_end(self) -> None:
        drawn = page("Asha", [Part(items=things("long", 8, 30)), Part(items=things("short", 1))], "", [])
        assert [each["type"] for each in drawn["blocks"]].count("section") - 1 == 61 <= BLOCKS_AT_MOST
        assert words_of(drawn["blocks"][-3:]).split("\n") == ["short 0", "And 6 more: sign in to the pages."]

    def test_what_is_empty_says_so_and_what_says_nothing_is_not_drawn(self) -> None:
        assert on_page(Part("Not this"), Part("This", empty="None yet.")) == ["Hello, Asha", "*This*", "None yet."]
        assert on_page(Part("Not this")) == ["Hello, Asha", "Nothing."]


def test_the_soonest_due_stands_on_top() -> None:
    of, me = Round("2017-10", "Fathers", RoundState.OPEN), Person("p@example.org", "Asha Thornbury")
    cases = [(Case(f"MDW-{day}", None, "", ""), date(2017, 10, day)) for day in (13, 3, 9)]
    held = [Allocation(f"AUD-{each.ref}", of, each, AllocationState.OUT, me, due) for each, due in cases]
    said = words_of(my_audits(held, TODAY, {})).split("\n")
    assert [line for line in said if line.startswith("*")] == [f"*MDW-{day}*  Fathers" for day in (3, 9, 13)]


LIVE = ["<!channel>", "<!here>", "<@UASHA>", "<#C1>", "<http://x.example|click>", "<!subteam^S1>", "<!date^1^x|y>"]


@pytest.mark.parametrize("live", LIVE)
def test_free_text_cannot_mention_or_link(live: str) -> None:
    of = Round("2017-10", live, RoundState.OPEN)
    mine = Allocation("AUD-2017-10-01", of, Case("MDW-1", None, "", ""), AllocationState.OUT, due_on=TODAY)
    lines = [line for line in words_of(open_audit(mine, TODAY)).split("\n") if "MDW-1" in line]
    assert lines == [f"*MDW-1*  {escaped(live)}"]
    assert "<" not in lines[0]
