"""The policy file: what it may say, and how it is refused."""

from datetime import date, time
from pathlib import Path
from tomllib import loads

import pytest

from programme.policy import About, ActionDays, Closures, MonthDays, Policy, SafetyRules
from programme.refusals import Refusal
from programme.words import Priority

BOROUGH = Path(__file__).resolve().parents[2] / "demo" / "borough"


def test_an_empty_file_is_the_defaults() -> None:
    assert Policy.read({}) == Policy()


def test_what_a_file_says_stands_and_the_rest_keeps_its_default() -> None:
    said = """
    since = 2017-11-01
    [programme]
    target = 20
    [month]
    due = 9
    cut_off_hour = 17:00:00
    [calendar]
    closure_days = [2017-12-27]
    """
    assert Policy.read(loads(said)) == Policy(
        since=date(2017, 11, 1),
        programme=About(target=20),
        month=MonthDays(due=9, cut_off_hour=time(17)),
        calendar=Closures((date(2017, 12, 27),)),
    )


def test_the_fictional_boroughs_policy_can_be_read() -> None:
    policy = Policy.read(loads((BOROUGH / "policy.toml").read_text()))
    assert (policy.programme.target, policy.calendar.closure_days) == (
        30,
        (date(2017, 12, 27), date(2017, 12, 28), date(2017, 12, 29)),
    )
    assert policy.safety != SafetyRules()


WRONG = {
    "[moderation]\nday = 3": (
        "The policy has 'moderation', which is not a policy setting."
        " Known here: actions, calendar, capacity, month, programme, safety, since."
    ),
    "[capacity]\nauditors = 2": (
        "[capacity] has 'auditors', which is not a policy setting. Known here: auditor, core."
    ),
    "month = 3": "'month' in the policy must be a table: write [month] on a line of its own.",
    '[month]\ndue = "ten"': "month.due in the policy is 'ten'; it must be a whole number, like 30.",
    "[month]\ndue = 10.0": "month.due in the policy is 10.0; it must be a whole number, like 30.",
    "[month]\ndue = true": "month.due in the policy is True; it must be a whole number, like 30.",
    "[capacity]\ncore = 0": "capacity.core in the policy is 0; it must be above 0.",
    "[actions]\nurgent = -5": "actions.urgent in the policy is -5; it must be above 0.",
    "[programme]\nname = 7": 'programme.name in the policy is 7; it must be a text in quotes, like "Early Help".',
    "[month]\ncut_off_hour = 12": "month.cut_off_hour in the policy is 12; it must be an hour, like 12:00:00.",
    '[calendar]\nclosure_days = ["2017-12-27"]': (
        "calendar.closure_days in the policy is '2017-12-27'; it must be a day, like 2017-12-27."
    ),
    "[calendar]\nclosure_days = 2017-12-27": (
        "calendar.closure_days in the policy is datetime.date(2017, 12, 27);"
        " it must be a list of days, like [2017-12-27]."
    ),
    'since = "2017"': "since in the policy is '2017'; it must be a day, like 2017-12-27.",
    "[month]\ndue = 14": (
        "The policy's days do not follow one another: distribute, due, cut_off and moderate are 1, 14, 14 and 15."
        " Each must come after the last."
    ),
}


@pytest.mark.parametrize("said", WRONG)
def test_what_is_wrong_is_refused_by_name(said: str) -> None:
    with pytest.raises(Refusal) as refused:
        Policy.read(loads(said))
    assert refused.value.sentence == WRONG[said]


def test_actions_have_the_days_of_their_priority() -> None:
    days = ActionDays()
    assert [days.working_days(each) for each in (Priority.URGENT, Priority.STANDARD, Priority.PLANNED)] == [5, 20, 30]
