"""What a pair makes of the actions before it agrees: none is left without a date, and each as it was is kept."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from programme.actions import Action
from programme.rulebook import Rulebook
from programme.settling import Settled, added, as_it_is, default_day, faults_in, settle, to_settle
from programme.words import ActionState, Priority
from tests.cast import NOW, gather
from tests.programme.builders import person

TODAY, NEXT_WEEK = NOW.date(), date(2017, 10, 9)
OWNER, BY = person("Tomasz"), person("Kofi")


def action(rules: Rulebook, state: ActionState = ActionState.WAITING, priority: Priority = Priority.STANDARD) -> Action:
    sent = NOW if state is not ActionState.WAITING else None
    audit = gather(rules).allocation
    words = ("Ring the school.", "They have rung.")
    return Action("ACT-2017-10-01-1", audit, *words, priority, NOW, OWNER, state, sent_at=sent)


def faults(said: Settled, had: Action) -> dict[str, str]:
    found = faults_in([said], [had], today=TODAY)
    return {fault.where.rpartition(".")[2]: fault.sentence.partition(": ")[2] for fault in found}


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"due": None}, "due", "set the day by which it is done."),
        ({"due": TODAY}, "due", "choose a day after today."),
        ({"step": "Ring."}, "step", "say exactly what is to be done."),
        ({"measure": " "}, "measure", "say how it will be seen that it worked."),
        ({"priority": None}, "priority", "choose how soon it is needed."),
        (
            {"step": "Ring the school ASAP."},
            "step",
            "say what is to be done, and choose a date for it. 'asap' is none.",
        ),
        ({"taken_back": True}, "because", "say why it is taken back."),
    ],
)
def test_an_action_is_dated_and_specific(rules: Rulebook, changed: dict[str, Any], field: str, said: str) -> None:
    had = action(rules)
    whole = replace(as_it_is(had), due=NEXT_WEEK)
    assert faults(whole, had) == {}
    assert faults(replace(whole, **changed), had) == {field: said}


def test_one_that_nothing_is_said_of_is_judged_as_it_is(rules: Rulebook) -> None:
    assert [fault.where for fault in faults_in([], [action(rules)], today=TODAY)] == ["ACT-2017-10-01-1.due"]


def test_what_is_done_or_immediate_is_left_alone(rules: Rulebook) -> None:
    states = (ActionState.CONFIRMED, ActionState.CHECKED, ActionState.WITHDRAWN)
    left = [*(action(rules, state) for state in states), action(rules, ActionState.SENT, Priority.IMMEDIATE)]
    assert to_settle(left) == []


def test_what_changes_is_kept_as_it_was_and_who_has_it_hears(rules: Rulebook) -> None:
    waits, sent = action(rules), action(rules, ActionState.SENT)
    for had, told in ((waits, ()), (sent, (OWNER,))):
        now = replace(as_it_is(had), step="Ring the school and the nurse.", due=NEXT_WEEK)
        [kept], [fact] = settle([now], [had], by=BY, at=NOW, rules=rules)
        assert (kept.step, kept.named_on, kept.by) == ("Ring the school.", None, BY)
        assert (had.step, had.due_on) == ("Ring the school and the nurse.", NEXT_WEEK)
        assert (fact.kind(), fact.details(), fact.tell) == ("action_changed", {"fields": "step, due_on"}, told)


def test_what_is_taken_back_keeps_who_and_why(rules: Rulebook) -> None:
    had = action(rules, ActionState.SENT)
    now = replace(as_it_is(had), taken_back=True, because="It was done in May.")
    [kept], [fact] = settle([now], [had], by=BY, at=NOW, rules=rules)
    assert (had.state, had.withdrawn_by, had.withdrawn_why) == (ActionState.WITHDRAWN, BY, "It was done in May.")
    assert (kept.because, fact.kind(), fact.tell) == ("It was done in May.", "action_withdrawn", (OWNER,))


def test_what_is_left_as_it_is_leaves_no_trace(rules: Rulebook) -> None:
    had = action(rules)
    had.named_on = NEXT_WEEK
    assert settle([as_it_is(had)], [had], by=BY, at=NOW, rules=rules) == ([], [])


def test_one_that_is_added_waits_for_the_outcome_under_the_next_number(rules: Rulebook) -> None:
    said = Settled("", "Visit the grandmother.", "She was visited.", Priority.PLANNED, NEXT_WEEK)
    empty = Settled("", "", "", None, None)
    audit = gather(rules).allocation
    [made], [fact] = added([empty, said], audit, 1, owner=OWNER, at=NOW, rules=rules)
    assert (made.ref, made.state, made.due_on) == ("ACT-2017-10-01-2", ActionState.WAITING, NEXT_WEEK)
    assert (made.owner, fact.kind(), fact.tell) == (OWNER, "action_raised", ())


def test_the_day_that_is_proposed_is_the_prioritys(rules: Rulebook) -> None:
    days = {each: default_day(each, at=NOW, rules=rules) for each in (Priority.URGENT, Priority.STANDARD)}
    assert days == {Priority.URGENT: date(2017, 10, 9), Priority.STANDARD: date(2017, 10, 30)}
