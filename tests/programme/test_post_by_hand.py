"""Messages held, released, dropped and sent again by hand, and the switch that stops them all."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from programme.facts import Fact, LinkAsked
from programme.notices import LONGEST_REASON, Notice
from programme.people import Person
from programme.post_facts import AppRefused
from programme.post_switch import PostSwitch
from programme.refusals import NotAllowed, Refusal
from programme.words import NoticeState, Role
from tests.cast import NOW
from tests.programme.builders import person
from tests.programme.test_notices import REAL_NOW, waiting


def administrator() -> Person:
    return person("Bronwen", Role.ADMINISTRATOR)


def in_state(state: NoticeState, *, urgent: bool = False) -> Notice:
    notice = waiting()
    notice.state, notice.urgent, notice.id = state, urgent, 7
    notice.tries, notice.first_tried_at, notice.retry_at, notice.doubtful = 5, REAL_NOW, REAL_NOW, True
    return notice


Step = Callable[[Notice, Person], list[Fact]]
STEPS: dict[str, tuple[Step, set[NoticeState], NoticeState]] = {
    "hold": (lambda it, by: it.hold("Not yet.", by=by), {NoticeState.WAITING}, NoticeState.HELD),
    "release": (lambda it, by: it.let_go(by=by), {NoticeState.HELD}, NoticeState.WAITING),
    "give up": (
        lambda it, by: it.give_up("Wrong month.", by=by),
        {NoticeState.WAITING, NoticeState.HELD, NoticeState.FAILED},
        NoticeState.DROPPED,
    ),
    "send again": (lambda it, by: it.send_again(by=by), {NoticeState.FAILED}, NoticeState.WAITING),
}


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("state", NoticeState)
def test_each_step_is_taken_from_where_it_may_be_and_from_nowhere_else(name: str, state: NoticeState) -> None:
    take, allowed, then = STEPS[name]
    notice = in_state(state)
    if state in allowed:
        [fact] = take(notice, administrator())
        assert (fact.about, fact.details()) == ("MSG-7", {"message": "case_given_out", "subject": "AUD-2017-10-01"})
        assert notice.state is then
        return
    with pytest.raises(Refusal, match=f"This message is {state} by now"):
        take(notice, administrator())
    assert notice.state is state


@pytest.mark.parametrize("name", STEPS)
def test_only_those_who_run_the_month_take_them(name: str) -> None:
    take, allowed, _ = STEPS[name]
    for role in set(Role) - {Role.ADMINISTRATOR, Role.HEAD_OF_QUALITY}:
        with pytest.raises(NotAllowed):
            take(in_state(min(allowed)), person("Asha", role))
    take(in_state(min(allowed)), person("Leocadia", Role.HEAD_OF_QUALITY))


def test_who_held_it_and_why_stands_with_it_until_it_is_released() -> None:
    notice, by = in_state(NoticeState.WAITING), administrator()
    notice.hold("  Wait for the list. ", by=by)
    assert (notice.set_by, notice.why) == (by, "Wait for the list.")
    notice.let_go(by=by)
    assert (notice.set_by, notice.why, notice.retry_at) == (None, "", None)


def test_what_is_sent_again_has_its_tries_fresh_and_is_looked_for_first() -> None:
    notice = in_state(NoticeState.FAILED)
    notice.send_again(by=administrator())
    assert (notice.tries, notice.first_tried_at, notice.retry_at, notice.doubtful) == (0, None, None, True)


@pytest.mark.parametrize("state", [NoticeState.WAITING, NoticeState.FAILED])
@pytest.mark.parametrize("name", ["hold", "give up"])
def test_what_says_that_a_child_may_be_unsafe_is_never_stopped(name: str, state: NoticeState) -> None:
    notice = in_state(state, urgent=True)
    with pytest.raises(Refusal):
        STEPS[name][0](notice, administrator())
    assert notice.state is state


@pytest.mark.parametrize("name", ["hold", "give up"])
def test_a_link_that_somebody_waits_for_is_not_stopped(name: str) -> None:
    notice = in_state(NoticeState.WAITING)
    notice.kind = LinkAsked.kind()
    with pytest.raises(Refusal, match="Somebody waits for this link"):
        STEPS[name][0](notice, administrator())
    assert notice.state is NoticeState.WAITING


def test_a_link_that_did_not_go_out_may_be_laid_aside() -> None:
    notice = in_state(NoticeState.FAILED)
    notice.kind = LinkAsked.kind()
    notice.give_up("The address was wrong.", by=administrator())
    assert notice.state is NoticeState.DROPPED


@pytest.mark.parametrize("why", ["", "  ", "x" * (LONGEST_REASON + 1)])
def test_a_reason_is_said_and_is_short(why: str) -> None:
    notice = in_state(NoticeState.WAITING)
    for step in (notice.hold, notice.give_up):
        with pytest.raises(Refusal) as refused:
            step(why, by=administrator())
        assert (refused.value.field, notice.state) == ("reason", NoticeState.WAITING)


class TestTheSwitch:
    def test_since_when_and_why_the_app_is_refused_is_kept(self) -> None:
        switch = PostSwitch()
        switch.refuse("token_revoked", real_now=NOW)
        switch.refuse("token_revoked", real_now=NOW + timedelta(seconds=10))
        assert (switch.stands_still, switch.refused_since, switch.refused_why) == (True, NOW, "token_revoked")

    def test_who_runs_the_month_is_told_once_each_time_it_begins(self) -> None:
        switch, who = PostSwitch(), administrator()
        told = [AppRefused(about="messages", why="token_revoked", tell=(who,))]
        said = [switch.refuse("token_revoked", real_now=NOW + timedelta(hours=n), runs_it=[who]) for n in range(3)]
        assert said == [told, [], []]
        switch.is_known_again()
        assert switch.refuse("token_revoked", real_now=NOW + timedelta(hours=2, minutes=1), runs_it=[who]) == []
        switch.is_known_again()
        assert switch.refuse("token_revoked", real_now=NOW + timedelta(hours=9), runs_it=[who]) == told

    def test_slack_is_asked_once_a_minute_and_only_while_it_refuses(self) -> None:
        switch = PostSwitch()
        assert not switch.is_to_be_asked(real_now=NOW)
        switch.refuse("token_revoked", real_now=NOW)
        asked = []
        for second in range(0, 300, 5):
            if switch.is_to_be_asked(real_now=NOW + timedelta(seconds=second)):
                switch.was_asked(real_now=NOW + timedelta(seconds=second))
                asked.append(second)
        assert asked == [60, 120, 180, 240]

    def test_what_is_refused_again_at_once_was_never_well(self) -> None:
        """The token is known, and yet a permission is missing: it is the same trouble still."""
        switch = PostSwitch()
        for minute in range(5):
            switch.refuse("missing_scope", real_now=NOW + timedelta(minutes=minute))
            switch.is_known_again()
        assert (switch.stands_still, switch.refused_since) == (False, NOW)
        switch.refuse("missing_scope", real_now=NOW + timedelta(hours=5))
        assert switch.refused_since == NOW + timedelta(hours=5)
