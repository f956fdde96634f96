"""Swaps in any order, beside all else that happens in a month: the record is at every step what a plain model says."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from programme.people import Person
from programme.swaps import Swap
from programme.words import SwapKind
from scheduler.sweeps.swaps import EndingSwaps
from storage import find, helping, swapping
from storage.office import Office
from storage.session import Session
from tests.databases import Databases, Kind, Records
from tests.storage import swap_month
from tests.storage.swap_agreement import agree, counts_agree
from tests.storage.swap_month import OCTOBER
from tests.storage.swap_play import ANYBODY, AUDITORS, BY, PICK, REFS, Play, some

KINDS = st.sampled_from([each.value for each in SwapKind])


class Swapping(Play):
    # How a swap begins.

    @rule(ref=REFS, kind=KINDS, pick=PICK, many=st.sampled_from([0, 1, 1, 2, 3]))
    def its_holder_asks_who_could_take_it(self, ref: str, kind: str, pick: int, many: int) -> None:
        """Everybody, where none are named."""
        holder = self.model.audits[ref].holder
        could = self.model.who_may_take(ref, holder, kind)
        start = pick % len(could) if could else 0
        self.asks(ref, holder, kind, [*could[start:], *could[:start]][:many] if many else None)

    @rule(ref=REFS, kind=KINDS, pick=PICK)
    def two_agree_at_once(self, ref: str, kind: str, pick: int) -> None:
        before = len(self.model.swaps)
        self.its_holder_asks_who_could_take_it(ref, kind, pick, 1)
        for swap in self.model.swaps[before:]:
            self.answers(swap, self.refs[before], some(list(swap.offers), pick), "accept")

    @rule(ref=REFS, by=ANYBODY, kind=KINDS, peers=st.lists(ANYBODY, max_size=4, unique=True))
    def anybody_asks_anybody(self, ref: str, by: str, kind: str, peers: Sequence[str]) -> None:
        self.asks(ref, by, kind, peers)

    @rule(ref=REFS, by=BY, kind=KINDS, pick=PICK, peer=AUDITORS)
    def one_is_made(self, ref: str, by: str, kind: str, pick: int, peer: str) -> None:
        could = self.model.who_may_take(ref, self.model.audits[ref].holder, kind)
        peer = some(could, pick) if could and pick % 5 else peer
        self.both(
            lambda: self.model.make(ref, by, kind, peer),
            lambda session: swapping.make(
                session, self.office, ref, f"{peer}@example.org", self.who(session, by), SwapKind(kind)
            ),
        )
        self.learn_the_references()

    @rule(ref=REFS)
    def its_holder_finds_nobody(self, ref: str) -> None:
        by = self.model.audits[ref].holder
        self.both(
            lambda: self.model.find_nobody(ref, by),
            lambda session: swapping.found_nobody(session, self.office, ref, self.who(session, by)),
        )
        self.learn_the_references()

    def asks(self, ref: str, by: str, kind: str, peers: Sequence[str] | None) -> None:
        emails = [f"{each}@example.org" for each in peers or ()]
        self.both(
            lambda: self.model.ask(ref, by, kind, peers),
            lambda session: swapping.ask(
                session, self.office, ref, emails, self.who(session, by), SwapKind(kind), everybody=peers is None
            ),
        )
        self.learn_the_references()

    def learn_the_references(self) -> None:
        with self.office.record.reading() as session:
            self.refs = [swap.ref for swap in reversed(find.swaps.every(session))]

    # How it goes on.

    @precondition(lambda self: any("waiting" in each.offers.values() for each in self.model.swaps))
    @rule(pick=PICK, says=st.sampled_from(["accept", "accept", "decline"]))
    def somebody_who_was_asked_answers(self, pick: int, says: str) -> None:
        waiting = [(swap, who) for swap in self.model.swaps for who, said in swap.offers.items() if said == "waiting"]
        swap, by = some(waiting, pick)
        self.answers(swap, self.refs[self.model.swaps.index(swap)], by, says)

    @precondition(lambda self: self.model.swaps)
    @rule(pick=PICK, by=ANYBODY, says=st.sampled_from(["accept", "decline"]))
    def anybody_answers(self, pick: int, by: str, says: str) -> None:
        self.answers(*self.of(pick), by, says)

    def answers(self, swap: swap_month.Swap, ref: str, by: str, says: str) -> None:
        mine = self.model.accept if says == "accept" else self.model.decline
        theirs = swapping.accept if says == "accept" else swapping.decline
        self.steps(mine, theirs, swap, ref, by)

    @precondition(lambda self: self.model.swaps)
    @rule(pick=PICK, by=ANYBODY)
    def anybody_takes_it_back(self, pick: int, by: str) -> None:
        swap, ref = self.of(pick)
        self.steps(self.model.withdraw, swapping.withdraw, swap, ref, swap.asker if pick % 2 else by)

    @precondition(lambda self: any(each.state == "accepted" for each in self.model.swaps))
    @rule(pick=PICK, by=st.one_of(st.just(""), BY, ANYBODY))
    def it_is_undone(self, pick: int, by: str) -> None:
        """By who took it, where nobody is named."""
        swap, ref = self.of(pick, "accepted")
        self.steps(self.model.undo, swapping.undo, swap, ref, by or swap.taker)

    @precondition(lambda self: any(each.state == "awaiting_approval" for each in self.model.swaps))
    @rule(pick=PICK, by=BY, yes=st.booleans())
    def it_is_decided(self, pick: int, by: str, yes: bool) -> None:
        swap, ref = self.of(pick, "awaiting_approval")
        mine, theirs = (self.model.approve, swapping.approve) if yes else (self.model.turn_down, swapping.turn_down)
        self.steps(mine, theirs, swap, ref, by)

    def steps(
        self,
        mine: Callable[[swap_month.Swap, str], None],
        theirs: Callable[[Session, Office, str, Person], Swap],
        swap: swap_month.Swap,
        ref: str,
        by: str,
    ) -> None:
        number = self.model.swaps.index(swap)
        self.both(
            lambda: mine(self.model.swaps[number], by),
            lambda session: theirs(session, self.office, ref, self.who(session, by)),
        )

    @rule()
    def the_worker_ends_what_is_over(self) -> None:
        self.model.sweep()
        EndingSwaps(self.office).sweep()

    @precondition(lambda self: self.model.november != "out")
    @rule(by=ANYBODY)
    def somebody_can_take_one(self, by: str) -> None:
        self.both(
            lambda: self.model.offers_help(by),
            lambda session: helping.offer_help(session, self.office, self.who(session, by)),
        )

    def of(self, pick: int, *states: str) -> tuple[swap_month.Swap, str]:
        """One of the swaps in one of these states, or of all, and its reference."""
        swap = some([each for each in self.model.swaps if each.state in states or not states], pick)
        return swap, self.refs[self.model.swaps.index(swap)]

    # What is true after every step.

    @invariant()
    def the_record_is_what_the_model_says(self) -> None:
        with self.office.record.reading() as session:
            agree(session, self.model)
            counts_agree(session, self.model)

    @invariant()
    def one_form_leads_to_each_audit(self) -> None:
        """Where an audit has changed hands its old form is dead, and the new one leads to it."""
        with self.office.record.reading() as session:
            for audit in find.allocations.of_round(session, find.rounds.of_month(session, OCTOBER)):
                now = (self.model.audits[audit.ref].holder, audit.token or "")
                before = self.forms.setdefault(audit.ref, now)
                assert (before[0] == now[0]) is (before[1] == now[1])
                if before != now:
                    assert find.allocations.with_token(session, before[1]) is None
                    assert find.allocations.with_token(session, now[1]) is audit
                self.forms[audit.ref] = now

    @invariant()
    def who_is_settled_waits_for_nobody(self) -> None:
        """Said of the model, of which the record is known to be a copy."""
        for swap in self.model.swaps:
            said = list(swap.offers.values())
            assert said.count("accepted") <= 1
            assert "waiting" not in said or swap.state == "open"
        live = [each.ref for each in self.model.swaps if each.state in {"open", "awaiting_approval"}]
        assert len(live) == len(set(live))


def play(databases: Databases, records: Records, kind: Kind, *, months: int, steps: int) -> None:
    class Here(Swapping):
        def __init__(self) -> None:
            super().__init__(databases, records, kind)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=months,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_record_is_what_the_model_says(databases: Databases, records: Records, database_kind: Kind) -> None:
    play(databases, records, database_kind, months=4, steps=20)


@pytest.mark.soak
class TestManyMonths:
    def test_the_record_is_what_the_model_says(
        self, databases: Databases, records: Records, database_kind: Kind
    ) -> None:
        play(databases, records, database_kind, months=500, steps=40)
