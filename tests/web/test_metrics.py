"""The numbers for Prometheus: for the token only, in its text format, and without a word about anybody."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from programme.jobs import Job
from storage import aside, find, heartbeat, jobs
from storage.office import Office
from tests.cast import Cast
from tests.web.conftest import pages

TOKEN = "a token for the numbers alone"
SAMPLE = re.compile(r'auditloop_[a-z_]+(\{(state|job)="[a-z_]+"\})? [0-9.e+]+')


@pytest.fixture
def scraper(office: Office, cast: Cast) -> FlaskClient:  # noqa: ARG001 - the cast is on record before anybody looks
    return pages(office, metrics_token=TOKEN).test_client()


def numbers(scraper: FlaskClient) -> dict[str, float]:
    answer = scraper.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert (answer.status_code, answer.content_type) == (200, "text/plain; version=0.0.4; charset=utf-8")
    samples = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert [line for line in samples if not SAMPLE.fullmatch(line)] == []
    return {name: float(number) for name, number in (line.removeprefix("auditloop_").split(" ") for line in samples)}


def worked(office: Office) -> None:
    now = office.real_now()
    with office.record.writing() as session:
        heartbeat.beat(session, "host:1", at=now - timedelta(seconds=30))
        jobs.announce(session, [Job("deliver", "messages", now), Job("audit", "what is late", now)])
        done = Job("deliver", "", now, "host:1", runs=60, failures=1, failed_at=now, code="KeyError")
        done.succeeded_at = now - timedelta(minutes=2)
        jobs.note(session, done)
        for _ in range(5):
            aside.failed(session, "remind", "AUD-2017-10-01", "KeyError", at=now, gives_up=True)


def test_what_is_counted(scraper: FlaskClient, office: Office, cast: Cast) -> None:
    worked(office)
    counted = numbers(scraper)
    assert counted.pop("worker_seconds") in {30, 31, 32, 33}
    assert counted.pop('job_success_seconds{job="deliver"}') in {120, 121, 122, 123}
    others = {f'messages{{state="{state}"}}': 0.0 for state in ("held", "leased", "sent", "dropped", "failed")}
    assert counted == others | {
        'messages{state="waiting"}': 2,
        "oldest_message_seconds": 300,
        "messages_paused": 0,
        "messages_unmet": 0,
        "submissions_held": 0,
        "workers": 1,
        "worker_clock_apart_seconds": 0,
        "history_unsealed": len(cast.facts),
        "oldest_unsealed_seconds": 300,
        "set_aside": 1,
        'job_runs_total{job="deliver"}': 60,
        'job_failures_total{job="deliver"}': 1,
        'job_runs_total{job="audit"}': 0,
        'job_failures_total{job="audit"}': 0,
    }


def test_every_number_says_what_it_is(scraper: FlaskClient, office: Office) -> None:
    worked(office)
    text = scraper.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    named = {line.split(" ")[2]: line.split(" ")[3] for line in text.splitlines() if line.startswith("# TYPE")}
    explained = {line.split(" ")[2] for line in text.splitlines() if line.startswith("# HELP")}
    assert (text[-1], explained) == ("\n", set(named))
    assert {f"auditloop_{name.split('{')[0]}" for name in numbers(scraper)} <= set(named)
    assert {name for name, kind in named.items() if kind == "counter"} == {
        "auditloop_job_runs_total",
        "auditloop_job_failures_total",
    }


@pytest.mark.parametrize("sent", [None, "", "Bearer", f"Bearer {TOKEN} ", TOKEN, f"Basic {TOKEN}", "Bearer ü"])
def test_without_the_token_there_is_nothing(scraper: FlaskClient, sent: str | None) -> None:
    answer = scraper.get("/metrics", headers={} if sent is None else {"Authorization": sent})
    assert (answer.status_code, answer.headers["WWW-Authenticate"], answer.text) == (401, "Bearer", "")


def test_where_no_token_is_set_there_is_no_such_page(nobody: FlaskClient) -> None:
    answers = [nobody.get("/metrics"), nobody.get("/metrics", headers={"Authorization": "Bearer "})]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_no_number_names_anybody_or_anything(scraper: FlaskClient, office: Office, cast: Cast) -> None:
    worked(office)
    text = scraper.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    with office.record.reading() as session:
        refs = [each.about for each in find.jobs.set_aside(session)]
    secrets = [*refs, "host:1", *(each for who in cast.everyone for each in (who.name, who.email))]
    assert [each for each in secrets if each in text] == []
