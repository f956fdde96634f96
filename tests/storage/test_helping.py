"""Help that is offered and suggested, where months overlap and where turns do not fit."""

from programme.rota import Turn
from programme.rounds import open_round
from programme.words import SwapKind
from storage import find, helping, swapping
from storage.office import Office
from tests.bot.swapping import REF, asked, somebody_free
from tests.cast import Cast, here


def test_the_next_best_are_named_with_the_kind_that_can_be_made(office: Office, cast: Cast) -> None:
    """The asker has a turn in November, too, so nobody can give them theirs: they can only be covered for."""
    peer = somebody_free(office, cast)
    with office.record.writing() as session:
        session.add(Turn(here(session, cast.auditor), "2017-11"))
        swapping.found_nobody(session, office, REF, here(session, cast.auditor))
    with office.record.reading() as session:
        [failed] = find.swaps.failed(session, "2017-10")
        best = helping.next_best(session, office, failed)
    ways = [(way.kind, way.peer.person.name) for way in best]
    assert ways == [(SwapKind.COVER, peer.name), (SwapKind.COVER, cast.head_of_service.name)]


def test_who_joins_those_who_are_asked_is_a_step_of_the_swap(office: Office, cast: Cast) -> None:
    peer, helper = somebody_free(office, cast), somebody_free(office, cast, "Ines Halloran")
    swap = asked(office, cast, peer)
    for _ in range(2):
        with office.record.writing() as session:
            helping.offer_help(session, office, here(session, helper))
    with office.record.reading() as session:
        found = find.swaps.by_ref(session, swap.ref)
        steps = [(each.who, each.what) for each in find.swaps.steps(session, [found], at_most=10)]
    assert steps == [
        ("Ines Halloran", "offered to take one, and may take it"),
        ("Asha Thornbury", "asked Lindiwe Ashgrove and Ines Halloran"),
    ]


def test_help_is_taken_while_the_next_month_is_planned(office: Office, cast: Cast) -> None:
    helper = somebody_free(office, cast)
    with office.record.writing() as session:
        october = find.rounds.of_month(session, "2017-10")
        assert october.group is not None
        assert october.tool is not None
        by = here(session, cast.administrator)
        november, _ = open_round(
            "2017-11", theme="Neglect", group=october.group, tool=october.tool, target=30, by=by, rules=office.rules
        )
        session.add(november)
    with office.record.writing() as session:
        helping.offer_help(session, office, here(session, helper))
    with office.record.reading() as session:
        assert [each.name for each in find.swaps.who_help(session, "2017-10")] == [helper.name]
