"""Each light goes out by itself, and only what stops the pages fails."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from programme.facts import MessagesPaused
from programme.jobs import Job
from programme.notices import PACED, Answer, Dropped, Reply
from programme.rulebook import Rulebook
from programme.unmet import Lack, Unmet
from programme.words import NoticeState
from scheduler.sweeps.sealing import Sealing
from storage import aside, auditing, find, heartbeat, jobs, journal, migrate
from storage.office import Office
from storage.session import Record
from tests.cast import NOW, Cast, here
from tests.databases import Databases, Kind
from tests.web.conftest import pages

NOWHERE = {"sqlite": "sqlite:////nowhere/at/all.db", "postgresql": "postgresql://nobody@127.0.0.1:1/none"}


@pytest.fixture
def away(database_kind: Kind, rules: Rulebook) -> Iterator[FlaskClient]:
    """The pages of an office whose database does not answer, for somebody who was signed in."""
    url = NOWHERE[database_kind]
    record = Record(url)
    office = Office(record, rules, address="http://127.0.0.1:5000", demo=True)
    client = pages(office, lambda: migrate.at_head(url)).test_client()
    with client.session_transaction() as cookie:
        cookie.update(visit="a secret", seen=int(office.real_now().timestamp()))
    yield client
    record.close()


@pytest.fixture
def well(nobody: FlaskClient, office: Office) -> FlaskClient:
    """Every light is green: a worker is alive and no message waits."""
    with office.record.writing() as session:
        heartbeat.beat(session, "w1", at=office.real_now())
        for notice in find.notices.in_state(session, NoticeState.WAITING):
            notice.drop(Dropped("not needed here"))
    Sealing(office).sweep()
    return nobody


def lights(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    return dict(answer.get_json())


def test_all_is_well(well: FlaskClient) -> None:
    lit = lights(well)
    assert lit.pop("worker_seconds") in {0, 1, 2}
    assert lit == {
        "status": "ok",
        "database": "ok",
        "tables": "ok",
        "oldest_message_seconds": None,
        "messages_paused": False,
        "chat": "ok",
        "sheet": "none",
        "last_return_seconds": None,
        "clock_apart_seconds": 0,
        "jobs": {},
        "set_aside": 0,
        "unmet": 0,
        "unsealed": 0,
        "oldest_unsealed_seconds": None,
    }


def test_healthz_touches_nothing(away: FlaskClient) -> None:
    assert away.get("/healthz").get_json() == {"status": "ok"}


def test_a_database_that_does_not_answer_fails(away: FlaskClient) -> None:
    answer = away.get("/readyz")
    said = {"status": "failing", "database": "does not answer"}
    assert (answer.status_code, answer.get_json()) == (503, said)


def test_pages_say_kindly_that_the_database_is_away(away: FlaskClient) -> None:
    answers = [away.get(address) for address in ("/", "/help", "/nowhere")]
    assert [answer.status_code for answer in answers] == [500, 200, 404]
    assert "<h1" in answers[0].text


def test_tables_of_another_day_fail(office: Office) -> None:
    answer = pages(office, lambda: False).test_client().get("/readyz")
    said = {"status": "failing", "database": "ok", "tables": "not up to date"}
    assert (answer.status_code, answer.get_json()) == (503, said)


def test_an_empty_database_fails(databases: Databases, database_kind: Kind, rules: Rulebook) -> None:
    with databases.lent(database_kind) as url:
        record = Record(url)
        client = pages(Office(record, rules, "http://127.0.0.1:5000"), lambda: migrate.at_head(url)).test_client()
        assert client.get("/readyz").status_code == 503
        record.close()


def test_no_worker_at_all_is_degraded(nobody: FlaskClient) -> None:
    assert (lights(nobody)["status"], lights(nobody)["worker_seconds"]) == ("degraded", None)


def test_a_silent_worker_is_degraded(well: FlaskClient, office: Office) -> None:
    with office.record.writing() as session:
        heartbeat.beat(session, "w1", at=office.real_now() - timedelta(minutes=5))
    assert lights(well)["status"] == "degraded"
    assert 300 <= lights(well)["worker_seconds"] < 310


def test_a_message_that_is_late_is_degraded(well: FlaskClient, office: Office, cast: Cast) -> None:
    tell(office, cast, minutes_ago=14)
    assert (lights(well)["status"], lights(well)["oldest_message_seconds"]) == ("ok", 14 * 60)
    tell(office, cast, minutes_ago=16)
    assert (lights(well)["status"], lights(well)["oldest_message_seconds"]) == ("degraded", 16 * 60)


def test_paused_messages_are_degraded(well: FlaskClient, office: Office) -> None:
    with office.record.writing() as session:
        find.notices.set_paused(session, paused=True)
    assert (lights(well)["status"], lights(well)["messages_paused"]) == ("degraded", True)


def test_chat_that_refuses_is_degraded_not_failing(well: FlaskClient, office: Office, cast: Cast) -> None:
    tell(office, cast, minutes_ago=0)
    with office.record.writing() as session:
        notice = find.notices.in_state(session, NoticeState.WAITING)[0]
        notice.record(Reply(Answer.APP, "token_revoked"), at=NOW, real_now=office.real_now())
    assert (lights(well)["status"], lights(well)["chat"]) == ("degraded", "token_revoked")


def test_a_job_that_is_late_or_fails_is_degraded(well: FlaskClient, office: Office) -> None:
    now = office.real_now()
    with office.record.writing() as session:
        soon = now + timedelta(hours=1)
        jobs.announce(session, [Job("a", "", soon), Job("b", "", now - timedelta(minutes=1)), Job("c", "", soon)])
        jobs.note(session, Job("c", "", soon, failed_at=now, code="KeyError", runs=1, failures=1, failing=1))
    assert (lights(well)["status"], lights(well)["jobs"]) == ("degraded", {"b": "late", "c": "failing"})


def test_what_was_set_aside_is_degraded(well: FlaskClient, office: Office) -> None:
    with office.record.writing() as session:
        for _ in range(5):
            aside.failed(session, "remind", "AUD-2017-10-01", "KeyError", at=office.real_now(), gives_up=True)
    assert (lights(well)["status"], lights(well)["set_aside"]) == ("degraded", 1)


def test_what_is_missing_is_degraded(well: FlaskClient, office: Office) -> None:
    with office.record.writing() as session:
        auditing.keep(session, [Unmet(Lack.LOST, "reminded:AUD-2017-10-01:1:1", "AUD-2017-10-01", NOW)])
    assert (lights(well)["status"], lights(well)["unmet"]) == ("degraded", 1)


def test_history_that_waits_for_its_seal_is_degraded_after_ten_minutes(well: FlaskClient, office: Office) -> None:
    written(office, minutes_ago=10)
    written(office, minutes_ago=3)
    lit = lights(well)
    assert (lit["status"], lit["unsealed"], lit["oldest_unsealed_seconds"]) == ("ok", 2, 600)
    written(office, minutes_ago=11)
    lit = lights(well)
    assert (lit["status"], lit["unsealed"], lit["oldest_unsealed_seconds"]) == ("degraded", 3, 660)
    Sealing(office).sweep()
    lit = lights(well)
    assert (lit["status"], lit["unsealed"], lit["oldest_unsealed_seconds"]) == ("ok", 0, None)


def test_a_workers_wrong_clock_is_degraded(well: FlaskClient, office: Office) -> None:
    with office.record.writing() as session:
        heartbeat.beat(session, "w2", at=office.real_now() + timedelta(hours=1), apart=timedelta(hours=1))
    assert (lights(well)["status"], lights(well)["clock_apart_seconds"]) == ("degraded", 3600)


def test_while_the_app_is_refused_why_is_said_whether_or_not_anything_waits(well: FlaskClient, office: Office) -> None:
    with office.record.writing() as session:
        find.notices.switch(session, to_change=True).refuse("account_inactive", real_now=office.real_now())
    assert (lights(well)["status"], lights(well)["chat"]) == ("degraded", "account_inactive")


def test_what_only_goes_one_after_the_other_is_well(well: FlaskClient, office: Office, cast: Cast) -> None:
    tell(office, cast, minutes_ago=0)
    with office.record.writing() as session:
        notice = find.notices.in_state(session, NoticeState.WAITING)[0]
        notice.record(Reply(Answer.RETRY, PACED, wait=5, asked=False), at=NOW, real_now=office.real_now())
    assert (lights(well)["status"], lights(well)["chat"]) == ("ok", "ok")


def test_no_light_names_anybody(nobody: FlaskClient, cast: Cast) -> None:
    said = nobody.get("/readyz").text
    assert [person.name for person in cast.everyone if person.name in said or person.email in said] == []


def written(office: Office, *, minutes_ago: int) -> None:
    with office.record.writing() as session:
        at = NOW - timedelta(minutes=minutes_ago)
        journal.write(session, [MessagesPaused(about="messages", paused=True)], by=None, at=at)


def tell(office: Office, cast: Cast, *, minutes_ago: int) -> None:
    with office.record.writing() as session:
        facts = [MessagesPaused(about="post", paused=True, tell=(here(session, cast.auditor),))]
        journal.write(session, facts, by=None, at=NOW - timedelta(minutes=minutes_ago))
    Sealing(office).sweep()
