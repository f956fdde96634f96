"""A month's frame as a file: references as text, every fault named, all or nothing."""

from datetime import date

import pytest

from programme.case_file import COLUMNS, OPTIONAL, Register
from programme.people import Service, Team
from programme.refusals import Faulty
from programme.rows import must_have_columns
from programme.words import Role
from tests.programme.builders import person, rows

HEADING = "|".join((*COLUMNS, *OPTIONAL))
ORCHARD = Team("Orchard", Service("Help"))
NOOR, TOMASZ = person("Noor", Role.SOCIAL_WORKER), person("Tomasz", Role.TEAM_MANAGER)
LINE = "00123|Orchard|noor@example.org|Tomasz@Example.org|child in need|5-9|FAM-1|2017-01-02||no|yes|in court; at home"


def register() -> Register:
    people = {who.email: who for who in (NOOR, TOMASZ)}
    return Register("2017-10", people, {"Orchard": ORCHARD})


def faults_of(known: Register, *lines: str) -> list[str]:
    with pytest.raises(Faulty) as refused:
        known.take_in(rows(HEADING, *lines))
    return [str(fault) for fault in refused.value.faults]


def test_everything_in_a_row_is_kept() -> None:
    known = register()
    facts = known.take_in(rows(HEADING, LINE))
    case = known.cases["00123"]
    assert (case.team, case.social_worker, case.team_manager) == (ORCHARD, NOOR, TOMASZ)
    assert (case.plan_type, case.age_band, case.family_ref, case.opened, case.closed) == (
        "Child in Need",
        "5-9",
        "FAM-1",
        date(2017, 1, 2),
        None,
    )
    assert (case.restricted, case.hold, case.tags) == (False, True, ["in court", "at home"])
    assert known.frame["00123"].case is case
    assert [(fact.about, fact.details()) for fact in facts] == [("2017-10", {"cases": "1"})]


def test_a_reference_is_text_and_keeps_its_zeros() -> None:
    known = register()
    known.take_in(rows(HEADING, LINE, LINE.replace("00123", "123"), LINE.replace("00123", "1E5")))
    assert list(known.cases) == ["00123", "123", "1E5"]


def test_the_same_file_again_brings_what_is_known_up_to_date() -> None:
    known = register()
    known.take_in(rows(HEADING, LINE))
    case, entry = known.cases["00123"], known.frame["00123"]
    known.take_in(rows(HEADING, LINE.replace("child in need", "Looked After").replace("|yes|", "|no|")))
    assert (known.cases, known.frame) == ({"00123": case}, {"00123": entry})
    assert (case.plan_type, case.hold) == ("Looked After", False)


def test_once_drawn_a_frame_is_brought_up_to_date_but_gets_no_new_records() -> None:
    known = register()
    known.take_in(rows(HEADING, LINE))
    known.frame["00123"].drawn_as = 1
    assert faults_of(known, LINE, LINE.replace("00123", "00124")) == [
        "Row 3, case_ref: 00124 is new, and the sample has been drawn from the frame without it."
    ]
    known.take_in(rows(HEADING, LINE.replace("|yes|", "|no|")))
    assert (known.cases["00123"].hold, known.frame["00123"].drawn_as) == (False, 1)


FAULTS = {
    LINE.replace("00123", ""): "Row 2, case_ref: is empty. It is needed.",
    LINE.replace("00123", "Ab 1"): "Row 2, case_ref: 'Ab 1' is not a case reference: 3 to 20 of A-Z, 0-9, - and /.",
    LINE.replace("00123", "\u0661\u0662\u0663"): (
        "Row 2, case_ref: '\u0661\u0662\u0663' is not a case reference: 3 to 20 of A-Z, 0-9, - and /."
    ),
    LINE.replace("Orchard", "Orchad"): ("Row 2, team: 'Orchad' is not on the people list. Import the people first."),
    LINE.replace("noor@example.org", ""): "Row 2, social_worker: is empty. It is needed.",
    LINE.replace("Tomasz@Example.org", "tom@example.org"): (
        "Row 2, team_manager: 'tom@example.org' is not on the people list. Import the people first."
    ),
    LINE.replace("child in need", "CIN"): (
        "Row 2, plan_type: 'CIN' is not known. Use one of:"
        " In assessment, Early Help, Child in Need, Child Protection, Looked After, Care leaver."
    ),
    LINE.replace("5-9", ""): "Row 2, age_band: is empty. It is needed.",
    LINE.replace("2017-01-02", "2 Jan"): "Row 2, opened: '2 Jan' is not a date. Write it as 2017-10-31.",
    LINE.replace("2017-01-02|", "2017-01-02|2017-01-01"): "Row 2, closed: is before the day it was opened.",
    LINE.replace("|no|", "|x|"): "Row 2, restricted: 'x' is neither yes nor no.",
}


@pytest.mark.parametrize("line", FAULTS)
def test_a_fault_is_named_by_row_and_column(line: str) -> None:
    known = register()
    assert faults_of(known, line) == [FAULTS[line]]
    assert (known.cases, known.frame) == ({}, {})


def test_a_record_that_stands_there_twice_is_named_with_both_rows_and_nothing_is_taken_in() -> None:
    known = register()
    assert faults_of(known, LINE, LINE.replace("00123", "00124"), LINE) == [
        "Row 4, case_ref: 00123 stands in row 2 too."
    ]
    assert known.frame == {}


def test_columns_that_are_missing_or_strange_are_named() -> None:
    headings = [*COLUMNS[1:], "Case ref", "tags"]
    with pytest.raises(Faulty) as refused:
        must_have_columns(headings, COLUMNS, OPTIONAL)
    assert [str(fault) for fault in refused.value.faults] == [
        "Column 'case_ref': is missing.",
        (
            "Column 'Case ref': is not one that is read here. Known: case_ref, team, social_worker, team_manager,"
            " plan_type, age_band, family_ref, opened, closed, restricted, hold, tags."
        ),
    ]
    assert refused.value.sentence == "2 things are wrong with the file. Nothing was taken in."
