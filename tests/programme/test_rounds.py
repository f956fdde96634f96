"""A month opens with its dates, takes part in what it may, and closes when all is settled."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from programme.allocating import AsItStands, allocate, propose
from programme.allocations import Allocation
from programme.matching import Matching, Placed
from programme.people import AuditGroup
from programme.policy import MonthDays, Policy
from programme.refusals import Refusal
from programme.rounds import Round, dates_out_of_month, open_round
from programme.rulebook import Rulebook
from programme.words import AllocationState, Role, RoundState
from tests.cast import GIVEN_OUT_AT, audit_tool
from tests.programme.builders import case, person

RULES = Rulebook.of(Policy())
BRONWEN = person("Bronwen", Role.ADMINISTRATOR)
DEFAULT_TARGET = 30


def opened(
    month: str = "2017-10", *, theme: str = "Fathers", target: int | None = None, rules: Rulebook = RULES
) -> Round:
    return open_round(
        month, theme=theme, group=AuditGroup("Rowan"), tool=audit_tool(), target=target, by=BRONWEN, rules=rules
    )[0]


def refusal(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.sentence, refused.value.field


def planned(month: Round, *names: str) -> list[Allocation]:
    lines = tuple(Placed(case(f"CASE-{name}"), person(name, Role.AUDITOR), "no tie") for name in names)
    return allocate(month, Matching(lines, ()), numbered_from=1)[0]


def test_a_round_opens_with_every_date_the_policy_gives_it() -> None:
    month = opened()
    assert (month.name, month.state, month.version) == ("October 2017", RoundState.OPEN, 1)
    assert (month.distribute_on, month.due_on, month.cut_off_at, month.moderate_on) == (
        date(2017, 10, 2),
        date(2017, 10, 13),
        datetime(2017, 10, 19, 11, tzinfo=UTC),
        date(2017, 10, 20),
    )
    assert (month.outcomes_by, month.draft_by, month.comments_by, month.sign_off_on) == (
        date(2017, 10, 25),
        date(2017, 10, 26),
        date(2017, 10, 31),
        date(2017, 11, 10),
    )


def test_the_target_is_the_policys_unless_somebody_sets_another_in_their_name() -> None:
    assert (opened().target, opened().target_set_by) == (DEFAULT_TARGET, None)
    assert (opened(target=20).target, opened(target=20).target_set_by) == (20, BRONWEN)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda: opened(theme="  "), ("Say what the month's theme is.", "theme")),
        (lambda: opened(theme="x" * 201), ("The theme is too long: at most 200 characters are kept.", "theme")),
        (lambda: opened(target=0), ("A target of 0 asks for nothing. Give a number above 0.", "target")),
        (
            lambda: opened("2017-13"),
            ("'2017-13' is not a month. Write the year and the month, like 2017-08.", "month"),
        ),
    ],
    ids=["no theme", "a long theme", "no target", "no month"],
)
def test_a_round_is_not_opened_without_what_it_needs(act: Callable[[], object], said: tuple[str, str]) -> None:
    assert refusal(act) == said


def test_steps_that_a_short_month_pushes_into_the_next_are_shown() -> None:
    long = Rulebook.of(Policy(month=MonthDays(due=18, cut_off=21, moderate=22)))
    assert dates_out_of_month(opened("2018-02", rules=long)) == ["cut-off on 1 March", "moderation on 2 March"]
    assert dates_out_of_month(opened()) == []


def test_giving_out_tells_each_holder_once() -> None:
    month = opened()
    given = planned(month, "Asha", "Kofi")
    facts = month.distribute(given, at=GIVEN_OUT_AT)
    assert [(fact.kind(), fact.about, [who.name for who in fact.tell]) for fact in facts] == [
        ("case_given_out", "AUD-2017-10-01", ["Asha"]),
        ("case_given_out", "AUD-2017-10-02", ["Kofi"]),
    ]
    assert {(a.state, a.given_out_at) for a in given} == {(AllocationState.OUT, GIVEN_OUT_AT)}
    assert month.state is RoundState.DISTRIBUTED


def test_what_is_out_is_not_given_out_again() -> None:
    month = opened()
    given = planned(month, "Asha")
    month.distribute(given, at=GIVEN_OUT_AT)
    assert refusal(lambda: month.distribute(given, at=GIVEN_OUT_AT)) == (
        "AUD-2017-10-01 has been given out already.",
        "",
    )


def test_there_must_be_something_to_give_out() -> None:
    month = opened()
    said = refusal(lambda: month.distribute([], at=GIVEN_OUT_AT))
    assert said == ("There is nothing to give out for October 2017. Allocate first.", "")
    assert month.state is RoundState.OPEN


def test_once_all_of_it_is_out_that_is_said() -> None:
    month = opened()
    month.distribute(planned(month, "Asha"), at=GIVEN_OUT_AT)
    assert refusal(lambda: month.distribute([], at=GIVEN_OUT_AT)) == (
        "Everything that is allocated is given out already.",
        "",
    )


@pytest.mark.parametrize("state", [RoundState.PLANNED, RoundState.MODERATING, RoundState.REPORTED, RoundState.CLOSED])
def test_a_month_that_is_not_running_gives_nothing_out(state: RoundState) -> None:
    month = opened()
    waiting = planned(month, "Asha")
    month.state = state
    sentence = f"The round for October 2017 is {state}; nothing more is drawn or given out in it."
    assert refusal(lambda: month.distribute(waiting, at=GIVEN_OUT_AT)) == (sentence, "")
    assert refusal(lambda: propose(month, [], AsItStands([], {}, {}), RULES)) == (sentence, "")
    assert refusal(lambda: allocate(month, Matching((), ()), numbered_from=1)) == (sentence, "")
    assert [a.state for a in waiting] == [AllocationState.PLANNED]


def test_a_month_closes_once_nothing_is_unsettled() -> None:
    month = opened()
    said = refusal(lambda: month.close(planned(month, "Asha", "Kofi")))
    assert said == ("October 2017 cannot be closed while these have not ended: AUD-2017-10-01, AUD-2017-10-02.", "")
    facts = [fact.kind() for fact in month.close([])]
    assert (facts, month.state.value) == (["round_closed"], "closed")
    assert refusal(lambda: month.close([])) == ("The round for October 2017 is closed already.", "")
