"""The dates of a round: what moves with what, what cannot be, and that they stand once the month is given out."""

from datetime import date

import pytest

from programme import dates
from programme.dates import Line
from programme.refusals import Faulty, Refusal
from programme.rounds import Round
from programme.words import RoundState
from tests.programme.test_rounds import RULES, opened

TODAY = date(2017, 9, 18)


def lines(chosen: dict[str, date], of: Round | None = None) -> list[Line]:
    return dates.lines(of or opened(), chosen, today=TODAY, rules=RULES)


def moved(chosen: dict[str, date]) -> dict[str, date]:
    return {line.name: line.then for line in lines(chosen) if line.moves}


def faults(chosen: dict[str, date]) -> list[str]:
    with pytest.raises(Faulty) as refused:
        lines(chosen)
    return [str(fault) for fault in refused.value.faults]


def test_without_a_choice_nothing_moves_and_every_date_is_there() -> None:
    assert [line.name for line in lines({})] == list(dates.LABELS)
    assert moved({}) == {}


def test_what_follows_keeps_its_distance_in_working_days() -> None:
    """Due on Friday 13 October; two working days later is Tuesday 17. Sign-off keeps its own day in November."""
    assert moved({"due_on": date(2017, 10, 17)}) == {
        "due_on": date(2017, 10, 17),
        "cut_off": date(2017, 10, 23),
        "moderate_on": date(2017, 10, 24),
        "outcomes_by": date(2017, 10, 27),
        "draft_by": date(2017, 10, 30),
        "comments_by": date(2017, 11, 2),
    }


def test_back_too_and_what_was_chosen_itself_stands() -> None:
    assert moved({"due_on": date(2017, 10, 12), "moderate_on": date(2017, 10, 20)}) == {
        "due_on": date(2017, 10, 12),
        "cut_off": date(2017, 10, 18),
    }


def test_sign_off_moves_only_where_it_must() -> None:
    assert moved({"comments_by": date(2017, 11, 13)}) == {
        "comments_by": date(2017, 11, 13),
        "sign_off_on": date(2017, 11, 14),
    }


def test_the_sample_and_the_lists_move_alone() -> None:
    assert moved({"sample_on": date(2017, 9, 26)}) == {"sample_on": date(2017, 9, 26)}


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"due_on": date(2017, 10, 14)}, ["Due: Saturday 14 October is no working day."]),
        ({"sample_on": date(2017, 9, 15)}, ["Sample drawn: Friday 15 September is over."]),
        ({"due_on": date(2017, 10, 2)}, ["Due: Monday 2 October does not come after given out."]),
        (
            {"cut_off": date(2017, 10, 16)},
            ["Closing: two reminders would fall on Monday 16 October. Leave more time."],
        ),
        (
            {"moderate_on": date(2017, 10, 18)},
            ["Moderation: Wednesday 18 October does not come after closing."],
        ),
    ],
)
def test_what_cannot_be_is_named(chosen: dict[str, date], said: list[str]) -> None:
    assert faults(chosen)[: len(said)] == said


def test_what_is_unusual_is_noted() -> None:
    notes = {line.name: line.note for line in lines({"due_on": date(2017, 10, 26)}) if line.note}
    assert notes == {"cut_off": "in the next month", "moderate_on": "in the next month"}
    near = {line.name: line.note for line in lines({"due_on": date(2017, 10, 6)}) if line.note}
    assert near == {"due_on": "too near the giving out for a first reminder"}


def test_moved_once_with_the_hour_of_the_cut_off_kept() -> None:
    of = opened()
    before = of.cut_off_at
    assert before is not None
    [fact] = dates.move(of, {"due_on": date(2017, 10, 17)}, today=TODAY, rules=RULES)
    assert (fact.details(), of.due_on, of.moderate_on) == ({"moved": "6"}, date(2017, 10, 17), date(2017, 10, 24))
    assert of.cut_off_at is not None
    assert (of.cut_off_at.time(), of.cut_off_at.date()) == (before.time(), date(2017, 10, 23))
    assert dates.move(of, {"due_on": date(2017, 10, 17)}, today=TODAY, rules=RULES) == []


def test_once_given_out_they_stand() -> None:
    of = opened()
    of.state = RoundState.DISTRIBUTED
    with pytest.raises(Refusal, match="October 2017 has been given out, so its dates stand"):
        dates.move(of, {"due_on": date(2017, 10, 17)}, today=TODAY, rules=RULES)


def test_a_past_month_has_none() -> None:
    with pytest.raises(Refusal, match="is a past month"):
        lines({}, Round("2017-07", "Fathers", RoundState.CLOSED, imported=True))
