"""The auditor job finds what was due and came to nothing, keeps it while it is so, and finds nothing else."""

import random
from collections import Counter
from datetime import date, time, timedelta

import pytest
from sqlalchemy import delete, select

from programme.calendar import at_london
from programme.exceptions import exceptions
from programme.facts import MessagesPaused
from programme.notices import PACED, Answer, Dropped, Reply
from programme.unmet import Lack
from programme.words import NoticeState, Way
from scheduler.sweeps.alerts import Alarms
from scheduler.sweeps.auditor import Auditor
from scheduler.sweeps.reminders import Reminders
from storage import alarming, clock, find, journal, tables
from storage.chasing import AUDITS
from storage.office import Office
from tests.bot.test_safety import REF as ALERT
from tests.bot.test_safety import after, alarm
from tests.cast import GIVEN_OUT_AT, Cast, here
from tests.scheduler.later import later

FIRST = "AUD-2017-10-01"
GIVEN_OUT = "case_given_out"


def set_to(office: Office, day: int, hour: time) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, day), hour))


def found(office: Office) -> Counter[tuple[str, str]]:
    """What the auditor job finds now: what is lacking, and about what."""
    Auditor(office).sweep()
    with office.record.reading() as session:
        return Counter((str(each.lack), each.about) for each in find.unmet.known(session))


def sent(office: Office) -> None:
    """Everything that waits goes out."""
    with office.record.writing() as session:
        for notice in find.notices.in_state(session, NoticeState.WAITING):
            notice.record(Reply(Answer.OK, channel="c", stamp="1"), at=GIVEN_OUT_AT, real_now=office.real_now())


@pytest.mark.usefixtures("cast")
class TestMessagesThatAreLate:
    def test_after_twenty_minutes_and_not_before(self, office: Office) -> None:
        set_to(office, 2, time(9, 19))
        assert found(office) == {}
        set_to(office, 2, time(9, 20))
        assert found(office) == {("late", FIRST): 1, ("late", "AUD-2017-10-02"): 1}

    def test_they_are_late_no_longer_as_soon_as_they_are_out(self, office: Office) -> None:
        set_to(office, 2, time(9, 30))
        Auditor(office).sweep()
        sent(office)
        with office.record.reading() as session:
            assert (find.unmet.count(session), find.unmet.references(session, at_most=5)) == (0, [])
        assert found(office) == {}

    def test_what_was_found_before_is_found_since_then(self, office: Office) -> None:
        set_to(office, 2, time(9, 30))
        since = []
        for ahead in (0, 15):
            Auditor(later(office, minutes=ahead)).sweep()
            with office.record.reading() as session:
                since.append({each.since for each in find.unmet.known(session)})
        assert since[0] == since[1]

    def test_none_is_late_while_messages_are_paused(self, office: Office) -> None:
        set_to(office, 2, time(12))
        with office.record.writing() as session:
            find.notices.set_paused(session, paused=True)
        assert found(office) == {}

    def test_none_is_late_while_slack_refuses_us_all(self, office: Office) -> None:
        set_to(office, 2, time(12))
        with office.record.writing() as session:
            find.notices.switch(session, to_change=True).refuse("token_revoked", real_now=office.real_now())
        assert found(office) == {}

    def test_one_that_went_slowly_and_was_then_put_off_hides_no_other(self, office: Office) -> None:
        """It had to rest for the pace's sake, and its hour was over: what else is late is seen all the same."""
        set_to(office, 2, time(12))
        with office.record.writing() as session:
            first = find.notices.in_state(session, NoticeState.WAITING)[0]
            first.record(Reply(Answer.RETRY, PACED, wait=5, asked=False), at=GIVEN_OUT_AT, real_now=office.real_now())
            first.drop(Dropped("not now", until=GIVEN_OUT_AT + timedelta(days=1)))
        assert found(office) == {("late", "AUD-2017-10-02"): 1}
        with office.record.reading() as session:
            assert find.notices.held_up(session) is None

    @pytest.mark.parametrize("held", [True, False])
    def test_one_that_is_held_back_or_put_off_is_not_late(self, office: Office, held: bool) -> None:
        set_to(office, 2, time(12))
        with office.record.writing() as session:
            first = find.notices.in_state(session, NoticeState.WAITING)[0]
            if held:
                first.state = NoticeState.HELD
            else:
                first.drop(Dropped("not at this hour", until=GIVEN_OUT_AT + timedelta(days=1)))
        assert found(office) == {("late", "AUD-2017-10-02"): 1}

    def test_one_that_a_dead_worker_held_is_late(self, office: Office) -> None:
        set_to(office, 2, time(12))
        with office.record.writing() as session:
            first, second = find.notices.of_kind(session, GIVEN_OUT)
            first.lease("w1", real_now=office.real_now())
            second.drop(Dropped("not needed here"))
        assert found(office) == {}
        assert found(later(office, minutes=23)) == {("late", FIRST): 1}


class TestMessagesThatAreGone:
    def test_a_hundred_of_a_thousand_are_found_each(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            told = tuple(here(session, who) for who in (cast.auditor, cast.peer))
            facts = [MessagesPaused(about=f"extra {number}", paused=True, tell=told) for number in range(500)]
            journal.write(session, facts, by=None, at=GIVEN_OUT_AT)
        sent(office)
        assert found(office) == {}
        with office.record.writing() as session:
            keys = sorted(session.scalars(select(tables.notice.c.key)))
            gone = random.Random(1710).sample(keys, 100)
            session.execute(delete(tables.notice).where(tables.notice.c.key.in_(gone)))
        Auditor(office).sweep()
        with office.record.reading() as session:
            assert {(each.lack, each.what) for each in find.unmet.known(session)} == {(Lack.LOST, key) for key in gone}
            assert find.unmet.count(session) == 100

    @pytest.mark.parametrize("way", [Way.CHAT, Way.EMAIL])
    def test_one_of_two_ways_is_missed_though_the_other_is_there(self, office: Office, cast: Cast, way: Way) -> None:
        alarm(office, cast)
        sent(office)
        assert found(office) == {}
        n = tables.notice.c
        with office.record.writing() as session:
            gone = delete(tables.notice).where(n.about == ALERT, n.way == way, n.person_id == cast.team_manager.id)
            key = session.execute(gone.returning(n.key)).scalar_one()
        assert found(office) == {("lost", ALERT): 1}
        with office.record.reading() as session:
            assert [each.what for each in find.unmet.known(session)] == [key]


@pytest.mark.usefixtures("cast")
class TestStepsThatWereNotTaken:
    def test_twenty_minutes_after_they_were_due(self, office: Office) -> None:
        sent(office)
        set_to(office, 6, time(9, 19))
        assert found(office) == {}
        set_to(office, 6, time(9, 20))
        assert found(office) == {("not_taken", FIRST): 1, ("not_taken", "AUD-2017-10-02"): 1}

    def test_what_was_taken_in_time_is_not_missed(self, office: Office) -> None:
        missed = Counter[tuple[str, str]]()
        for day in range(2, 25):
            set_to(office, day, time(9))
            Reminders(office, AUDITS).sweep()
            sent(office)
            set_to(office, day, time(16))
            missed += found(office)
        assert missed == {}

    def test_nothing_is_missed_at_night(self, office: Office) -> None:
        sent(office)
        set_to(office, 6, time(6))
        assert found(office) == {}

    def test_one_that_cannot_be_judged_is_missed(self, office: Office) -> None:
        sent(office)
        with office.record.writing() as session:
            find.allocations.by_ref(session, FIRST).due_on = date.min
        set_to(office, 4, time(12))
        assert found(office) == {("not_taken", FIRST): 1}


class TestAlertsThatWereNotToldAgain:
    """It is a Saturday night: an alert waits for no working day."""

    def test_twenty_minutes_after_it_was_due(self, office: Office, cast: Cast) -> None:
        alarm(office, cast)
        sent(office)
        after(office, 49)
        assert found(office) == {}
        after(office, 50)
        assert found(office) == {("not_taken", ALERT): 1}

    def test_until_it_is_told_again(self, office: Office, cast: Cast) -> None:
        alarm(office, cast)
        after(office, 50)
        Alarms(office).sweep()
        sent(office)
        assert found(office) == {}

    def test_not_once_somebody_has_it_in_hand(self, office: Office, cast: Cast) -> None:
        alarm(office, cast)
        with office.record.writing() as session:
            alarming.take(session, office, ALERT, here(session, cast.team_manager))
        sent(office)
        after(office, 600)
        assert found(office) == {}


def test_those_who_run_the_month_read_how_many(office: Office, cast: Cast) -> None:
    set_to(office, 2, time(12))
    Auditor(office).sweep()
    with office.record.reading() as session:
        of = find.exceptions.found(session, cast.round, today=date(2017, 10, 2), rules=office.rules)
        said = [each.said for each in exceptions(of, date(2017, 10, 2))]
    assert said == ["2 messages are late or missing. Whoever runs the server should look: flask doctor."]
