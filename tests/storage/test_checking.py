"""Checks on record: one decision for each confirmation, one who is asked, and what comes of their answer."""

from dataclasses import replace
from datetime import date, time

import pytest

from programme.absences import Absence
from programme.calendar import at_london
from programme.checking import CheckAnswer, WhyChecked
from programme.closing_policy import CheckRules
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.rulebook import Rulebook
from programme.words import ActionState, Priority
from scheduler.sweeps.checks import Checks
from scheduler.sweeps.reminders import Reminders
from storage import acting, alarming, checking, clock, find
from storage.chasing import CHECKS
from storage.office import Office
from tests.bot.test_actions import REF
from tests.cast import Cast, here
from tests.checked import MISSING, SAID, action, asked, check, confirm, confirmed, every_one, learning, told
from tests.storage.crowd import at_once


def shows(office: Office, by: Person, ref: str = REF) -> None:
    with office.record.writing() as session:
        checking.shown(session, office, ref, here(session, by))


def reopens(office: Office, by: Person, words: str = MISSING, ref: str = REF) -> None:
    with office.record.writing() as session:
        checking.reopen(session, office, ref, words, here(session, by))


def goes_on_to(office: Office, day: date, hour: time = time(9, 30)) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(day, hour))


@pytest.fixture
def kwame(office: Office, cast: Cast) -> Person:  # noqa: ARG001 - beside the cast
    return learning(office)


def test_an_urgent_one_is_checked_by_somebody_of_no_tie_to_it(office: Office, cast: Cast, kwame: Person) -> None:
    found = asked(office, cast)
    assert (found.why, found.checker and found.checker.email, found.due_on) == (
        WhyChecked.URGENT,
        kwame.email,
        date(2017, 10, 9),
    )
    assert told(office, "check_asked") == [kwame.email]


def test_a_standard_one_that_is_not_drawn_has_its_lot_on_record(office: Office, cast: Cast, kwame: Person) -> None:
    confirmed(office, cast, Priority.STANDARD)
    never = replace(office, rules=Rulebook.of(replace(office.rules.policy, checks=CheckRules(one_in=10**9))))
    assert [Checks(never).sweep() for _ in range(2)] == [1, 0]
    with office.record.reading() as session:
        [kept] = find.checks.ever_of(session, find.actions.by_ref(session, REF))
    assert (kept.why, kept.checker, kwame.email in told(office, "check_asked")) == (WhyChecked.NOT_DRAWN, None, False)


def test_of_those_drawn_a_month_has_eight(office: Office, cast: Cast, kwame: Person) -> None:
    confirmed(office, cast, Priority.STANDARD, many=10)
    Checks(every_one(office)).sweep()
    with office.record.reading() as session:
        actions = [find.actions.by_ref(session, f"ACT-2017-10-01-{n}") for n in range(1, 11)]
        whys = [find.checks.ever_of(session, each)[0].why for each in actions]
    assert whys == [WhyChecked.DRAWN] * 8 + [WhyChecked.MONTH_FULL] * 2
    assert (told(office, "check_asked").count(kwame.email), len(told(office, "check_asked"))) == (4, 8)


def test_of_many_workers_one_decides_and_no_place_is_given_twice(office: Office, cast: Cast, kwame: Person) -> None:
    confirmed(office, cast, Priority.STANDARD, many=9)
    at_once(4, lambda _: Checks(every_one(office)).sweep())
    goes_on_to(office, date(2017, 10, 3))
    Checks(every_one(office)).sweep()
    with office.record.reading() as session:
        found = [
            find.checks.ever_of(session, find.actions.by_ref(session, f"ACT-2017-10-01-{n}")) for n in range(1, 10)
        ]
    assert [len(each) for each in found] == [1] * 9
    assert sorted(each[0].place or 0 for each in found) == [0, *range(1, 9)]
    assert kwame.email in told(office, "check_asked")


def test_the_record_shows_it(office: Office, cast: Cast, kwame: Person) -> None:
    asked(office, cast)
    shows(office, kwame)
    assert (action(office).state, check(office).answer) == (ActionState.CHECKED, CheckAnswer.SHOWN)
    with pytest.raises(Refusal, match="You answered this on Monday 2 October"):
        shows(office, kwame)


def test_reopened_it_is_its_owners_again_by_a_new_date_and_nothing_said_is_lost(
    office: Office, cast: Cast, kwame: Person
) -> None:
    asked(office, cast)
    goes_on_to(office, date(2017, 10, 4))
    reopens(office, kwame)
    again, made = action(office), check(office)
    assert again.first_due_on == date(2017, 10, 9)
    assert (again.state, again.due_on, again.confirmed_by, again.done) == (
        ActionState.SENT,
        date(2017, 10, 11),
        None,
        "",
    )
    assert made.recorded_where == SAID.recorded_where
    assert (made.answer, made.words, made.done, made.changed, made.was_due_on) == (
        CheckAnswer.REOPENED,
        MISSING,
        SAID.done,
        SAID.changed,
        date(2017, 10, 9),
    )
    assert told(office, "action_reopened") == [cast.childs_head_of_service.email, cast.team_manager.email]


def test_confirmed_again_it_is_checked_again(office: Office, cast: Cast, kwame: Person) -> None:
    asked(office, cast)
    reopens(office, kwame)
    goes_on_to(office, date(2017, 10, 4))
    confirm(office, cast)
    Checks(office).sweep()
    assert (check(office).ref, check(office).waits) == ("CHK-2017-10-01-1-2", True)


@pytest.mark.parametrize("words", ["", "no", "   nothing  "])
def test_why_it_is_reopened_is_said_in_a_sentence(office: Office, cast: Cast, kwame: Person, words: str) -> None:
    asked(office, cast)
    with pytest.raises(Refusal, match="Say what the record does not show"):
        reopens(office, kwame, words)
    assert (action(office).state, check(office).waits) == (ActionState.CONFIRMED, True)


def test_nobody_else_answers(office: Office, cast: Cast, kwame: Person) -> None:
    asked(office, cast)
    for stranger in cast.everyone:
        with pytest.raises(NotAllowed):
            shows(office, stranger)
        with pytest.raises(NotAllowed):
            reopens(office, stranger)
    assert (check(office).waits, kwame.email) == (True, "kwame@example.org")


def test_of_two_answers_at_once_one_counts(office: Office, cast: Cast, kwame: Person) -> None:
    asked(office, cast)

    def answer(number: int) -> str:
        try:
            (shows if number % 2 else reopens)(office, kwame)
        except Refusal as refused:
            return type(refused).__name__
        return "won"

    assert sorted(at_once(6, answer)) == ["Refusal"] * 5 + ["won"]
    stands = (check(office).answer, action(office).state)
    assert stands in {(CheckAnswer.SHOWN, ActionState.CHECKED), (CheckAnswer.REOPENED, ActionState.SENT)}


class TestWhoIsAskedCannot:
    def test_who_moves_on_gives_way_to_another(self, office: Office, cast: Cast, kwame: Person) -> None:
        asked(office, cast)
        goes_on_to(office, date(2017, 10, 5))
        with office.record.writing() as session:
            here(session, kwame).ends = date(2017, 10, 4)
        assert [Checks(office).sweep() for _ in range(2)] == [1, 0]
        found = check(office)
        assert (found.checker and found.checker.email, found.due_on) == (cast.head_of_service.email, date(2017, 10, 12))
        assert told(office, "check_handed_on") == [cast.head_of_service.email]

    def test_who_is_away_until_it_is_due_does_too(self, office: Office, cast: Cast, kwame: Person) -> None:
        asked(office, cast)
        with office.record.writing() as session:
            session.add(Absence(here(session, kwame), date(2017, 10, 2), date(2017, 10, 9)))
        assert (Checks(office).sweep(), check(office).checker != kwame) == (1, True)

    def test_who_has_come_into_the_owners_service_does_too(self, office: Office, cast: Cast, kwame: Person) -> None:
        asked(office, cast)
        with office.record.writing() as session:
            here(session, kwame).service = here(session, cast.childs_head_of_service).service
        with pytest.raises(NotAllowed):
            shows(office, kwame)
        Checks(office).sweep()
        assert told(office, "check_handed_on") == [cast.head_of_service.email]

    def test_where_nobody_may_it_waits_and_is_tried_again(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            for who in (cast.head_of_service, cast.head_of_quality):
                here(session, who).ends = date(2017, 10, 1)
        assert asked(office, cast).checker is None
        kwame = learning(office)
        Checks(office).sweep()
        assert told(office, "check_asked") == [kwame.email]

    def test_an_action_that_is_open_again_has_nothing_to_check(self, office: Office, cast: Cast, kwame: Person) -> None:
        asked(office, cast)
        with office.record.writing() as session:
            found = find.actions.by_ref(session, REF, to_change=True)
            found.reopen(at=office.now(session), rules=office.rules)
        with pytest.raises(Refusal, match="not confirmed any more"):
            shows(office, kwame)
        assert [Checks(office).sweep() for _ in range(2)] == [1, 0]
        assert check(office).answer is CheckAnswer.FELL_AWAY


def test_what_began_with_a_worry_about_staff_is_checked_among_those_who_hear_of_such(
    office: Office, cast: Cast, kwame: Person
) -> None:
    with office.record.writing() as session:
        audit = find.allocations.by_ref(session, cast.allocation.ref, to_change=True)
        alarming.raise_alert(session, office, audit, here(session, cast.auditor), staff_conduct=True)
    with office.record.writing() as session:
        acting.confirm(session, office, REF, SAID, by=here(session, cast.childs_head_of_service))
    Checks(office).sweep()
    assert (told(office, "check_asked"), kwame.email) == ([cast.head_of_quality.email], "kwame@example.org")


def test_who_does_not_answer_is_reminded_by_the_ladder_and_then_no_more(
    office: Office, cast: Cast, kwame: Person
) -> None:
    asked(office, cast)
    said = []
    for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 23, 24):
        goes_on_to(office, date(2017, 10, day))
        said.append(Reminders(office, CHECKS).sweep())
    assert said == [0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 1, 0]
    assert set(told(office, "checker_reminded")) == {kwame.email}
    shows(office, kwame)
    goes_on_to(office, date(2017, 10, 30))
    assert Reminders(office, CHECKS).sweep() == 0


def test_a_second_confirmation_is_checked_too_while_the_demos_clock_stands_still(office: Office, cast: Cast) -> None:
    kwame, every = learning(office), every_one(office)
    asked(office, cast)
    with office.record.writing() as session:
        checking.reopen(session, office, REF, MISSING, here(session, kwame))
    confirm(office, cast)
    assert Checks(every).sweep() == 1
    assert check(office).waits
