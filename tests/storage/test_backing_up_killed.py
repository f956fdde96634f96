"""A backup or a restore that is killed, wherever it is: nothing half done is left, and the next goes through."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage import backup_file
from storage.office import Office
from storage.session import Record
from tests.databases import Databases, Kind
from tests.storage.test_backing_up import backed_up, empty, everything, fill
from tests.storage.test_races import url_of

DIES = """
import os, signal, sys
from pathlib import Path
from programme.policy import Policy
from programme.rulebook import Rulebook
from storage import backing_up, migrate
from storage.office import Office
from storage.session import Record

what, url, file, left = sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
record = Record(url)
revision = migrate.head()
with record.reading() as session:
    backing_up.count(session)

def step(frame, event, arg):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

sys.setprofile(step)
if what == "backup":
    with record.reading() as session:
        backing_up.write(session, Office(record, Rulebook.of(Policy()), ""), file, revision, lambda _: None)
else:
    with record.writing() as session:
        backing_up.fill(session, file, lambda _: None)
"""


def killed(what: str, record: Record, file: Path, after: int) -> bool:
    run = subprocess.run([sys.executable, "-c", DIES, what, url_of(record), str(file), str(after)], check=False)
    assert run.returncode in {0, -signal.SIGKILL}
    return run.returncode != 0


@pytest.fixture
def file(full: Record, office: Office, tmp_path: Path) -> Path:  # noqa: ARG001 - every table has a row
    return backed_up(office, tmp_path / "backup")


@pytest.mark.parametrize("after", [2_000, 20_000, 45_000])
def test_a_backup_that_is_killed_has_no_file_of_its_name(office: Office, file: Path, after: int) -> None:
    broken = file.with_name("broken")
    if killed("backup", office.record, broken, after):
        assert not broken.exists()
    else:
        assert backup_file.checked(broken).parts == backup_file.checked(file).parts


@pytest.mark.parametrize("after", [2_000, 20_000, 90_000])
def test_a_restore_that_is_killed_leaves_nothing_half_done(
    databases: Databases, office: Office, file: Path, database_kind: Kind, after: int
) -> None:
    with empty(databases, database_kind) as there:
        before = everything(there)
        died = killed("restore", there, file, after)
        assert everything(there) == (before if died else everything(office.record))
        if died:
            fill(there, file)
        assert everything(there) == everything(office.record)
