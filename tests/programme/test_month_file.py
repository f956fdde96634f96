"""Past months as history: taken in as they were recorded, what was never said staying unsaid."""

from collections import Counter
from collections.abc import Collection
from pathlib import Path

import pytest
from yaml import safe_load

from programme import month_file
from programme.cases import Case
from programme.figures import account
from programme.month_file import PastMonth
from programme.refusals import Faulty
from programme.words import AllocationState, Grade, RoundState
from tests.programme.builders import case

BOROUGH = Path(__file__).resolve().parents[2] / "demo" / "borough"

GOOD = """
months:
- month: 2017-08
  theme: Planning
  rows: all
  areas: {Planning: [core.plan], Fathers: [theme.father, theme.seen]}
  raw_returns:
  - {case: A17-01, status: returned_in_time, auditor_grade: 2, moderated_grade: 1.5, child_unsafe: false,
     judgements: {core.plan: 1, theme.father: na, theme.seen: null}, outcomes: [drift_or_delay, drift_or_delay]}
  - {case: A17-02, status: returned_late, auditor_grade: 3, moderated_grade: null, child_unsafe: null}
  - {case: A17-03, status: not_completed, reason: capacity}
  - {case: A17-04, status: not_completed, reason: null}
  - {case: A17-05, status: swapped_out}
  - {case: A17-05, status: withdrawn, reason: not_suitable}
  - {case: A17-05, status: unaccounted}
"""


def read(text: str, *known: Case, months: Collection[str] = ()) -> list[PastMonth]:
    cases = {each.ref: each for each in known}
    return month_file.read(safe_load(text), cases=cases, known_months=frozenset(months))


def faults_of(text: str, *, months: Collection[str] = ()) -> list[str]:
    with pytest.raises(Faulty) as refused:
        read(text, months=months)
    return [str(fault) for fault in refused.value.faults]


def test_a_past_month_is_closed_imported_and_has_no_holders() -> None:
    (past,) = read(GOOD)
    month = past.round
    assert (month.month, month.theme, month.state, month.imported, month.returned_only) == (
        "2017-08",
        "Planning",
        RoundState.CLOSED,
        True,
        False,
    )
    assert (month.areas, month.due_on) == ({"Planning": ["core.plan"], "Fathers": ["theme.father", "theme.seen"]}, None)
    assert [(a.ref, a.case.ref, a.state, a.reason, a.holder, a.token) for a, _ in past.rows] == [
        ("AUD-2017-08-01", "A17-01", AllocationState.RETURNED_IN_TIME, None, None, None),
        ("AUD-2017-08-02", "A17-02", AllocationState.RETURNED_LATE, None, None, None),
        ("AUD-2017-08-03", "A17-03", AllocationState.NOT_RETURNED, "capacity", None, None),
        ("AUD-2017-08-04", "A17-04", AllocationState.NOT_RETURNED, None, None, None),
        ("AUD-2017-08-05", "A17-05", AllocationState.SWAPPED_OUT, None, None, None),
        ("AUD-2017-08-06", "A17-05", AllocationState.WITHDRAWN, "not_suitable", None, None),
        ("AUD-2017-08-07", "A17-05", AllocationState.UNACCOUNTED, None, None, None),
    ]
    assert [(fact.about, fact.details()) for fact in past.facts()] == [("2017-08", {"rows": "7"})]


def test_what_was_never_recorded_stays_unsaid_and_not_applicable_is_an_answer() -> None:
    first, second, *others = [made for _, made in read(GOOD)[0].rows]
    assert first is not None
    assert second is not None
    assert {judgement.question_key: judgement.grade for judgement in first.judgements} == {
        "core.plan": Grade.NOT_YET_GOOD,
        "theme.father": Grade.NOT_APPLICABLE,
        "theme.seen": None,
    }
    assert (first.overall, first.agreed, first.child_unsafe, [o.tag for o in first.outcomes]) == (
        Grade.GOOD,
        Grade.NEARLY_GOOD,
        False,
        ["drift_or_delay"],
    )
    assert (second.overall, second.agreed, second.child_unsafe) == (Grade.OUTSTANDING, None, None)
    assert (first.received_at, first.safety, first.strengths) == (None, None, "")
    assert others == [None] * 5


def test_a_month_that_holds_only_returns_says_so() -> None:
    assert read(GOOD.replace("rows: all", "rows: returned_only"))[0].round.returned_only


def test_a_case_that_is_known_is_not_made_again() -> None:
    known = case("A17-01")
    (past,) = read(GOOD, known)
    assert past.rows[0][0].case is known
    assert past.rows[4][0].case is past.rows[5][0].case


def test_the_fictional_boroughs_months_can_be_read_and_balance() -> None:
    months = read((BOROUGH / "past-months.yaml").read_text())
    balances = {}
    for past in months:
        counted = account(Counter((a.state, a.reason) for a, _ in past.rows))
        balances[past.round.month] = (counted.given_out == len(past.rows), counted.balances)
    assert balances == dict.fromkeys(("2017-07", "2017-08", "2017-09"), (True, True))


FAULTS = {
    "month: 2017-08": ("month: August", "month 'August': is not a month. Write it as 2017-08."),
    "rows: all": ("rows: most", "2017-08, rows: must say 'all' or 'returned_only'."),
    "theme: Planning": (f"theme: {'x' * 201}", "2017-08, theme: is longer than 200 characters."),
    "case: A17-02": (
        "case: 0012345",
        "2017-08, row 2 (5349), case: is read as a number. Put it in quotes, so that no zero is lost.",
    ),
    "case: A17-03": (
        "case: a child",
        "2017-08, row 3 (a child), case: 'a child' is not a case reference: 3 to 20 of A-Z, 0-9, - and /.",
    ),
    "status: returned_late": (
        "status: late",
        (
            "2017-08, row 2 (A17-02), status: 'late' is not one of returned_in_time, returned_late, not_completed,"
            " swapped_out, withdrawn, unaccounted."
        ),
    ),
    "auditor_grade: 2,": ("auditor_grade: 2.5,", "2017-08, row 1 (A17-01), auditor_grade: '2.5' is not a judgement."),
    "moderated_grade: 1.5": (
        "moderated_grade: true",
        "2017-08, row 1 (A17-01), moderated_grade: 'True' is not a judgement.",
    ),
    "core.plan: 1,": ("core.plan: good,", "2017-08, row 1 (A17-01), core.plan: 'good' is not a judgement."),
    "child_unsafe: false": (
        "child_unsafe: 1",
        "2017-08, row 1 (A17-01), child_unsafe: must be true, false or null.",
    ),
    "reason: capacity": (
        f"reason: {'x' * 61}",
        "2017-08, row 3 (A17-03), reason: is longer than 60 characters.",
    ),
    "case: A17-04": ("case: A17-01", "2017-08, A17-01: stands in the month 2 times."),
    "outcomes: [drift": (
        f"outcomes: [{'x' * 61}, drift",
        f"2017-08, row 1 (A17-01), outcomes: '{'x' * 61}' is longer than 60 characters.",
    ),
    "outcomes: [drift_or_delay, drift_or_delay]": ("outcomes: drift", "month 1, row 1, outcomes: is not a list."),
    "judgements: {core.plan: 1, theme.father: na, theme.seen: null}": (
        "judgements: [1, 2]",
        "month 1, row 1, judgements: is not a set of names and values.",
    ),
    "Planning: [core.plan]": ("Planning: core.plan", "month 1, areas, Planning: is not a list."),
    "- {case: A17-05, status: swapped_out}": ("- A17-05", "month 1, row 5: is not a set of names and values."),
}


@pytest.mark.parametrize("part", FAULTS)
def test_a_fault_is_named_where_it_stands(part: str) -> None:
    wrong, sentence = FAULTS[part]
    assert faults_of(GOOD.replace(part, wrong, 1)) == [sentence]


@pytest.mark.parametrize("text", ["months: []", "months: 3", "month: 2017-08"])
def test_a_file_without_months_is_refused(text: str) -> None:
    assert faults_of(text) == ["months: is missing. The file holds a list of months under this name."]
    with pytest.raises(Faulty):
        month_file.case_refs(safe_load(text))


def test_months_that_are_not_tables_are_named() -> None:
    assert faults_of("months: [2017-08, {raw_returns: 3, areas: []}]") == [
        "month 1: is not a set of names and values.",
        "month 2, raw_returns: is not a list.",
        "month 2, areas: is not a set of names and values.",
    ]


def test_a_month_on_record_or_twice_in_the_file_is_refused_and_one_fault_hides_no_other() -> None:
    second = GOOD.replace("months:", "").replace("rows: all", "rows: none")
    assert faults_of(GOOD + second, months=["2017-07"]) == [
        "2017-08: is on record already, or stands in the file twice.",
        "2017-08, rows: must say 'all' or 'returned_only'.",
    ]
    assert faults_of(GOOD, months=["2017-08"]) == ["2017-08: is on record already, or stands in the file twice."]


def test_the_references_are_found_before_the_file_is_read() -> None:
    assert month_file.case_refs(safe_load(GOOD)) == [f"A17-0{n}" for n in (1, 2, 3, 4, 5, 5, 5)]
