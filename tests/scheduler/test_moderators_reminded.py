"""The ladder of who moderates: the eve, the day and three days after, until theirs is read and agreed."""

from collections import Counter
from datetime import date, datetime, time

import pytest

from bot import messages
from programme.absences import Absence
from programme.calendar import at_london
from programme.notices import Dropped, Letter, Rank
from programme.people import Person
from programme.words import RoundState
from scheduler.sweeps.reminders import Reminders
from storage import clock, find
from storage.chasing import MODERATION
from storage.office import Office
from tests import moderated
from tests.cast import MONTH, Cast, here
from tests.storage.crowd import at_once

PARTNER = "ottilie@example.org"


def on(day: int, hour: time = time(9)) -> datetime:
    return at_london(date(2017, 10, day), hour)


def sweep(office: Office, day: int, hour: time = time(9)) -> int:
    with office.record.writing() as session:
        clock.set_to(session, on(day, hour))
    return Reminders(office, MODERATION).sweep()


def told(office: Office) -> Counter[str]:
    with office.record.reading() as session:
        return Counter(notice.person.email for notice in find.notices.of_kind(session, "moderator_reminded"))


def newest(office: Office) -> Letter | Dropped:
    with office.record.reading() as session:
        return messages.render(session, office, find.notices.of_kind(session, "moderator_reminded")[-1])


@pytest.fixture(autouse=True)
def pair(office: Office, cast: Cast) -> tuple[Person, Person]:
    """The auditor's audit is in, and two are to read it: the moderation day is Friday 20 October."""
    moderated.returned(office, cast)
    return moderated.pair(office, cast)


def test_who_has_not_read_is_reminded_on_the_eve_the_day_and_three_days_after(office: Office, cast: Cast) -> None:
    days = {day: sweep(office, day) for day in range(3, 32)}
    assert {day: n for day, n in days.items() if n} == {19: 2, 20: 2, 23: 2, 24: 2, 25: 2}
    assert told(office) == {cast.peer.email: 5, PARTNER: 5}


def test_who_has_read_waits_for_their_partner_and_then_both_are_to_agree(
    office: Office, cast: Cast, pair: tuple[Person, Person]
) -> None:
    sweep(office, 19)
    moderated.read_by(office, pair[0])
    assert sweep(office, 20) == 1
    moderated.read_by(office, pair[1])
    assert sweep(office, 23) == 2
    said = newest(office)
    assert (isinstance(said, Letter) and said.rank, "1 to agree" in str(said)) == (Rank.LATE, True)
    moderated.agreed_by(office, pair[0], moderated.judged())
    assert sweep(office, 24) == 0
    assert told(office) == {cast.peer.email: 2, PARTNER: 3}
    assert isinstance(newest(office), Dropped)


def test_eight_at_once_after_an_outage_say_one_thing_to_each(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        clock.set_to(session, on(24))
    at_once(8, lambda _n: Reminders(office, MODERATION).sweep())
    assert told(office) == {cast.peer.email: 1, PARTNER: 1}
    assert sweep(office, 24, time(16)) == 0


def test_who_is_not_at_work_hears_when_they_are_back(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        session.add(Absence(here(session, cast.peer), date(2017, 10, 19), date(2017, 10, 20)))
    assert [sweep(office, day) for day in (19, 20, 23)] == [1, 1, 2]


def test_nobody_is_reminded_of_a_month_that_is_reported(office: Office) -> None:
    with office.record.writing() as session:
        find.rounds.of_month(session, MONTH).state = RoundState.REPORTED
    assert [day for day in range(16, 27) if sweep(office, day)] == []
