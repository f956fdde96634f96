"""What else happens in a month while a swap stands, and what becomes of the swap."""

from dataclasses import replace
from datetime import date

import pytest

from programme.people import Person
from programme.policy import Policy, SwapRules
from programme.refusals import Refusal
from programme.rota import Turn
from programme.rulebook import Rulebook
from programme.words import SwapKind, SwapState
from storage import find, handing_on, helping, swapping
from storage.office import Office
from tests.bot.swapping import REF, asked, now, somebody_free
from tests.cast import MONTH, Cast, here
from tests.storage import swap_borough


def accepted(office: Office, cast: Cast, by: Person) -> str:
    ref = asked(office, cast, by).ref
    with office.record.writing() as session:
        return swapping.accept(session, office, ref, here(session, by)).ref


def who_may_be_asked(office: Office, cast: Cast, kind: SwapKind = SwapKind.TWO_WAY) -> list[str]:
    with office.record.reading() as session:
        audit = find.allocations.by_ref(session, REF)
        peers = swapping.who_may_be_asked(session, office, audit, here(session, cast.auditor), kind)
        return [peer.person.name for peer in peers]


def test_a_turn_of_a_month_that_is_given_out_is_given_to_nobody(office: Office, cast: Cast) -> None:
    free = somebody_free(office, cast)
    with office.record.writing() as session:
        swap_borough.open_november(session, office, cast)
    assert who_may_be_asked(office, cast) == [free.name]
    ref = asked(office, cast, free).ref
    with office.record.writing() as session:
        swap_borough.give_out_november(session, cast)
    assert who_may_be_asked(office, cast) == []
    with pytest.raises(Refusal, match="has no turn in November 2017 to give"), office.record.writing() as session:
        swapping.accept(session, office, ref, here(session, free))


def test_who_has_come_to_another_turn_does_not_get_the_first_one_back(office: Office, cast: Cast) -> None:
    free = somebody_free(office, cast)
    ref = accepted(office, cast, free)
    with office.record.writing() as session:
        session.add(Turn(here(session, cast.auditor), MONTH, "covers for somebody else"))
    with pytest.raises(Refusal, match="The turns have changed since"), office.record.writing() as session:
        swapping.undo(session, office, ref, here(session, free))


def test_who_would_take_it_moves_on_before_the_yes_and_the_search_goes_on(office: Office, cast: Cast) -> None:
    asking = replace(office, rules=Rulebook.of(Policy(swaps=SwapRules(approval=True))))
    free = somebody_free(asking, cast)
    ref = accepted(asking, cast, free)
    with office.record.writing() as session:
        here(session, free).ends = date(2017, 10, 1)
    with office.record.writing() as session:
        assert [who.name for who in find.people.left_behind(session, date(2017, 10, 2))] == [free.name]
        handing_on.hand_on(session, asking, here(session, free), by=None)
    assert (now(office, ref).state, now(office, ref).taker) == (SwapState.DECLINED, None)
    with office.record.reading() as session:
        told = [each.person.name for each in find.notices.of_kind(session, "swap_ended")]
        assert told == [cast.auditor.name, cast.administrator.name]
        assert list(find.people.left_behind(session, date(2017, 10, 2))) == []


def test_help_is_for_the_month_that_is_out_although_the_next_is_open(office: Office, cast: Cast) -> None:
    helper = somebody_free(office, cast)
    with office.record.writing() as session:
        swap_borough.open_november(session, office, cast)
    with office.record.writing() as session:
        helping.offer_help(session, office, here(session, helper))
    with office.record.reading() as session:
        assert [each.name for each in find.swaps.who_help(session, MONTH)] == [helper.name]


def test_of_several_audits_the_one_that_is_shown_is_the_one_exchanged(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        swap_borough.give(session, cast, MONTH, [here(session, cast.peer)])
    with office.record.reading() as session:
        of = find.rounds.of_month(session, MONTH)
        [shown] = [
            each.audit
            for each in find.swaps.peers(session, of, today=office.today(session))
            if each.person.name == cast.peer.name
        ]
        assert find.swaps.peer(session, of, here(session, cast.peer)).audit is shown
