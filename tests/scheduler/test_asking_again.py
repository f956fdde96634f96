"""Heads of Service who have not answered are asked once more, on the days of their ladder, whoever sweeps."""

from collections import Counter
from datetime import date, datetime, time

import pytest

from bot import messages
from programme.absences import Absence
from programme.calendar import at_london
from programme.notices import Letter
from programme.rounds import open_round
from programme.words import Reason
from scheduler.sweeps.asking_again import AskingAgain
from storage import clock, find, more_time
from storage.office import Office
from tests.cast import Cast, here
from tests.storage.crowd import at_once

FIRST, SECOND = "AUD-2017-10-01", "AUD-2017-10-02"


def on(day: int, hour: time = time(9)) -> datetime:
    return at_london(date(2017, 10, day), hour)


def sweep(office: Office, day: int, hour: time = time(9)) -> int:
    with office.record.writing() as session:
        clock.set_to(session, on(day, hour))
    return AskingAgain(office).sweep()


def asked(office: Office) -> Counter[str]:
    with office.record.reading() as session:
        return Counter(notice.person.email for notice in find.notices.of_kind(session, "head_reminded"))


def explain(office: Office, *refs: str) -> None:
    with office.record.writing() as session:
        for ref in refs:
            find.allocations.by_ref(session, ref).reason = Reason.CAPACITY


def wants_more(office: Office, cast: Cast) -> None:
    """More time is had once on Monday 2 October, and on Tuesday asked for."""
    for day, until in ((2, 17), (3, 18)):
        with office.record.writing() as session:
            clock.set_to(session, on(day, time(10)))
            more_time.have(session, office, FIRST, date(2017, 10, until), here(session, cast.auditor))


@pytest.mark.usefixtures("cast")
def test_silence_after_the_cut_off_is_asked_about_twice(office: Office, cast: Cast) -> None:
    days = {day: sweep(office, day) for day in range(3, 32)}
    # The moderation day is Friday 20 October; the report is drafted by Thursday 26 October.
    assert {day: n for day, n in days.items() if n} == {20: 1, 25: 1}
    assert asked(office) == {cast.head_of_service.email: 2}


@pytest.mark.usefixtures("cast")
def test_nobody_is_asked_once_everything_is_explained(office: Office) -> None:
    explain(office, FIRST)
    assert sweep(office, 20) == 1
    explain(office, SECOND)
    assert [day for day in range(21, 32) if sweep(office, day)] == []


def test_who_waits_for_more_time_is_brought_up_again_on_the_last_morning(office: Office, cast: Cast) -> None:
    wants_more(office, cast)
    assert [sweep(office, 3, time(16)), sweep(office, 4), sweep(office, 4, time(10))] == [0, 1, 0]
    assert asked(office) == {cast.head_of_service.email: 1}


def test_what_was_answered_is_not_asked_again(office: Office, cast: Cast) -> None:
    wants_more(office, cast)
    with office.record.writing() as session:
        more_time.refuse(session, office, FIRST, here(session, cast.head_of_service))
    assert sweep(office, 4) == 0


def test_who_is_not_at_work_is_asked_when_they_are_back(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        session.add(Absence(here(session, cast.head_of_service), date(2017, 10, 20), date(2017, 10, 23)))
    assert [sweep(office, day) for day in (20, 23, 24)] == [0, 0, 1]


def test_two_months_are_asked_about_in_two_messages(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        october, by = find.rounds.of_month(session, "2017-10"), here(session, cast.administrator)
        assert october.group is not None
        assert october.tool is not None
        find.allocations.by_ref(session, SECOND).round, _ = open_round(
            "2017-11", theme="Neglect", group=october.group, tool=october.tool, target=30, by=by, rules=office.rules
        )
        clock.set_to(session, at_london(date(2017, 11, 30), time(9)))
    assert AskingAgain(office).sweep() == 2
    with office.record.reading() as session:
        both = find.notices.of_kind(session, "head_reminded")
        drawn = {each.about: messages.render(session, office, each) for each in both}
    assert {month: isinstance(each, Letter) for month, each in drawn.items()} == {"2017-10": True, "2017-11": True}


@pytest.mark.usefixtures("cast")
def test_a_newer_message_about_a_month_stands_for_the_one_before(office: Office) -> None:
    assert [sweep(office, day) for day in (20, 25)] == [1, 1]
    with office.record.reading() as session:
        both = find.notices.of_kind(session, "head_reminded")
        drawn = [messages.render(session, office, each) for each in both]
    assert [isinstance(each, Letter) for each in drawn] == [False, True]


def test_eight_at_once_ask_once(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        clock.set_to(session, on(26))
    at_once(8, lambda _n: AskingAgain(office).sweep())
    assert asked(office) == {cast.head_of_service.email: 1}
