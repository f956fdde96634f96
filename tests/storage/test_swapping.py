"""Every way a swap can go: after each, holders, turns and counts agree, and an undone one leaves no trace in them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

import pytest

from programme.calendar import at_london
from programme.people import Person, RoleHeld
from programme.policy import Policy, SwapRules
from programme.refusals import NotAllowed, Refusal
from programme.rota import BY_ROTA, CARRIED, Turn
from programme.rulebook import Rulebook
from programme.submissions import Submission
from programme.swaps import Swap
from programme.words import AllocationState, OfferState, Reason, Role, SubmissionState, SwapKind, SwapState
from storage import clock, find, helping, swapping
from storage.office import Office
from tests.bot.swapping import REF, now, somebody_free
from tests.cast import MONTH, NOW, Cast, here

LATER = "2017-11"
OTHER = "AUD-2017-10-02"

Standing = tuple[list[str], dict[str, str | None]]


def standing(office: Office) -> Standing:
    """Every turn with its why, and who holds which audit."""
    with office.record.reading() as session:
        turns = [
            f"{turn.month} {turn.person.name}, {turn.why}{' ' * bool(turn.carried_from)}{turn.carried_from}"
            for turn in find.turns.of_months(session, [MONTH, LATER])
        ]
        audits = find.allocations.of_round(session, find.rounds.of_month(session, MONTH))
        return turns, {audit.ref: audit.holder.name if audit.holder else None for audit in audits}


def ask(office: Office, cast: Cast, peers: Sequence[Person], kind: SwapKind = SwapKind.TWO_WAY) -> Swap:
    with office.record.writing() as session:
        emails = [peer.email for peer in peers]
        return swapping.ask(session, office, REF, emails, here(session, cast.auditor), kind)


def accept(office: Office, ref: str, by: Person) -> Swap:
    with office.record.writing() as session:
        return swapping.accept(session, office, ref, here(session, by))


def undo(office: Office, ref: str, by: Person) -> Swap:
    with office.record.writing() as session:
        return swapping.undo(session, office, ref, here(session, by))


def at(office: Office, day: date) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(day, time(10)))


def with_approval(office: Office) -> Office:
    return replace(office, rules=Rulebook.of(Policy(swaps=SwapRules(approval=True))))


class TestSeveralAreAsked:
    def test_the_first_to_accept_has_it_and_the_others_read_who(self, office: Office, cast: Cast) -> None:
        one, other = somebody_free(office, cast), somebody_free(office, cast, "Ines Halloran")
        swap = ask(office, cast, [one, other])
        accept(office, swap.ref, other)
        with pytest.raises(Refusal, match="Ines Halloran accepted this swap"):
            accept(office, swap.ref, one)
        states = {offer.peer.name: offer.state for offer in now(office, swap.ref).offers}
        assert states == {one.name: OfferState.CLOSED, other.name: OfferState.ACCEPTED}

    def test_only_once_all_have_declined_has_the_search_failed(self, office: Office, cast: Cast) -> None:
        one, other = somebody_free(office, cast), somebody_free(office, cast, "Ines Halloran")
        swap = ask(office, cast, [one, other])
        for peer, state in ((one, SwapState.OPEN), (other, SwapState.DECLINED)):
            with office.record.writing() as session:
                swapping.decline(session, office, swap.ref, here(session, peer))
            assert now(office, swap.ref).state is state
        assert now(office, swap.ref).how_it_stands == "None of the 2 who were asked could take it."

    def test_who_has_declined_is_not_asked_again_by_pressing(self, office: Office, cast: Cast) -> None:
        one, other = somebody_free(office, cast), somebody_free(office, cast, "Ines Halloran")
        swap = ask(office, cast, [one, other])
        with office.record.writing() as session:
            swapping.decline(session, office, swap.ref, here(session, one))
        with pytest.raises(Refusal, match="You have said that you cannot take it"):
            accept(office, swap.ref, one)

    def test_at_most_three_by_name_and_everybody_at_once(self, office: Office, cast: Cast) -> None:
        free = [somebody_free(office, cast, name) for name in ("Ada Quill", "Bo Quill", "Cy Quill", "Di Quill")]
        with pytest.raises(Refusal, match="Choose at most 3, or ask everybody"):
            ask(office, cast, free)
        with office.record.writing() as session:
            swap = swapping.ask(session, office, REF, [], here(session, cast.auditor), everybody=True)
        assert [offer.peer.name for offer in swap.offers] == [each.name for each in free]


class TestUndoing:
    def test_a_two_way_swap_leaves_no_trace(self, office: Office, cast: Cast) -> None:
        peer = somebody_free(office, cast)
        before = standing(office)
        swap = ask(office, cast, [peer])
        accept(office, swap.ref, peer)
        assert standing(office) != before
        undo(office, swap.ref, peer)
        assert standing(office) == before
        assert now(office, swap.ref).state is SwapState.UNDONE
        with office.record.reading() as session:
            assert find.swaps.given_away(session, [MONTH, LATER]) == set()

    def test_a_cover_moves_the_turn_and_brings_it_back_with_what_it_makes_up_for(
        self, office: Office, cast: Cast
    ) -> None:
        peer = somebody_free(office, cast)
        with office.record.writing() as session:
            mine = find.turns.of_person(session, here(session, cast.auditor), MONTH)
            assert mine is not None
            mine.why, mine.carried_from = CARRIED, "2017-07"
        before = standing(office)
        swap = ask(office, cast, [peer], SwapKind.COVER)
        accept(office, swap.ref, peer)
        turns, held = standing(office)
        assert (turns[0], held[REF]) == (
            f"{MONTH} {peer.name}, covers for {cast.auditor.name} in October 2017",
            peer.name,
        )
        with office.record.writing() as session:  # it is owed still, and has been carried on meanwhile
            session.add(Turn(here(session, cast.auditor), LATER, CARRIED, carried_from="2017-07"))
        undo(office, swap.ref, peer)
        assert standing(office) == before

    def test_why_the_asker_could_not_do_it_stands_again(self, office: Office, cast: Cast) -> None:
        peer = somebody_free(office, cast)
        with office.record.writing() as session:
            find.allocations.by_ref(session, REF).give_reason(
                Reason.CAPACITY, "Two court weeks.", by=here(session, cast.auditor), administrators=[]
            )
        swap = ask(office, cast, [peer])
        said = []
        for step in (accept, undo):
            step(office, swap.ref, peer)
            with office.record.reading() as session:
                audit = find.allocations.by_ref(session, REF)
                said.append((audit.reason, audit.reason_words))
        assert said == [(None, ""), (Reason.CAPACITY, "Two court weeks.")]

    def test_two_audits_are_exchanged_and_go_back(self, office: Office, cast: Cast) -> None:
        before = standing(office)
        swap = ask(office, cast, [cast.peer], SwapKind.EXCHANGE)
        accept(office, swap.ref, cast.peer)
        turns, held = standing(office)
        assert (turns, held) == (before[0], {REF: cast.peer.name, OTHER: cast.auditor.name})
        undo(office, swap.ref, cast.peer)
        assert standing(office) == before

    @pytest.mark.parametrize(("day", "undone"), [(date(2017, 10, 3), True), (date(2017, 10, 4), False)])
    def test_by_who_took_it_until_the_end_of_the_next_working_day(
        self, office: Office, cast: Cast, day: date, *, undone: bool
    ) -> None:
        peer = somebody_free(office, cast)
        swap = ask(office, cast, [peer])
        accept(office, swap.ref, peer)
        at(office, day)
        if undone:
            assert undo(office, swap.ref, peer).state is SwapState.UNDONE
            return
        with pytest.raises(Refusal, match="could be undone until Tuesday 3 October"):
            undo(office, swap.ref, peer)
        assert undo(office, swap.ref, cast.administrator).state is SwapState.UNDONE

    def test_nobody_else_undoes_it_nor_once_a_return_is_in(self, office: Office, cast: Cast) -> None:
        peer = somebody_free(office, cast)
        swap = ask(office, cast, [peer])
        accept(office, swap.ref, peer)
        for stranger in (cast.auditor, cast.peer, cast.head_of_service, cast.outsider):
            with pytest.raises(NotAllowed):
                undo(office, swap.ref, stranger)
        with office.record.writing() as session:
            audit = find.allocations.by_ref(session, REF, to_change=True)
            audit.state, audit.returned_at = AllocationState.RETURNED_IN_TIME, NOW
        with pytest.raises(Refusal, match="has ended or gone elsewhere since"):
            undo(office, swap.ref, cast.administrator)


class TestTheAdministrator:
    def test_says_yes_before_it_is_made_where_policy_asks(self, office: Office, cast: Cast) -> None:
        office, peer = with_approval(office), somebody_free(office, cast)
        before = standing(office)
        swap = ask(office, cast, [peer])
        accept(office, swap.ref, peer)
        assert (standing(office), now(office, swap.ref).state) == (before, SwapState.AWAITING_APPROVAL)
        with pytest.raises(NotAllowed), office.record.writing() as session:
            swapping.approve(session, office, swap.ref, here(session, cast.auditor))
        with office.record.writing() as session:
            swapping.approve(session, office, swap.ref, here(session, cast.administrator))
        assert standing(office)[1][REF] == peer.name

    def test_approves_none_of_their_own(self, office: Office, cast: Cast) -> None:
        office, peer = with_approval(office), somebody_free(office, cast)
        with office.record.writing() as session:
            me = here(session, peer)
            me.roles_held.append(RoleHeld(Role.ADMINISTRATOR))
        swap = ask(office, cast, [peer])
        accept(office, swap.ref, peer)
        with pytest.raises(NotAllowed, match="your own"), office.record.writing() as session:
            swapping.approve(session, office, swap.ref, here(session, peer))
        assert now(office, swap.ref).state is SwapState.AWAITING_APPROVAL

    def test_says_no_and_it_stays_where_it_is(self, office: Office, cast: Cast) -> None:
        office, peer = with_approval(office), somebody_free(office, cast)
        before = standing(office)
        swap = ask(office, cast, [peer])
        accept(office, swap.ref, peer)
        with office.record.writing() as session:
            swapping.turn_down(session, office, swap.ref, here(session, cast.administrator))
        assert (standing(office), now(office, swap.ref).state) == (before, SwapState.DECLINED)

    def test_makes_one_for_others_with_both_names_on_record(self, office: Office, cast: Cast) -> None:
        peer = somebody_free(office, cast)
        asked = ask(office, cast, [peer])
        with office.record.writing() as session:
            made = swapping.make(session, office, REF, peer.email, here(session, cast.administrator), SwapKind.TWO_WAY)
        assert (standing(office)[1][REF], now(office, asked.ref).state) == (peer.name, SwapState.WITHDRAWN)
        assert now(office, made.ref).how_it_stands.startswith(
            f"{cast.administrator.name} made this swap for {cast.auditor.name} and {peer.name}"
        )
        with pytest.raises(NotAllowed), office.record.writing() as session:
            swapping.make(session, office, OTHER, peer.email, here(session, cast.auditor), SwapKind.COVER)


class TestHelp:
    def test_who_offers_may_answer_what_is_asked_for_and_comes_first(self, office: Office, cast: Cast) -> None:
        first, helper = somebody_free(office, cast), somebody_free(office, cast, "Zora Halloran")
        swap = ask(office, cast, [first])
        for _ in range(2):
            with office.record.writing() as session:
                found = helping.offer_help(session, office, here(session, helper))
            assert [each.ref for each in found] == [swap.ref]
        with office.record.reading() as session:
            audit = find.allocations.by_ref(session, REF)
            peers = swapping.who_may_be_asked(session, office, audit, here(session, cast.auditor))
        assert [peer.person.name for peer in peers] == [helper.name, first.name]
        accept(office, swap.ref, helper)
        assert standing(office)[1][REF] == helper.name

    def test_who_found_nobody_hears_of_a_helper(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            swapping.found_nobody(session, office, REF, here(session, cast.auditor))
        helper = somebody_free(office, cast)
        with office.record.writing() as session:
            helping.offer_help(session, office, here(session, helper))
        with office.record.reading() as session:
            told = [(each.about, each.person.name) for each in find.notices.of_kind(session, "swap_suggested")]
        assert told == [(REF, cast.auditor.name)]


def test_a_search_that_found_nobody_is_counted_and_told(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        swap = swapping.found_nobody(session, office, REF, here(session, cast.auditor))
    with office.record.reading() as session:
        assert [each.ref for each in find.swaps.failed(session, MONTH)] == [swap.ref]
        told = [each.person.name for each in find.notices.of_kind(session, "swap_ended")]
    assert told == [cast.administrator.name]
    assert now(office, swap.ref).how_it_stands.startswith("Nobody could be asked")


def test_an_audit_that_came_and_is_held_is_not_exchanged(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        theirs = find.allocations.by_ref(session, OTHER)
        arrived = Submission("SUB-1", "form", "r1", "d", "{}", NOW, SubmissionState.HELD, cast.peer.email)
        arrived.held_because, arrived.allocation = "incomplete", theirs
        session.add(arrived)
    with office.record.reading() as session:
        of = find.rounds.of_month(session, MONTH)
        several = find.swaps.peers(session, of, today=office.today(session))
        assert [each.audit for each in several if each.person.name == cast.peer.name] == [None]
    with pytest.raises(Refusal, match="Kofi Lindqvist has no audit to exchange"):
        ask(office, cast, [cast.peer], SwapKind.EXCHANGE)


@pytest.mark.parametrize("kind", list(SwapKind))
def test_turns_are_as_many_as_before_whatever_the_kind(office: Office, cast: Cast, kind: SwapKind) -> None:
    peer = cast.peer if kind is SwapKind.EXCHANGE else somebody_free(office, cast)
    before = [turn[:7] for turn in standing(office)[0]]
    accept(office, ask(office, cast, [peer], kind).ref, peer)
    assert [turn[:7] for turn in standing(office)[0]] == before
    assert all(turn.endswith(BY_ROTA) or "swap" in turn or "covers" in turn for turn in standing(office)[0])
