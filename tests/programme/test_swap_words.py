"""What is said of a swap by kind and by how it ended, without a database."""

from dataclasses import replace

import pytest

from programme import swap_asking
from programme.people import Person
from programme.policy import Policy, SwapRules
from programme.rota import Turn
from programme.rulebook import Rulebook
from programme.swap_board import Answers
from programme.swap_board import answers as board_answers
from programme.swap_peers import Judging, Peer, Wanted
from programme.swap_turns import AskersTurns
from programme.swap_words import answer, asks_for, other_ways, to_its_asker, whoever_is_first
from programme.swaps import Swap
from programme.words import SwapKind
from tests.cast import MONTH, NOW, Cast, gather
from tests.programme.test_swaps import judging, just_after

BY_NAME = {
    SwapKind.TWO_WAY: "to swap",
    SwapKind.COVER: "to cover for you",
    SwapKind.EXCHANGE: "to exchange audits",
}


@pytest.fixture
def month(rules: Rulebook) -> Cast:
    return gather(rules)


def peers_of(month: Cast, *first_names: str) -> list[Person]:
    return [replace(month.peer, email=f"{each.lower()}@example.org", name=f"{each} Ashgrove") for each in first_names]


def cover(month: Cast, peers: list[Person], rules: Rulebook) -> Swap:
    wanted = Wanted(month.allocation, month.auditor, SwapKind.COVER)
    asked = [Peer(each, Turn(each, "2017-11")) for each in peers]
    return swap_asking.ask(wanted, asked, at=NOW, judging=judging(rules, NOW))[0]


def answers(swap: Swap) -> list[str]:
    return [answer(swap, offer.state) for offer in swap.offers]


@pytest.mark.parametrize(("kind", "what"), BY_NAME.items())
def test_its_asker_reads_what_they_have_asked(month: Cast, rules: Rulebook, kind: SwapKind, what: str) -> None:
    one, two = cover(month, peers_of(month, "Ada"), rules), cover(month, peers_of(month, "Ada", "Bea"), rules)
    one.kind = two.kind = kind
    assert [to_its_asker(one), to_its_asker(two)] == [
        f"You have asked Ada Ashgrove {what}. Until they accept, it is yours.",
        f"You have asked Ada Ashgrove and Bea Ashgrove {what}. Until somebody accepts, it is yours.",
    ]


def test_who_is_asked_to_exchange_reads_nothing_of_why(month: Cast, rules: Rulebook) -> None:
    swap = cover(month, peers_of(month, "Ada"), rules)
    swap.kind = SwapKind.EXCHANGE
    assert asks_for(swap) == "asks you to exchange audits."


def test_who_exchanges_is_not_free_and_has_no_tie() -> None:
    assert whoever_is_first(SwapKind.EXCHANGE) == (
        "They have no tie to the child, and you have none to theirs. Whoever is first to accept has it."
        " For when you have a part in the child's record, or know the family."
    )


def test_the_other_ways_are_those_that_one_is_not_on() -> None:
    assert [other_ways(kind) for kind in (SwapKind.COVER, SwapKind.EXCHANGE)] == [
        "you take a turn of next month in return, or you exchange audits of this month.",
        "you take a turn of next month in return, or somebody covers for you with nothing in return.",
    ]
    assert other_ways(SwapKind.TWO_WAY, "Asha Thornbury") == (
        "somebody covers for Asha Thornbury with nothing in return, or they exchange audits of this month."
    )


class TestWhoWasAsked:
    def test_those_who_answered_are_named_and_of_the_others_three(self, month: Cast, rules: Rulebook) -> None:
        peers = peers_of(month, "Ada", "Bea", "Cai", "Dot", "Eve", "Flo")
        swap = cover(month, peers, rules)
        swap.decline(by=peers[-1], at=NOW, administrators=[])
        assert board_answers(swap) == Answers(
            said=[
                "Flo Ashgrove cannot take it",
                *(f"{name} Ashgrove has not answered" for name in ("Ada", "Bea", "Cai")),
            ],
            others="2 others have not answered",
            named=["Dot Ashgrove", "Eve Ashgrove"],
        )
        swap.expire(at=just_after(13), administrators=[])
        assert board_answers(swap).others == "2 others did not answer"

    def test_did_not_answer_where_it_ran_out(self, month: Cast, rules: Rulebook) -> None:
        ada, bea = peers_of(month, "Ada", "Bea")
        swap = cover(month, [ada, bea], rules)
        swap.decline(by=ada, at=NOW, administrators=[])
        swap.expire(at=just_after(13), administrators=[])
        assert answers(swap) == ["cannot take it", "did not answer"]

    def test_was_not_needed_where_another_took_it(self, month: Cast, rules: Rulebook) -> None:
        ada, bea = peers_of(month, "Ada", "Bea")
        swap = cover(month, [ada, bea], rules)
        self.accepts(swap, ada, month, judging(rules, NOW))
        assert answers(swap) == ["took it", "was not needed"]

    def test_would_have_taken_it_where_that_was_not_approved_in_time(self, month: Cast) -> None:
        rules = Rulebook.of(Policy(swaps=SwapRules(approval=True)))
        ada, bea = peers_of(month, "Ada", "Bea")
        swap = cover(month, [ada, bea], rules)
        self.accepts(swap, ada, month, judging(rules, NOW))
        assert swap.how_it_stands_for(ada) == "You have accepted this already. It waits for the administrator's yes."
        assert answers(swap) == ["would take it", "was not needed"]
        swap.expire(at=just_after(13), administrators=[])
        assert answers(swap) == ["would have taken it", "was not needed"]

    @staticmethod
    def accepts(swap: Swap, peer: Person, month: Cast, judging: Judging) -> None:
        swap.accept(
            by=peer,
            at=NOW,
            peer=Peer(peer, Turn(peer, "2017-11")),
            turns=AskersTurns(Turn(month.auditor, MONTH)),
            administrators=[month.administrator],
            judging=judging,
        )
