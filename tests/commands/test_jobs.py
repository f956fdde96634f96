"""`flask jobs`: how what happens by itself stands, and letting it try again what it set aside."""

import json
from datetime import timedelta

from click.testing import Result
from flask import Flask

from programme.jobs import Job
from programme.unmet import Lack, Unmet
from storage import aside, auditing, find, heartbeat, jobs
from storage.office import Office
from tests.cast import Cast

REF = "AUD-2017-10-01"


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def worked(office: Office, *, failures: int = 5) -> None:
    """One job goes well, one is late, and one has something that it cannot do."""
    now = office.real_now()
    with office.record.writing() as session:
        heartbeat.beat(session, "w1", at=now)
        purposes = {"deliver": "messages that wait are sent", "poll": "the response sheet", "remind": "what is due"}
        late = {"poll": now - timedelta(minutes=1)}
        soon = now + timedelta(hours=1)
        jobs.announce(session, [Job(name, said, late.get(name, soon)) for name, said in purposes.items()])
        for _ in range(failures):
            aside.failed(session, "remind", REF, "KeyError", at=now, gives_up=True)


def test_before_any_worker_ran_there_is_none(app: Flask) -> None:
    assert run(app, "jobs", "list").stdout == "No worker has run yet. Start one: flask worker\n"


def test_each_job_says_how_it_stands_and_what_it_set_aside(app: Flask, office: Office) -> None:
    worked(office)
    assert run(app, "jobs", "list").stdout.splitlines() == [
        "deliver  well  messages that wait are sent",
        "poll  late  the response sheet",
        f"remind  well  what is due  {REF}: KeyError, 5 times",
    ]
    rows = json.loads(run(app, "jobs", "list", "--json").stdout)
    never = {"last": None, "failures": None}
    aside_ = {REF: "KeyError, 5 times"}
    assert rows[2] == {"job": "remind", "stands": "well", "purpose": "what is due", "set_aside": aside_, **never}


def test_what_was_set_aside_is_released_once_by_who_runs_the_month(app: Flask, office: Office, cast: Cast) -> None:
    worked(office)
    as_ = ("--as", cast.administrator.email)
    refused = run(app, "jobs", "release", REF, "--as", cast.auditor.email)
    released, again = (run(app, "jobs", "release", REF, *as_) for _ in range(2))
    assert [each.exit_code for each in (refused, released, again)] == [1, 0, 1]
    assert released.stdout == f"{REF} is tried again at the worker's next turn.\n"
    assert again.stderr == f"Nothing about {REF} is set aside. See: flask jobs list\n"
    with office.record.reading() as session:
        assert find.jobs.failed_things(session, "remind") == []


def test_what_a_job_did_for_which_period_is_listed(app: Flask, office: Office) -> None:
    now = office.real_now()
    with office.record.writing() as session:
        for period, code in (("2017-10-01", ""), ("2017-10-02", "KeyError")):
            jobs.begin(session, "forget", period, worker="w1", at=now)
            jobs.end(session, "forget", period, worker="w1", at=now, code=code)
        jobs.begin(session, "forget", "2017-10-03", worker="w2", at=now)
    assert run(app, "jobs", "history", "forget").stdout.splitlines() == [
        "2017-10-01  w1  well",
        "2017-10-02  w1  failed  KeyError",
        "2017-10-03  w2  under way",
    ]
    assert run(app, "jobs", "history", "deliver").stdout == "No run of deliver is kept. See: flask jobs list\n"


def test_the_doctor_says_what_does_not_go_by_itself(app: Flask, office: Office) -> None:
    worked(office)
    with office.record.writing() as session:
        heartbeat.beat(session, "w2", at=office.real_now() + timedelta(hours=1), apart=timedelta(hours=1))
        auditing.keep(session, [Unmet(Lack.LOST, f"reminded:{REF}:1:1", REF, office.real_now())])
    said = [line for line in run(app, "doctor").stdout.splitlines() if line.startswith("LOOK")]
    assert said[-4:] == [
        "LOOK  clock: a worker's machine is 3600 seconds apart from the database, so it does nothing. Set its clock.",
        "LOOK  job poll: is late: the response sheet.",
        f"LOOK  {REF}: remind failed 5 times (KeyError). Then: flask jobs release {REF} --as …",
        f"LOOK  messages: 1 message is late or missing: {REF}.",
    ]
