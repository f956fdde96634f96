"""Whom somebody leads and works with, when they are here and at work, and how they come and go."""

from datetime import date

import pytest

from programme.absences import Absence
from programme.people import Service, Team
from programme.refusals import Refusal
from programme.words import Role
from tests.programme.builders import person

HELP, CARE = Service("Help and Protection"), Service("Care and Permanence")
ORCHARD, HARBOUR, MEADOW = Team("Orchard", HELP), Team("Harbour", HELP), Team("Meadow", CARE)


@pytest.mark.parametrize(
    ("role", "team", "service", "led"),
    [
        (Role.TEAM_MANAGER, ORCHARD, HELP, {"Orchard"}),
        (Role.DEPUTY_TEAM_MANAGER, ORCHARD, HELP, {"Orchard"}),
        (Role.HEAD_OF_SERVICE, None, HELP, {"Orchard", "Harbour"}),
        (Role.SOCIAL_WORKER, ORCHARD, HELP, set()),
        (Role.AUDITOR, ORCHARD, HELP, set()),
        (Role.HEAD_OF_SERVICE, None, None, set()),
        (Role.ADMINISTRATOR, None, None, set()),
    ],
)
def test_own_line_is_the_own_team_and_for_a_head_the_own_service(
    role: Role, team: Team | None, service: Service | None, led: set[str]
) -> None:
    who = person("Asha", role, team=team, service=service)
    assert {each.name for each in (ORCHARD, HARBOUR, MEADOW) if who.leads(each)} == led
    assert not who.leads(None)


@pytest.mark.parametrize("role", Role)
def test_managers_are_auditors_without_being_listed_as_such(role: Role) -> None:
    audits = {Role.AUDITOR, Role.HEAD_OF_SERVICE, Role.TEAM_MANAGER, Role.DEPUTY_TEAM_MANAGER}
    assert person("Asha", role).is_auditor is (role in audits)


def test_somebody_is_here_from_their_first_day_to_their_last() -> None:
    who = person("Asha")
    who.starts, who.ends = date(2017, 10, 2), date(2017, 10, 31)
    days = [date(2017, 10, 1), date(2017, 10, 2), date(2017, 10, 31), date(2017, 11, 1)]
    assert [who.is_here_on(day) for day in days] == [False, True, True, False]


def test_who_moves_on_keeps_their_name_and_leaves_after_the_day() -> None:
    who = person("Asha")
    who.id = 7
    assert [fact.details() for fact in who.moves_on(date(2017, 10, 31))] == [{"last_day": "2017-10-31"}]
    assert (who.ends, who.is_here_on(date(2017, 10, 31))) == (date(2017, 10, 31), True)


def test_nobody_leaves_before_they_start() -> None:
    who = person("Asha")
    who.starts = date(2017, 10, 2)
    with pytest.raises(Refusal) as refused:
        who.moves_on(date(2017, 10, 1))
    assert refused.value.sentence == "Asha starts on 2 October 2017; the last day cannot be before it."
    assert who.ends is None


def test_two_absences_with_a_weekend_between_are_away_throughout() -> None:
    who = person("Asha")
    fortnight = [date(2017, 10, day) for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13)]
    who.absences = [
        Absence(who, date(2017, 10, 2), date(2017, 10, 6)),
        Absence(who, date(2017, 10, 9), date(2017, 10, 12)),
    ]
    assert not who.is_away_throughout(fortnight)
    who.absences.append(Absence(who, date(2017, 10, 13), date(2017, 10, 20)))
    assert who.is_away_throughout(fortnight)
    assert not who.is_away_throughout([])


def test_an_absence_does_not_end_before_it_begins() -> None:
    with pytest.raises(Refusal) as refused:
        Absence(person("Asha"), date(2017, 10, 3), date(2017, 10, 2))
    assert refused.value.sentence == "The last day is before the first."
