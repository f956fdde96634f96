"""The people list as a file: read whole, every fault named by row and column, taken in as one or not at all."""

from datetime import date

import pytest

from programme.people import AuditGroup, Person, Service, Team
from programme.people_file import Entry, Roster, read
from programme.refusals import Faulty
from programme.words import Competency, Role
from tests.programme.builders import person, rows

TODAY = date(2017, 10, 2)
HEADING = "email|name|roles|team|service|manager|group|competency|moderates|employment|starts|ends"
MAREN = "maren@example.org|Maren Castellane|head-of-service||Help|||core|yes|permanent|2011-10-24|"
ASHA = "asha@example.org|Asha Thornbury|deputy-team-manager|Orchard|Help|maren@example.org|Rowan|competent|no|agency||"


def entries(*lines: str) -> list[Entry]:
    return read(rows(HEADING, *lines))


def faults_of(roster: Roster, *lines: str) -> list[str]:
    with pytest.raises(Faulty) as refused:
        roster.take_in(entries(*lines), on=TODAY)
    return [str(fault) for fault in refused.value.faults]


def taken_in(*lines: str) -> Roster:
    roster = Roster()
    roster.take_in(entries(*lines), on=TODAY)
    return roster


def test_everything_in_a_row_is_kept() -> None:
    roster = taken_in(MAREN, ASHA)
    asha, maren = roster.people["asha@example.org"], roster.people["maren@example.org"]
    assert asha.roles == {Role.DEPUTY_TEAM_MANAGER}
    assert (asha.name, asha.competency, asha.moderates, asha.employment) == (
        "Asha Thornbury",
        Competency.COMPETENT,
        False,
        "agency",
    )
    assert (asha.team, asha.service, asha.manager, asha.group) == (
        roster.teams["Orchard"],
        roster.services["Help"],
        maren,
        roster.groups["Rowan"],
    )
    assert (maren.team, maren.group, maren.moderates, maren.starts, maren.ends) == (
        None,
        None,
        True,
        date(2011, 10, 24),
        None,
    )


def test_a_manager_may_stand_below_their_people_and_addresses_are_written_in_any_case() -> None:
    roster = taken_in(ASHA.replace("maren@", "Maren@"), MAREN.replace("maren@", "MAREN@"))
    assert roster.people["asha@example.org"].manager is roster.people["maren@example.org"]


def test_roles_are_separated_by_semicolons_each_once() -> None:
    line = MAREN.replace("head-of-service", "Head-of-Service; administrator;; administrator")
    assert entries(line)[0].roles == (Role.HEAD_OF_SERVICE, Role.ADMINISTRATOR)


def test_the_same_file_twice_changes_nobody_and_keeps_the_roles_they_have() -> None:
    roster = taken_in(MAREN, ASHA)
    before = {email: list(who.roles_held) for email, who in roster.people.items()}
    roster.take_in(entries(MAREN, ASHA), on=TODAY)
    assert {email: who.roles_held for email, who in roster.people.items()} == before
    assert [len(roster.teams), len(roster.services), len(roster.groups)] == [1, 1, 1]


def test_a_role_that_is_no_longer_in_the_file_is_taken_away() -> None:
    roster = taken_in(MAREN.replace("head-of-service", "head-of-service;administrator"))
    roster.take_in(entries(MAREN), on=TODAY)
    assert roster.people["maren@example.org"].roles == {Role.HEAD_OF_SERVICE}


def test_who_is_missing_from_the_file_stays_and_is_named() -> None:
    roster = taken_in(MAREN, ASHA)
    roster.people["left@example.org"] = Person("left@example.org", "Left", ends=date(2017, 1, 1))
    said = entries(MAREN)
    roster.take_in(said, on=TODAY)
    assert [who.email for who in roster.missing_from(said)] == ["asha@example.org"]


def test_a_whole_team_moves_to_another_service_at_once() -> None:
    roster = taken_in(MAREN, ASHA)
    roster.take_in(entries(ASHA.replace("|Help|", "|Care|")), on=TODAY)
    assert roster.teams["Orchard"].service is roster.services["Care"]


def test_a_team_does_not_move_away_from_those_of_it_whom_the_file_does_not_name() -> None:
    roster = taken_in(MAREN, ASHA)
    kofi = ASHA.replace("asha@", "kofi@").replace("|Help|", "|Hlep|")
    assert faults_of(roster, kofi) == ["Row 2, service: puts Orchard in Hlep; others of it are in Help."]
    assert (roster.teams["Orchard"].service.name, set(roster.services)) == ("Help", {"Help"})


FAULTS = {
    ASHA.replace("asha@example.org", "asha"): "Row 2, email: 'asha' is not an e-mail address.",
    ASHA.replace("asha@example.org|", "|"): "Row 2, email: is empty. It is needed.",
    ASHA.replace("Asha Thornbury", ""): "Row 2, name: is empty. It is needed.",
    ASHA.replace("Asha Thornbury", "x" * 101): "Row 2, name: has 101 characters; at most 100 are kept.",
    ASHA.replace("Asha Thornbury", "Asha\tT"): "Row 2, name: has a character that cannot be printed. Type it again.",
    ASHA.replace("deputy-team-manager", "deputy"): (
        "Row 2, roles: 'deputy' is not known. Use one of: auditor, team-manager, deputy-team-manager, head-of-service,"
        " social-worker, administrator, practice-learning, head-of-quality, leadership, director, forum-member,"
        " external."
    ),
    ASHA.replace("|Help|", "||"): "Row 2, service: is empty. Say which service Orchard belongs to.",
    ASHA.replace("maren@example.org", "asha@example.org"): "Row 2, manager: is the person's own address.",
    ASHA.replace("maren@example.org", "nobody@example.org"): (
        "Row 2, manager: 'nobody@example.org' is neither in the file nor on the list."
    ),
    ASHA.replace("competent", "good"): (
        "Row 2, competency: 'good' is not known. Use one of: developing, competent, core, paused."
    ),
    ASHA.replace("|no|", "|maybe|"): "Row 2, moderates: 'maybe' is neither yes nor no.",
    ASHA.replace(
        "agency||", "agency|01/10/2017|"
    ): "Row 2, starts: '01/10/2017' is not a date. Write it as 2017-10-31.",
    ASHA.replace("agency||", "agency||20171031"): "Row 2, ends: '20171031' is not a date. Write it as 2017-10-31.",
    ASHA.replace("agency||", "agency||31 October 2017"): (
        "Row 2, ends: '31 October 2017' is not a date. Write it as 2017-10-31."
    ),
    ASHA.replace("agency||", "agency|2017-10-02|2017-10-01"): "Row 2, ends: is before the day the person starts.",
}


@pytest.mark.parametrize("line", FAULTS)
def test_a_fault_is_named_by_row_and_column(line: str) -> None:
    assert faults_of(taken_in(MAREN), line) == [FAULTS[line]]


def test_one_fault_does_not_hide_another_and_nothing_is_taken_in() -> None:
    roster = taken_in(MAREN)
    wrong = ["kofi|Kofi||||||poor|yes|||", "asha@example.org|Asha||||||||||", "asha@example.org|||||||||||"]
    assert faults_of(roster, *wrong) == [
        "Row 2, email: 'kofi' is not an e-mail address.",
        "Row 2, competency: 'poor' is not known. Use one of: developing, competent, core, paused.",
        "Row 4, name: is empty. It is needed.",
        "Row 3, email: asha@example.org stands in the file 2 times.",
        "Row 4, email: asha@example.org stands in the file 2 times.",
    ]
    assert list(roster.people) == ["maren@example.org"]


def test_a_team_in_two_services_is_named() -> None:
    other = ASHA.replace("asha@", "kofi@").replace("|Help|", "|Care|")
    assert faults_of(taken_in(MAREN), ASHA, other) == [
        "Row 3, service: puts Orchard in Care; others of it are in Help."
    ]


def test_the_roster_may_begin_with_what_is_on_record() -> None:
    help_ = Service("Help")
    roster = Roster(
        people={"asha@example.org": person("Asha", Role.AUDITOR)},
        services={"Help": help_},
        teams={"Orchard": Team("Orchard", help_)},
        groups={"Rowan": AuditGroup("Rowan")},
    )
    known = (roster.people["asha@example.org"], roster.teams["Orchard"], roster.groups["Rowan"])
    roster.take_in(entries(MAREN, ASHA), on=TODAY)
    asha = roster.people["asha@example.org"]
    assert (asha, asha.team, asha.group) == known


def test_a_change_of_team_keeps_the_time_in_the_last_one() -> None:
    roster = taken_in(MAREN, ASHA.replace("agency||", "agency|2016-04-04|"))
    moved = ASHA.replace("|Orchard|", "|Harbour|")
    roster.take_in(entries(moved), on=TODAY)
    roster.take_in(entries(moved), on=date(2017, 10, 9))
    asha = roster.people["asha@example.org"]
    assert [(each.team.name, each.first_day, each.last_day) for each in asha.postings] == [
        ("Orchard", date(2016, 4, 4), date(2017, 10, 1)),
        ("Harbour", TODAY, None),
    ]


def test_a_team_put_right_the_same_day_leaves_no_trace() -> None:
    roster = taken_in(MAREN, ASHA)
    for team in ("Harbour", "Orchard"):
        roster.take_in(entries(ASHA.replace("|Orchard|", f"|{team}|")), on=TODAY)
    asha = roster.people["asha@example.org"]
    assert [(each.team.name, each.first_day, each.last_day) for each in asha.postings] == [
        ("Orchard", None, date(2017, 10, 1)),
        ("Orchard", TODAY, None),
    ]


def test_what_somebody_knows_and_when_a_service_joins_are_kept_where_the_file_says_nothing() -> None:
    heading = f"{HEADING}|knowledge|service_from"
    roster = Roster()
    roster.take_in(
        read(rows(heading, f"{ASHA.replace('maren@example.org', '')}| Court; adoption;court |2017-11-01")), on=TODAY
    )
    roster.take_in(entries(ASHA.replace("maren@example.org", "")), on=TODAY)
    asha = roster.people["asha@example.org"]
    assert (asha.knowledge, roster.services["Help"].takes_part_from) == (["court", "adoption"], date(2017, 11, 1))


def test_a_ring_of_managers_is_refused_person_by_person() -> None:
    ring = [
        "asha@example.org|Asha|deputy-team-manager|Orchard|Help|kofi@example.org|||no|||",
        "kofi@example.org|Kofi|team-manager|Orchard|Help|ines@example.org|||no|||",
        "ines@example.org|Ines|head-of-service||Help|asha@example.org|||no|||",
    ]
    assert faults_of(Roster(), *ring)[0] == (
        "Row 2, manager: goes round in a ring:"
        " asha@example.org → kofi@example.org → ines@example.org → asha@example.org."
    )


def test_a_person_in_two_groups_is_named() -> None:
    other = ASHA.replace("|Rowan|", "|Linden|")
    with pytest.raises(Faulty) as refused:
        entries(MAREN, ASHA, other)
    assert [str(fault) for fault in refused.value.faults] == [
        f"Row {n}, email: asha@example.org stands in the file 2 times, in Rowan and Linden: a person is in one group."
        for n in (3, 4)
    ]


def test_what_a_file_would_change_is_said_a_line_for_each_person() -> None:
    roster = taken_in(MAREN, ASHA)
    moved = entries(
        MAREN, ASHA.replace("|Orchard|", "|Harbour|").replace("|no|", "|yes|"), ASHA.replace("asha", "zita")
    )
    assert roster.changes(moved) == [
        "asha@example.org: team Orchard → Harbour, moderates no → yes",
        "zita@example.org: new",
    ]
