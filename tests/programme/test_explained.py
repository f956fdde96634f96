"""Whose turn is next, said in words."""

import pytest

from programme import explained, rota
from programme.explained import Line, Whose, line_of
from programme.owed import Ended, Part
from programme.people import Person
from programme.rota import BY_ROTA, CARRIED, IN_CORE, LEARNING, Turn
from programme.words import AllocationState, Competency, Scheme
from tests.programme.test_rota import GROUPS, HAWTHORN, LINDEN, ROWAN, auditor, months

AHEAD = months("2017-08", ROWAN, HAWTHORN, LINDEN)
WHOSE = Whose({"2017-07": LINDEN} | {each.month: each.group for each in AHEAD}, AHEAD, GROUPS)
CORE = Whose(WHOSE.groups, months("2017-08", ROWAN, HAWTHORN, scheme=Scheme.CORE), GROUPS)
NOW = "2017-08"
asha = auditor("Asha")


def had(month: str, state: AllocationState, turn: Turn | None = None) -> Part:
    return Part(asha, month, turn, (Ended(state),))


def said(who: Person, *parts: Part, whose: Whose = WHOSE) -> str:
    return explained.said_to(line_of(who, parts, whose, NOW), whose, NOW)


HOW = {
    "by the rota: Rowan's month": Turn(asha, NOW),
    "a learning turn: Rowan's month": Turn(asha, NOW, LEARNING),
    "in the core group": Turn(asha, NOW, IN_CORE),
    "July's audit carried over": Turn(asha, NOW, CARRIED, "2017-07"),
    "swapped with Kofi in July 2017": Turn(asha, NOW, "swapped with Kofi in July 2017"),
    "swapped with Kofi in July 2017, makes up for June 2017": Turn(
        asha, NOW, "swapped with Kofi in July 2017", carried_from="2017-06"
    ),
}


@pytest.mark.parametrize("words", HOW)
def test_how_a_turn_came(words: str) -> None:
    assert explained.how_it_came(HOW[words], WHOSE) == words


def test_why_begins_with_when_they_last_audited() -> None:
    turn = Turn(asha, NOW, CARRIED, "2017-07")
    assert explained.why(Line(asha, (turn,), "2017-06"), turn, WHOSE) == (
        "last audited June 2017; July's audit carried over"
    )
    assert explained.why(Line(asha, (turn,)), turn, WHOSE) == "July's audit carried over"


def test_the_next_turn_and_the_one_after() -> None:
    parts = [
        had("2017-05", AllocationState.RETURNED_LATE, Turn(asha, "2017-05")),
        had("2017-07", AllocationState.NOT_RETURNED, Turn(asha, "2017-07")),
        Part(asha, NOW, Turn(asha, NOW, CARRIED, "2017-07")),
        Part(asha, "2017-10", Turn(asha, "2017-10", BY_ROTA)),
    ]
    assert said(asha, *parts) == (
        "This month is your turn, July's audit carried over."
        " Your turn is in October 2017, by the rota: Linden's month."
        " You last audited in May 2017."
    )


def test_a_turn_that_is_done_is_not_next() -> None:
    assert said(asha, had(NOW, AllocationState.RETURNED_IN_TIME, Turn(asha, NOW))) == (
        "Your turn is in November 2017 as the rota goes: Rowan's month. You last audited in August 2017."
    )


@pytest.mark.parametrize(("group", "later"), [(ROWAN, "2017-11"), (HAWTHORN, "2017-12"), (LINDEN, "2018-01")])
def test_beyond_the_turns_that_are_made_the_groups_go_on(group: object, later: str) -> None:
    who = auditor("Who", next(each for each in GROUPS if each is group))
    assert line_of(who, [], WHOSE, NOW).later == later


def test_who_has_no_turn_reads_why() -> None:
    competent, paused = auditor("C", ROWAN, Competency.COMPETENT), auditor("P", ROWAN, Competency.PAUSED)
    assert said(competent, whose=CORE) == (
        "The core group has the months' audits. You stand by as a reserve, and as a moderator."
    )
    assert said(paused) == "You have no turn while you are paused."
    assert said(auditor("N", None)) == ""
    assert said(asha, whose=Whose({}, [], GROUPS)) == ""


def test_the_groups_beyond_begin_after_the_last_month_ahead() -> None:
    assert rota.months_from(AHEAD[-1].month, 2)[1] == "2017-11"
    assert WHOSE.later_month_of(ROWAN) == "2017-11"
