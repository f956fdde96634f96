"""The policy file: what it may say, and how it is refused."""

from datetime import date, time
from pathlib import Path
from tomllib import loads

import pytest

from programme.policy import About, ActionDays, ActionReminderDays, Closures, MonthDays, Policy, SafetyRules
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


EACH_ITS_OWN = (
    "Each step needs a day of its own, in this order: given out, check_in_before, day_before, was_due_after,"
    " head_told_after, the cut-off."
)
WRONG = {
    "[holidays]\nday = 3": (
        "The policy has 'holidays', which is not a policy setting."
        " Known here: action_reminders, action_steps, actions, calendar, capacity, checks, competency, forecast,"
        " matching, moderation, month, outcomes, programme, re_audits, reminders, rota, safety, sample,"
        " since, swaps."
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
    "[reminders]\nhead_told_after = 1": (
        "[reminders] in the policy puts head_told_after on working day 11, which is not after was_due_after, on working"
        f" day 11. {EACH_ITS_OWN}"
    ),
    "[reminders]\nhead_told_after = 4": (
        "[reminders] in the policy puts the cut-off on working day 14, which is not after head_told_after, on working"
        f" day 14. {EACH_ITS_OWN}"
    ),
    "[month]\ncut_off = 12": (
        "[reminders] in the policy puts the cut-off on working day 12, which is not after head_told_after, on working"
        f" day 12. {EACH_ITS_OWN}"
    ),
    "[reminders]\nday_before = 5": (
        "[reminders] in the policy puts day_before on working day 5, which is not after check_in_before, on working"
        f" day 5. {EACH_ITS_OWN}"
    ),
    "[month]\ndistribute = 5": (
        "[reminders] in the policy puts check_in_before on working day 5, which is not after given out, on working"
        f" day 5. {EACH_ITS_OWN}"
    ),
    "[action_reminders]\nsecond_after = 5": (
        "[action_reminders] in the policy puts third_after on working day 5, which is not after second_after, on"
        " working day 5. Each step needs a day of its own, in this order: first_after, second_after, third_after."
    ),
    "[reminders]\nfrom_hour = 9": "reminders.from_hour in the policy is 9; it must be an hour, like 12:00:00.",
}


@pytest.mark.parametrize("said", WRONG)
def test_what_is_wrong_is_refused_by_name(said: str) -> None:
    with pytest.raises(Refusal) as refused:
        Policy.read(loads(said))
    assert refused.value.sentence == WRONG[said]


def test_actions_have_the_days_of_their_priority() -> None:
    days = ActionDays()
    assert [days.working_days(each) for each in (Priority.URGENT, Priority.STANDARD, Priority.PLANNED)] == [5, 20, 30]


def test_the_head_of_service_hears_sooner_the_more_pressing_an_action_is() -> None:
    days = ActionReminderDays()
    assert [days.head_told_after(each) for each in (Priority.URGENT, Priority.STANDARD, Priority.PLANNED)] == [1, 3, 5]
