"""Every fact: a name of its own, raised by somebody, and nothing about a child in what the history keeps of it."""

from dataclasses import fields
from pathlib import Path

import pytest

from programme.arrivals import UnsafeUnmatched
from programme.facts import NOT_ITS_OWN, AlertRepeated, AlertTaken, CaseGivenOut, ChildUnsafe, Fact, ReturnRecorded

HOUSE = Path(__file__).resolve().parents[2]
WHERE_THEY_STAND = {
    *("facts.py", "daily_facts.py", "reminder_facts.py", "arrivals.py", "planning_facts.py", "post_facts.py"),
    *("swap_facts.py", "moderation_day_facts.py", "competency_facts.py", "action_facts.py", "closing_facts.py"),
    *("outcome_facts.py", "moderation_facts.py", "oversight_facts.py", "safety_facts.py"),
}
ROOMS = ("programme", "storage", "bot", "forms", "web", "scheduler", "commands")
EVERY = sorted(Fact.__subclasses__(), key=lambda each: each.__name__)
CODES_AND_NUMBERS = {
    *("people", "questions", "cases", "rows", "target", "seed", "frame", "drawn", "allocated", "unplaced"),
    *("version", "in_time", "first_day", "last_day", "reason", "priority", "by_way_of", "paused"),
    *("step", "late", "due_on", "was_due_on", "swap", "how"),
    *("audits", "not_returned", "balances", "steps", "made_from", "faults", "audit", "why", "fields"),
    *("made", "dropped", "back_on", "to", "until", "changed", "needing"),
    *("moved", "taken_back", "case", "person", "instead_of", "before", "apart_from", "deputy", "likely", "month"),
    *("actions", "day", "account", "by_email", "message", "subject", "missing", "due", "lot"),
}


def test_no_two_facts_share_a_name() -> None:
    kinds = [each.kind() for each in EVERY]
    assert len(set(kinds)) == len(kinds)
    assert (CaseGivenOut.kind(), ReturnRecorded.kind()) == ("case_given_out", "return_recorded")


def test_a_kind_fits_where_it_is_kept() -> None:
    assert [each.kind() for each in EVERY if len(each.kind()) > 60] == []


@pytest.mark.parametrize("fact", EVERY, ids=lambda fact: fact.__name__)
def test_a_fact_keeps_codes_and_numbers_only(fact: type[Fact]) -> None:
    own = {part.name for part in fields(fact)} - NOT_ITS_OWN
    assert own <= CODES_AND_NUMBERS


@pytest.mark.parametrize("fact", EVERY, ids=lambda fact: fact.__name__)
def test_a_fact_is_raised_somewhere(fact: type[Fact]) -> None:
    sources = [file for room in ROOMS for file in (HOUSE / room).rglob("*.py") if file.name not in WHERE_THEY_STAND]
    assert [file.name for file in sources if f"{fact.__name__}(" in file.read_text()] != []


def test_the_history_keeps_neither_whom_a_fact_tells_nor_its_reference_twice() -> None:
    assert ReturnRecorded(about="AUD-2017-10-01", version=1, in_time=True).details() == {
        "version": "1",
        "in_time": "True",
    }


def test_only_danger_to_a_child_is_urgent() -> None:
    assert [each for each in EVERY if each.urgent] == [AlertRepeated, AlertTaken, ChildUnsafe, UnsafeUnmatched]
