"""Rules of an action: when it starts, when it is due, who confirms it and what they must say."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from programme.actions import Action, Confirmation
from programme.calendar import end_of
from programme.facts import ActionConfirmed
from programme.people import Person, Service, Team
from programme.policy import Policy
from programme.refusals import NotAllowed, Refusal
from programme.rulebook import Rulebook
from programme.words import ActionState, Priority, Role
from tests.cast import gather
from tests.programme.builders import person

RULES = Rulebook.of(Policy())
CARE = Service("Care")
MEADOW, HARBOUR = Team("Meadow", CARE), Team("Harbour", CARE)
MANAGER = person("Tomasz", Role.TEAM_MANAGER, team=MEADOW)
NOW = datetime(2017, 10, 20, 10, tzinfo=UTC)
SAID = Confirmation(
    "Visited at home and at school.",
    date(2017, 10, 18),
    "She sleeps at home again.",
    date(2017, 10, 19),
    "Case note of 19 October",
)


def action(
    priority: Priority = Priority.STANDARD,
    state: ActionState = ActionState.SENT,
    *,
    named_on: date | None = None,
    owner: Person = MANAGER,
) -> Action:
    sent = None if state is ActionState.WAITING else NOW
    audit = gather(RULES).allocation
    return Action("ACT-1", audit, "s", "m", priority, end_of(date(2017, 10, 24)), owner, state, named_on, sent)


class TestStarting:
    def test_its_date_counts_from_the_outcome(self) -> None:
        waiting = action(state=ActionState.WAITING)
        assert waiting.start(at=NOW, rules=RULES)
        assert (waiting.state, waiting.sent_at, waiting.due_on) == (ActionState.SENT, NOW, date(2017, 11, 17))

    @pytest.mark.parametrize(
        ("named", "due"), [(date(2017, 10, 31), date(2017, 10, 31)), (date(2017, 10, 20), date(2017, 11, 17))]
    )
    def test_a_named_day_counts_while_it_is_ahead(self, named: date, due: date) -> None:
        waiting = action(state=ActionState.WAITING, named_on=named)
        waiting.start(at=NOW, rules=RULES)
        assert waiting.due_on == due

    def test_one_that_has_begun_is_left_alone(self) -> None:
        begun = action(Priority.URGENT)
        assert not begun.start(at=NOW, rules=RULES)
        assert begun.due_on == date(2017, 10, 24)


class TestConfirming:
    def test_what_was_said_is_kept_and_the_auditor_told(self) -> None:
        auditor, done = person("Asha"), action()
        facts = done.confirm(SAID, by=MANAGER, at=NOW, auditor=auditor)
        assert facts == [ActionConfirmed(about="ACT-1", tell=(auditor,), touches=("AUD-2017-10-01",))]
        assert (done.state, done.confirmed_by, done.confirmed_at) == (ActionState.CONFIRMED, MANAGER, NOW)
        assert Confirmation(done.done, done.done_on, done.changed, done.recorded_on, done.recorded_where) == SAID

    WRONG = (
        ("done", replace(SAID, done="Noted."), "Say what was done, in a sentence."),
        ("done_on", replace(SAID, done_on=None), "Choose the day it was done."),
        ("done_on", replace(SAID, done_on=date(2017, 10, 21)), "This day is still to come."),
        ("changed", replace(SAID, changed="n/a"), "Say what changed for the child, in a sentence."),
        ("recorded_on", replace(SAID, recorded_on=None), "Choose the day it went on the record."),
        ("recorded_on", replace(SAID, recorded_on=date(2017, 10, 21)), "This day is still to come."),
        (
            "recorded_where",
            replace(SAID, recorded_where="yes"),
            "Say where the record shows it, like 'case note of 12 October'.",
        ),
        (
            "recorded_on",
            replace(SAID, recorded_on=date(2017, 10, 17)),
            "It cannot be on the child's record before it was done.",
        ),
    )

    @pytest.mark.parametrize(("field", "said", "sentence"), WRONG)
    def test_what_says_nothing_is_refused_under_its_field(self, field: str, said: Confirmation, sentence: str) -> None:
        with pytest.raises(Refusal) as refused:
            action().confirm(said, by=MANAGER, at=NOW)
        assert (refused.value.field, refused.value.sentence) == (field, sentence)

    def test_it_is_confirmed_once(self) -> None:
        done = action()
        done.confirm(SAID, by=MANAGER, at=NOW)
        with pytest.raises(Refusal, match=r"Confirmed on Friday 20 October by Tomasz\. Thank you\."):
            done.confirm(SAID, by=MANAGER, at=NOW)

    def test_one_that_waits_for_the_outcome_is_not_open(self) -> None:
        with pytest.raises(Refusal, match="This action is not open"):
            action(state=ActionState.WAITING).confirm(SAID, by=MANAGER, at=NOW)

    def test_a_deputy_of_the_owners_team_may(self) -> None:
        done = action()
        done.confirm(SAID, by=person("Dee", Role.DEPUTY_TEAM_MANAGER, team=MEADOW), at=NOW)
        assert done.state is ActionState.CONFIRMED

    STRANGERS = (
        person("Another deputy", Role.DEPUTY_TEAM_MANAGER, team=HARBOUR),
        person("Another manager", Role.TEAM_MANAGER, team=MEADOW),
        person("Worker", Role.SOCIAL_WORKER, team=MEADOW),
        person("Head", Role.HEAD_OF_SERVICE, service=CARE),
        person("Administrator", Role.ADMINISTRATOR),
        person("Quality", Role.HEAD_OF_QUALITY),
    )

    @pytest.mark.parametrize("stranger", STRANGERS, ids=lambda who: who.name)
    def test_nobody_else_may(self, stranger: Person) -> None:
        with pytest.raises(NotAllowed):
            action().confirm(SAID, by=stranger, at=NOW)

    def test_no_deputy_of_a_team_stands_in_for_a_head_of_service(self) -> None:
        head = person("Head", Role.HEAD_OF_SERVICE, service=CARE)
        with pytest.raises(NotAllowed):
            action(owner=head).confirm(SAID, by=person("Dee", Role.DEPUTY_TEAM_MANAGER, team=MEADOW), at=NOW)


@pytest.mark.parametrize(("hour", "overdue"), [(22, False), (23, True)])
def test_a_day_is_over_at_midnight_in_london(hour: int, *, overdue: bool) -> None:
    assert action().is_overdue(at=datetime(2017, 10, 24, hour, 59, 59, 500_000, tzinfo=UTC)) is overdue
