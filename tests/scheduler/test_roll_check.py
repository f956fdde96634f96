"""The sweep that asks whether lists are right: once, once more, and then noted, whoever sweeps and whatever happens."""

from collections import Counter
from datetime import date, datetime, time

import pytest

from programme.absences import Absence
from programme.calendar import at_london
from programme.people import Person, Service
from programme.ties import Deputy
from scheduler.sweeps.roll_check import RollChecks
from storage import clock, find, roll_checking
from storage.office import Office
from tests.cast import Cast, here
from tests.storage.crowd import at_once

NOVEMBER = "2017-11"
NINE = time(9)


def on(day: int, hour: time = NINE, month: int = 10) -> datetime:
    return at_london(date(2017, month, day), hour)


def sweep(office: Office, day: int, hour: time = NINE, month: int = 10) -> int:
    with office.record.writing() as session:
        clock.set_to(session, on(day, hour, month))
    return RollChecks(office).sweep()


def told(office: Office, kind: str) -> Counter[str]:
    with office.record.reading() as session:
        return Counter(notice.person.email for notice in find.notices.of_kind(session, kind))


def test_ten_working_days_before_a_month_each_service_is_asked_once(office: Office, cast: Cast) -> None:
    days = {day: sweep(office, day) for day in range(2, 32)}
    assert {day: n for day, n in days.items() if n} == {18: 2, 23: 2}
    both = {cast.head_of_service.email: 1, cast.childs_head_of_service.email: 1}
    assert (told(office, "roll_check_asked"), told(office, "roll_check_asked_again")) == (both, both)
    assert [sweep(office, 1, month=11), sweep(office, 2, month=11)] == [2, 0]


@pytest.mark.usefixtures("cast")
def test_nobody_is_asked_outside_the_hours_of_a_working_day(office: Office) -> None:
    assert [sweep(office, 18, time(8, 59)), sweep(office, 18, time(17)), sweep(office, 21)] == [0, 0, 0]


@pytest.mark.usefixtures("cast")
def test_a_worker_that_stood_still_asks_as_soon_as_it_runs_again(office: Office) -> None:
    assert [sweep(office, 31), sweep(office, 31, time(10))] == [2, 0]


@pytest.mark.usefixtures("cast")
def test_nobody_is_asked_of_a_month_that_has_begun(office: Office) -> None:
    assert sweep(office, 1, month=11) == 0


def test_eight_workers_ask_once(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        clock.set_to(session, on(18))
    assert sum(at_once(8, lambda _: RollChecks(office).sweep())) == 2
    assert sum(told(office, "roll_check_asked").values()) == 2
    with office.record.writing() as session:
        clock.set_to(session, on(23))
    assert sum(at_once(8, lambda _: RollChecks(office).sweep())) == 2
    assert told(office, "roll_check_asked_again")[cast.head_of_service.email] == 1


def test_who_has_answered_is_not_asked_again(office: Office, cast: Cast) -> None:
    sweep(office, 18)
    with office.record.writing() as session:
        me = here(session, cast.head_of_service)
        [mine] = roll_checking.waiting_for(session, office, me)
        roll_checking.confirm(session, office, mine.ref, me)
    assert [sweep(office, 23), sweep(office, 1, month=11)] == [1, 1]
    assert told(office, "roll_check_asked_again") == {cast.childs_head_of_service.email: 1}


def test_a_service_that_does_not_take_part_yet_is_not_asked(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        service(here(session, cast.head_of_service)).takes_part_from = date(2017, 11, 2)
    assert (sweep(office, 18), told(office, "roll_check_asked")) == (1, {cast.childs_head_of_service.email: 1})


def test_a_stand_in_is_asked_while_the_head_of_service_is_not_at_work(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        head = here(session, cast.head_of_service)
        session.add(Absence(head, date(2017, 10, 16), date(2017, 10, 20)))
        session.add(Deputy(head, here(session, cast.peer), date(2017, 10, 19), date(2017, 10, 20)))
    assert [sweep(office, 18), sweep(office, 19), sweep(office, 23)] == [1, 1, 1]
    assert told(office, "roll_check_asked") == {cast.childs_head_of_service.email: 1, cast.peer.email: 1}
    assert sweep(office, 24) == 1
    assert told(office, "roll_check_asked_again")[cast.head_of_service.email] == 1


def test_a_head_of_service_who_has_moved_on_is_not_asked(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        here(session, cast.head_of_service).ends = date(2017, 10, 17)
    assert sweep(office, 18) == 1


def service(person: Person) -> Service:
    assert person.service is not None
    return person.service
