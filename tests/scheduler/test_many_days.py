"""Whole days of the programme with several workers at once: each thing is done once, at its hour, whoever does it.

Nobody answers anything, so the whole ladder is heard. At each hour every worker takes every job of the timetable, all
of them starting at the same moment; each has connections of its own.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

import pytest

from programme.calendar import at_london, london
from programme.chasing import CHECK_IN, CLOSING, DAY_BEFORE, HEAD_TOLD, WAS_DUE, is_reminding_time
from programme.notices import Answer, Letter, Notice, Reply
from programme.words import NoticeState
from scheduler.work import Worker
from storage import clock, find
from storage.office import Office
from storage.session import Record
from tests.cast import NOW
from tests.scheduler.test_work import Nothing, Sending, ready
from tests.storage.crowd import at_once
from tests.storage.test_races import url_of

FIRST_DAY = date(2017, 10, 2)
HOURS = (time(0, 45), time(8, 55), time(9, 5), time(12, 5), time(16, 55), time(17, 5))
REFS = ("AUD-2017-10-01", "AUD-2017-10-02")
LADDER = {6: CHECK_IN, 12: DAY_BEFORE, 16: WAS_DUE, 17: HEAD_TOLD, 19: CLOSING}


@dataclass
class Sent:
    """What every worker's Slack was given: by which key, at what time of the programme, to whom, and how urgent."""

    at: datetime = NOW
    keys: list[str] = field(default_factory=list)
    of_the_day: list[tuple[str, datetime]] = field(default_factory=list)

    def send(self, notice: Notice, _letter: Letter) -> Reply:
        self.keys.append(notice.posted_as)
        if notice.of_the_day:
            self.of_the_day.append((notice.person.email, self.at))
        return Reply(Answer.OK, channel="C", stamp="17.1")


@contextmanager
def workers(office: Office, many: int, sent: Sent) -> Iterator[Sequence[Worker]]:
    records = [Record(url_of(office.record)) for _ in range(many)]
    chat = Sending(ready, sent.send)
    yield [
        Worker(replace(office, record=record), chat, name=f"host:{number}", collects=Nothing())
        for number, record in enumerate(records)
    ]
    for record in records:
        record.close()


def live(office: Office, at_work: Sequence[Worker], sent: Sent, days: int) -> None:
    for number in range(days):
        for hour in HOURS:
            sent.at = at_london(FIRST_DAY + timedelta(days=number), hour)
            with office.record.writing() as session:
                clock.set_to(session, sent.at)
            at_once(len(at_work), lambda worker: at_work[worker].sweep_once())


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    ("many", "days"), [(2, 6), pytest.param(2, 30, marks=pytest.mark.soak), pytest.param(8, 30, marks=pytest.mark.soak)]
)
def test_each_thing_once_at_its_hour_in_one_message_a_day(
    office: Office, many: int, days: int, caplog: pytest.LogCaptureFixture
) -> None:
    sent = Sent()
    with workers(office, many, sent) as at_work:
        live(office, at_work, sent, days)
    assert [record for record in caplog.records if record.exc_info] == []
    assert Counter(sent.keys).most_common(1)[0][1] == 1
    assert max(Counter((who, london(at).date()) for who, at in sent.of_the_day).values()) == 1
    assert [at for _, at in sent.of_the_day if not is_reminding_time(at, office.rules)] == []
    with office.record.reading() as session:
        waiting = find.notices.in_state(session, NoticeState.WAITING)
        taken = find.chasing.steps(session, REFS)
        lacking = find.unmet.count(session)
    expected = [(name, at_london(date(2017, 10, day), time(9, 5))) for day, name in LADDER.items() if day < 2 + days]
    assert {of: [(each.step, each.taken_at) for each in steps] for of, steps in taken.items()} == dict.fromkeys(
        REFS, expected
    )
    assert (len(waiting), lacking) == (0, 0)
