"""What the demo starts it also stops, with all of its group; what ends by itself is said, with its last words."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import processes
from demo.processes import Died, Running

HAS_A_CHILD = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
child.wait()
"""


@pytest.fixture
def started() -> Iterator[list[Running]]:
    running: list[Running] = []
    yield running
    processes.stop(running)


def start(script: str, folder: Path) -> Running:
    environment = {"PATH": os.environ["PATH"]}
    return Running.start("it", [sys.executable, "-c", script], environment=environment, log=folder / "it.log")


def test_nothing_of_a_group_is_left(tmp_path: Path) -> None:
    running = start(HAS_A_CHILD, tmp_path)
    running.wait_until(lambda: running.log.read_text().endswith("\n"))
    processes.stop([running])
    child = int(running.log.read_text())
    limit = time.monotonic() + processes.STOPS_WITHIN_SECONDS
    while not has_gone(child) and time.monotonic() < limit:
        time.sleep(processes.LOOKS_EVERY_SECONDS)
    assert has_gone(child)
    assert running.has_ended


def test_what_ends_by_itself_is_said_with_its_last_words(tmp_path: Path, started: list[Running]) -> None:
    started.append(running := start("print('no such database'); raise SystemExit(3)", tmp_path))
    with pytest.raises(Died) as died:
        running.wait_until(lambda: False)
    assert str(died.value) == f"it stopped by itself. The end of {running.log}:\n  no such database"


def test_what_runs_is_left_alone(tmp_path: Path, started: list[Running]) -> None:
    started.append(running := start(HAS_A_CHILD, tmp_path))
    running.must_live()
    assert not running.has_ended


def test_stopping_twice_is_no_matter(tmp_path: Path) -> None:
    running = start("", tmp_path)
    processes.stop([running])
    processes.stop([running])
    assert running.has_ended


def has_gone(pid: int) -> bool:
    """Ended. Whoever adopted it may not have taken note of that yet, which is not ours to wait for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in {"Z", "X"}
    except (FileNotFoundError, ProcessLookupError):
        return True
