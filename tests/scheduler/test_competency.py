"""Who was asked to evaluate or to sign off is reminded like everybody: in the hours, once a day, until they answer."""

from collections import Counter
from datetime import date, time

import pytest

from programme.absences import Absence
from programme.calendar import at_london
from scheduler.sweeps.competency import CompetencyWaits
from storage import clock, find
from storage.office import Office
from tests.cast import Cast, here
from tests.competing import LEADER, both_evaluate, develops, evaluates, moderated, put_forward


@pytest.fixture
def ref(office: Office, cast: Cast) -> str:
    """Put forward on Monday 2 October, so both are reminded on the 9th."""
    moderated(office, cast)
    develops(office, cast)
    return put_forward(office, cast)


def sweep(office: Office, day: int, hour: time = time(9)) -> int:
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, day), hour))
    return CompetencyWaits(office).sweep()


def reminded(office: Office) -> Counter[str]:
    with office.record.reading() as session:
        return Counter(each.person.email for each in find.notices.of_kind(session, "competency_reminded"))


def test_every_five_working_days_until_they_answer(office: Office, cast: Cast, ref: str) -> None:
    assert [sweep(office, day) for day in range(3, 10)] == [0, 0, 0, 0, 0, 0, 2]
    evaluates(office, ref, cast.head_of_service)
    assert [sweep(office, day) for day in range(10, 18)] == [0, 0, 0, 0, 0, 0, 1, 0]
    assert reminded(office) == {"maren@example.org": 1, "idris@example.org": 2}


def test_leadership_from_the_day_on_which_both_had_evaluated(office: Office, cast: Cast, ref: str) -> None:
    sweep(office, 4)
    both_evaluate(office, cast, ref)
    assert [sweep(office, day) for day in (9, 10, 11)] == [0, 0, 1]
    assert reminded(office) == {LEADER: 1}


@pytest.mark.usefixtures("ref")
def test_not_outside_the_hours_nor_while_they_are_away_and_once_on_return(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        session.add(Absence(here(session, cast.head_of_service), date(2017, 10, 9), date(2017, 10, 17)))
    assert [sweep(office, 9, time(8, 59)), sweep(office, 9), sweep(office, 18)] == [0, 1, 2]
    assert reminded(office) == {"maren@example.org": 1, "idris@example.org": 2}
