"""The whole of Auditloop as it runs for real: pages, worker and chat as processes of their own on one database."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask
from websocket import create_connection

import app as front_hall
from commands.tools import Tools
from demo import processes
from demo.chat import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, TEAM_ID, ChatWorkspace, Member, free_port
from demo.processes import Running
from settings import Settings

HOUSE = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
BOROUGH = HOUSE / "demo/borough"


@dataclass
class House:
    """One installation in a folder of its own."""

    folder: Path
    database_url: str
    members: Sequence[Member]
    socket_mode: bool = False
    port: int = field(default_factory=free_port)
    policy: Path = BOROUGH / "policy.toml"
    started: list[Running] = field(default_factory=list)

    def __post_init__(self) -> None:
        requests_go_to = None if self.socket_mode else f"{self.address}/slack/events"
        self.chat = ChatWorkspace(self.folder / "chat", self.members, free_port(), requests_go_to)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(HOUSE),
            "FLASK_APP": "app",
            "DATABASE_URL": self.database_url,
            "SECRET_KEY": "a key for journeys only, long enough",
            "PUBLIC_URL": self.address,
            "POLICY_FILE": str(self.policy),
            "DEMO": "1",
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_TEAM_ID": TEAM_ID,
            "SLACK_API_URL": self.chat.api_url,
        }

    def flask(self, *words: str) -> str:
        """Run one command as an administrator types it, and read what it prints."""
        done = subprocess.run(
            [PROGRAMS / "flask", *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @cached_property
    def app(self) -> Flask:
        """The same installation in this process."""
        environment = {name.lower(): value for name, value in self.environment.items()}
        known: dict[str, Any] = {name: value for name, value in environment.items() if name in Settings.model_fields}
        return front_hall.build(Settings(_env_file=None, **known))

    @property
    def tools(self) -> Tools:
        tools: Tools = self.app.extensions["auditloop"]
        return tools

    def flask_here(self, *words: str) -> str:
        """A command that only leads up to what is tried: starting a process for each takes three seconds."""
        done = self.app.test_cli_runner().invoke(args=list(words))
        assert done.exit_code == 0, done.output
        return done.output

    def start_pages(self) -> None:
        bind = ("--bind", f"127.0.0.1:{self.port}", "--threads", "4", "--no-control-socket")
        pages = self._start("pages", "gunicorn", *bind, "app:create_app()")
        pages.wait_until(lambda: processes.answers(self.port, "/healthz"))

    def start_worker(self) -> Running:
        return self._start("worker", "flask", "worker")

    def start_socket(self) -> Running:
        return self._start("socket", "flask", "socket")

    def start_listening(self) -> None:
        """What hears Slack in this house: the pages, and in Socket Mode a process of its own beside them."""
        self.start_pages()
        if self.socket_mode:
            self.start_socket().wait_until(self._is_heard)

    def change_policy(self, more: str) -> None:
        """As a council does it: lines are added to its file, and what listens starts again."""
        changed = self.folder / "policy.toml"
        changed.write_text(f"{self.policy.read_text(encoding='utf-8')}\n{more}\n", encoding="utf-8")
        self.policy = changed
        listening = [each for each in self.started if each.name != "worker"]
        processes.stop(listening)
        self.started = [each for each in self.started if each not in listening]
        self.start_listening()

    def _is_heard(self) -> bool:
        """Whether the chat has somebody to pass on to what people press: before that it is lost."""
        page = create_connection(f"ws://127.0.0.1:{self.chat.port}/ui", timeout=5)
        told = json.loads(page.recv())
        page.close()
        return any(app["connected"] for app in told["state"]["apps"])

    def _start(self, name: str, program: str, *words: str) -> Running:
        command = [str(PROGRAMS / program), *words]
        running = Running.start(name, command, environment=self.environment, log=self.folder / f"{name}.log")
        self.started.append(running)
        return running


@contextmanager
def house(folder: Path, database_url: str, members: Sequence[Member], *, socket_mode: bool = False) -> Iterator[House]:
    """A house with its chat open and its tables made; everything it started is stopped in the end."""
    built = House(folder, database_url, members, socket_mode)
    built.chat.start()
    try:
        built.flask("db", "upgrade")
        yield built
    finally:
        processes.stop(built.started)
        built.chat.stop()
