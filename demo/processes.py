"""The processes of a demo: each in a group of its own with a log of its own, stopped by its id and nobody else's."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Self

STOPS_WITHIN_SECONDS = 10
READY_WITHIN_SECONDS = 60
LOOKS_EVERY_SECONDS = 0.1
LAST_LINES = 12


class Died(Exception):
    """A process of the demo ended by itself, or never became ready."""


@dataclass(frozen=True)
class Running:
    """A process that was started. It leads a process group, so what it starts is stopped with it."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    @classmethod
    def start(cls, name: str, command: Sequence[str], *, environment: Mapping[str, str], log: Path) -> Self:
        with log.open("wb") as file:
            process = subprocess.Popen(
                command,
                env=environment,
                cwd=log.parent,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        return cls(name, process, log)

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def must_live(self) -> None:
        if self.has_ended:
            raise Died(f"{self.name} stopped by itself. {end_of(self.log)}")

    def wait_until(self, ready: Callable[[], bool]) -> None:
        limit = time.monotonic() + READY_WITHIN_SECONDS
        while not ready():
            self.must_live()
            if time.monotonic() > limit:
                raise Died(f"{self.name} was not ready in {READY_WITHIN_SECONDS} seconds. {end_of(self.log)}")
            time.sleep(LOOKS_EVERY_SECONDS)

    def signal(self, number: int) -> None:
        """To the whole group, unless its leader has ended: then its id may be somebody else's."""
        if not self.has_ended:
            os.killpg(self.process.pid, number)


def stop(running: Sequence[Running]) -> None:
    """Ask each to stop, give them time, then insist."""
    for each in running:
        each.signal(signal.SIGTERM)
    limit = time.monotonic() + STOPS_WITHIN_SECONDS
    while not all(each.has_ended for each in running) and time.monotonic() < limit:
        time.sleep(LOOKS_EVERY_SECONDS)
    for each in running:
        each.signal(signal.SIGKILL)
        each.process.wait()


def end_of(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()[-LAST_LINES:] if log.exists() else []
    return "\n  ".join([f"The end of {log}:", *lines])


def answers(port: int, path: str) -> bool:
    """Whether our page at this port of this machine answers well."""
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200  # noqa: PLR2004 - HTTP's own word for yes
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
