"""Two web processes and four workers on one PostgreSQL: what each does is done once, whoever does it."""

import urllib.request
from collections import Counter

import pytest
from sqlalchemy import select

from bot import names
from demo.chat import free_port
from programme.reminder_facts import OnTrack
from programme.words import NoticeState
from storage import tables
from tests.bot.conftest import slack_id
from tests.cast import Cast
from tests.scheduler.test_stopping import Workers, give_out, workers
from tests.storage.crowd import at_once
from tests.twins import signing

__all__ = ["workers"]

AUDITS, AT_ONCE = 40, 8


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_two_web_processes_and_four_workers_act_as_one(workers: Workers, cast: Cast) -> None:
    """While four workers send, people press; every press is answered and counts once, every message goes out once."""
    port = free_port()
    give_out(workers.office, AUDITS)
    workers.start_pages(port)
    for _ in range(4):
        workers.start()

    def press(number: int) -> list[int]:
        """Each for every eighth audit."""
        mine = range(3 + number, AUDITS + 1, AT_ONCE)
        return [_status(port, slack_id(cast.auditor), f"AUD-2017-10-{audit:02d}") for audit in mine]

    answers = [status for each in at_once(AT_ONCE, press) for status in each]
    workers.has_posted(workers.started[-1], AUDITS)
    for worker in workers.started[1:]:
        workers.stop(worker)
    assert Counter(answers) == {200: AUDITS - 2}
    assert Counter(workers.posted().values()) == {1: AUDITS}
    assert workers.states() == {NoticeState.SENT: AUDITS}
    assert on_track(workers) == {1: AUDITS - 2}


def on_track(workers: Workers) -> Counter[int]:
    """How often each audit was said to be on its way."""
    said = select(tables.history.c.about).where(tables.history.c.kind == OnTrack.kind())
    with workers.office.record.reading() as session:
        return Counter(Counter(session.scalars(said)).values())


def _status(port: int, user: str, audit: str) -> int:
    signed = signing.press(user, names.ON_TRACK, audit, trigger="t")
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/slack/events", signed.body, signed.headers)
    with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310 - our own address
        return int(answer.status)
