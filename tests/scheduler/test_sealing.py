"""The sweep that seals: small batches, an end when told, nothing twice, and what was left is sealed by the next."""

import signal
import subprocess
import sys

import pytest
from sqlalchemy import insert

from scheduler.sweeps.sealing import BATCH, Sealing
from storage import sealing, tables
from storage.office import Office
from storage.session import Record
from tests.cast import NOW
from tests.storage.test_races import url_of

MANY = 2 * BATCH + 10

DIES = """
import os, signal, sys
from programme.policy import Policy
from programme.rulebook import Rulebook
from scheduler.sweeps.sealing import Sealing
from storage.office import Office
from storage.session import Record

office = Office(Record(sys.argv[1]), Rulebook.of(Policy()), "http://127.0.0.1")
left = int(sys.argv[2])

def step(frame, event, arg):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

sys.setprofile(step)
Sealing(office).sweep()
"""


@pytest.fixture(autouse=True)
def many(record: Record) -> None:
    rows = [{"at": NOW, "kind": "on_track", "about": f"AUD-{number}", "details": {}} for number in range(MANY)]
    with record.writing() as session:
        session.execute(insert(tables.history), rows)


def sealed(record: Record) -> tuple[int, int, list[str]]:
    with record.reading() as session:
        verdict = sealing.verify(session)
    return verdict.sealed, verdict.waiting, verdict.faults


def test_all_of_it_in_batches_and_then_nothing(office: Office) -> None:
    assert [Sealing(office).sweep() for _ in range(2)] == [3, 0]
    assert sealed(office.record) == (MANY, 0, [])


def test_a_worker_that_has_enough_leaves_the_rest_for_later(office: Office) -> None:
    said = iter([False, True])
    assert Sealing(office, lambda: next(said)).sweep() == 1
    assert sealed(office.record) == (BATCH, MANY - BATCH, [])
    assert Sealing(office).sweep() == 2
    assert sealed(office.record) == (MANY, 0, [])


@pytest.mark.parametrize("dies_after", [20_000, 60_000, 90_000])
def test_a_worker_that_is_killed_leaves_a_whole_chain(office: Office, dies_after: int) -> None:
    """Wherever it dies, what is there is well, and the next goes on from there."""
    run = subprocess.run([sys.executable, "-c", DIES, url_of(office.record), str(dies_after)], check=False)
    assert run.returncode in {0, -signal.SIGKILL}
    done, waiting, faults = sealed(office.record)
    assert (done + waiting, done % BATCH, faults) == (MANY, done % BATCH, [])
    Sealing(office).sweep()
    assert sealed(office.record) == (MANY, 0, [])
