"""A worker whose machine's clock is wrong does nothing and says so; a jump neither loses nor doubles a message."""

from collections import Counter
from datetime import timedelta

import pytest

from programme.notices import Answer, Letter, Notice, Reply
from scheduler.post.postman import Postman
from scheduler.watch import Watch
from scheduler.work import Worker
from storage import find, heartbeat
from storage.office import Office
from storage.session import Session
from tests.scheduler.test_work import Nothing, Sending, ready
from tests.scheduler.ticking import OnMachine, on_machine

JUMPS = [timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=-1)]


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_a_jump_is_seen_at_once_and_without_the_database(office: Office, jump: timedelta) -> None:
    here = on_machine(office)
    watch = Watch(here)
    watch.look()
    before = watch.is_right()
    here.machine.shift = jump
    assert (before, watch.is_right()) == (True, False)
    here.machine.shift = timedelta(0)
    assert watch.is_right()


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_a_clock_that_is_apart_from_the_databases_is_wrong_for_as_long_as_it_is(
    office: Office, jump: timedelta
) -> None:
    here = on_machine(office)
    here.machine.shift = jump
    watch = Watch(here)
    assert round(watch.look() / jump, 2) == 1
    assert not watch.is_right()


def test_some_seconds_do_not_matter(office: Office) -> None:
    here = on_machine(office)
    here.machine.shift = timedelta(seconds=50)
    watch = Watch(here)
    watch.look()
    assert watch.is_right()


def test_a_minute_that_has_passed_is_no_jump(office: Office) -> None:
    here = on_machine(office)
    watch = Watch(here, here.machine.ticks)
    watch.look()
    here.machine.shift, here.machine.ticked = timedelta(minutes=10), 600.0
    assert watch.is_right()


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_a_worker_with_a_wrong_clock_says_so_and_that_it_is_alive(office: Office, jump: timedelta) -> None:
    here = on_machine(office)
    worker = Worker(here, Sending(ready), "w1", Nothing())
    here.machine.shift = jump
    worker.beat()
    with office.record.reading() as session:
        now = office.real_now()
        assert (heartbeat.alive(session, at=now), heartbeat.apart(session, at=now)) == (1, jump.total_seconds())
    here.machine.shift = timedelta(0)
    worker.beat()
    with office.record.reading() as session:
        assert heartbeat.apart(session, at=office.real_now()) == 0


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_two_workers_send_each_message_once_though_a_clock_jumps_while_one_sends(
    office: Office, jump: timedelta
) -> None:
    """While the first sends, its own clock jumps, and the other looks for something to send."""
    here, sent = on_machine(office), Counter[str]()

    def sending(notice: Notice, _letter: Letter) -> Reply:
        found = notice.doubtful and sent[notice.key]
        sent[notice.key] += 0 if found else 1
        return Reply(Answer.OK, "found" if found else "")

    def sending_while_it_jumps(notice: Notice, letter: Letter) -> Reply:
        reply = sending(notice, letter)
        here.machine.shift += jump
        other(here, sending)
        return reply

    def other(at: OnMachine, send: object) -> None:
        Postman(at, drawn, send, "second").deliver_until_empty()  # type: ignore[arg-type]

    def drawn(_session: Session, notice: Notice) -> Letter:
        return Letter(notice.about)

    Postman(here, drawn, sending_while_it_jumps, "first").deliver_until_empty()
    here.machine.shift = timedelta(0)
    other(here, sending)
    with office.record.reading() as session:
        assert (find.notices.waiting_count(session), Counter(sent.values())) == (0, {1: 2})
