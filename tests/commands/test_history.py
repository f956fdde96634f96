"""`flask history verify`: what it says, its exit status, and a head that was noted before."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import insert

from scheduler.sweeps.sealing import Sealing
from storage import clock, tables
from storage.office import Office
from tests.cast import NOW, Cast
from tests.commands.test_rota import run
from tests.databases import Kind
from tests.storage.tampering import tamper

VERIFY = ("history", "verify")


@pytest.fixture
def sealed(office: Office, cast: Cast) -> int:
    Sealing(office).sweep()
    return len(cast.facts)


def errors(app: Flask, *words: str) -> tuple[int, str]:
    done = FlaskCliRunner(app).invoke(args=list(words))
    return done.exit_code, done.stderr


def head(app: Flask) -> str:
    return str(json.loads(run(app, *VERIFY, "--json")[1])["head"])


def test_before_the_worker_came_round(app: Flask, cast: Cast) -> None:
    waiting = len(cast.facts)
    assert run(app, *VERIFY) == (0, f"Nothing has been changed: 0 entries sealed, {waiting} wait.\n")


def test_all_is_well(app: Flask, sealed: int) -> None:
    status, said = run(app, *VERIFY)
    assert (status, said.splitlines()) == (
        0,
        [
            f"Nothing has been changed: {sealed} entries sealed, 0 wait.",
            f"The head of the chain, to be noted outside of this database: {head(app)}",
        ],
    )
    assert json.loads(run(app, *VERIFY, "--json")[1]) == {
        "well": True,
        "sealed": sealed,
        "waiting": 0,
        "head": head(app),
        "late": [],
        "faults": [],
    }


def test_what_was_changed_is_said_on_stderr_and_by_json(
    app: Flask, office: Office, database_kind: Kind, sealed: int
) -> None:
    tamper(office.record, database_kind, ["UPDATE history SET about = 'AUD-2017-10-09' WHERE id = 2"])
    fault = "Entry 2, or its seal at place 2, is not as it was sealed."
    assert errors(app, *VERIFY) == (1, f"The history is not as it was sealed.\n{fault}\n")
    status, said = run(app, *VERIFY, "--json")
    found = json.loads(said)
    assert (status, found["well"], found["sealed"], found["faults"]) == (1, False, sealed, [fault])


def test_a_noted_head_shows_what_cannot_be_seen_from_inside(
    app: Flask, office: Office, database_kind: Kind, sealed: int
) -> None:
    noted = head(app)
    assert run(app, *VERIFY, "--head", noted)[0] == 0
    tamper(office.record, database_kind, [f"DELETE FROM seal WHERE place = {sealed}"])
    assert run(app, *VERIFY)[0] == 0
    status, said = errors(app, *VERIFY, "--head", noted)
    assert (status, f"place {sealed} was noted: its newest part is gone." in said) == (1, True)


def test_what_is_no_head_is_refused(app: Flask) -> None:
    status, said = errors(app, *VERIFY, "--head", "12")
    assert (status, said.startswith("That is no head of a chain.")) == (1, True)


def test_what_came_to_light_late_is_named(app: Flask, office: Office, sealed: int) -> None:
    for number in (50, 40):
        with office.record.writing() as session:
            session.execute(
                insert(tables.history).values(id=number, at=NOW, kind="on_track", about="AUD-1", details={})
            )
        Sealing(office).sweep()
    status, said = run(app, *VERIFY)
    assert (status, said.splitlines()[0]) == (0, f"Nothing has been changed: {sealed + 2} entries sealed, 0 wait.")
    assert said.splitlines()[1].endswith("want a look: 40")


class TestWhatTheDoctorSays:
    def says(self, app: Flask) -> str:
        [line] = [line for line in run(app, "doctor")[1].splitlines() if " history: " in line]
        return line

    def test_all_of_it_is_sealed(self, app: Flask, sealed: int) -> None:
        assert (sealed > 0, self.says(app)) == (True, "ok    history: all of it is sealed.")

    def test_what_waits_is_counted_and_after_ten_minutes_somebody_should_look(
        self, app: Flask, office: Office, cast: Cast
    ) -> None:
        waiting = f"{len(cast.facts)} entries wait for their seal, the oldest since 09:00 on Monday 2 October."
        assert self.says(app) == f"ok    history: {waiting}"
        with office.record.writing() as session:
            clock.set_to(session, NOW + timedelta(minutes=10))
        assert self.says(app) == f"LOOK  history: {waiting} The worker seals them each minute: flask jobs list"
