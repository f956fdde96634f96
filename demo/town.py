"""The borough at work: its chat, pages and worker started in turn, watched, and stopped together."""

import csv
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from demo import chat, memory, processes
from demo.chat import ChatWorkspace, Member, NoChat
from demo.home import HOUSE, Home, port_near
from demo.load import BEGINS_AT, BOROUGH
from demo.processes import Died, Running
from demo.welcome import WHOM_TO_BE, welcome
from settings import Settings
from storage import clock, migrate
from storage.session import Record

PAGES_PORT = 8000
CHAT_PORT = 3000
WATCHES_EVERY_SECONDS = 0.5
PROGRAMS = Path(sys.executable).parent
NOT_HANDED_ON = ("FLASK_", "GUNICORN_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "WEB_CONCURRENCY")
"""What may stand in a person's environment and would change a demo, which needs this machine only."""


@dataclass
class Town:
    home: Home
    running: list[Running] = field(default_factory=list)
    chat: ChatWorkspace | None = None
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.port = _port("the pages", PAGES_PORT)
        self._start_chat()
        environment = _environment(self.home.settings(self.address, self._chat_settings()))
        self._prepare(environment)
        print("Starting the pages and the worker", flush=True)
        bind = (
            "--bind",
            f"127.0.0.1:{self.port}",
            "--workers",
            "1",
            "--worker-class",
            "gthread",
            "--threads",
            "8",
            "--no-control-socket",
        )
        pages = self._start("pages", "gunicorn", *bind, "app:create_app()", environment=environment)
        worker = self._start("worker", "flask", "worker", environment=environment)
        pages.wait_until(lambda: processes.answers(self.port, "/healthz"))
        worker.wait_until(lambda: "worker at work" in worker.log.read_text())

    def welcome(self) -> str:
        record = Record(self.home.database_url)
        with record.reading() as session:
            stands_at = clock.stands_at(session) or BEGINS_AT
        record.close()
        return welcome(stands_at, self.address, self.chat.address if self.chat else None)

    def watch(self) -> None:
        """Stay until somebody stops us, or until something stops by itself."""
        while True:
            for each in self.running:
                each.must_live()
            time.sleep(WATCHES_EVERY_SECONDS)

    def stop(self) -> None:
        """Whoever writes first, then the chat, when it has told what was said in it."""
        others = [each for each in self.running if each.name != "chat"]
        processes.stop(others)
        if self.chat:
            self._keep_what_was_said(self.chat)
        processes.stop([each for each in self.running if each.name == "chat"])

    def _keep_what_was_said(self, workspace: ChatWorkspace) -> None:
        try:
            memory.keep(workspace, self.home.chat_history)
        except (OSError, HTTPException) as why:
            print(f"What was said in chat could not be kept: {why}", flush=True)

    def _start_chat(self) -> None:
        workspace = ChatWorkspace(
            self.home.folder, _members(), _port("the chat", CHAT_PORT), f"{self.address}/slack/events"
        )
        print("Starting the chat workspace", flush=True)
        try:
            workspace.start()
        except NoChat as why:
            workspace.stop()
            print(f"  {why}", flush=True)
            return
        if workspace.process:
            self.running.append(Running("chat", workspace.process, self.home.log("chat")))
        memory.bring_back(workspace, self.home.chat_history)
        self.chat = workspace

    def _chat_settings(self) -> dict[str, str]:
        if self.chat is None:
            return {}
        return {
            "SLACK_BOT_TOKEN": chat.BOT_TOKEN,
            "SLACK_SIGNING_SECRET": chat.SIGNING_SECRET,
            "SLACK_APP_TOKEN": chat.APP_TOKEN,
            "SLACK_TEAM_ID": chat.TEAM_ID,
            "SLACK_API_URL": self.chat.api_url,
        }

    def _prepare(self, environment: dict[str, str]) -> None:
        """Tables up to date, and the borough in them; what a broken-off start left is begun again."""
        if not self.home.is_loaded:
            self.home.forget_record()
        migrate.upgrade(self.home.database_url)
        if not self.home.is_loaded:
            print("Loading the borough of Fernleigh", flush=True)
            self._load(environment)
            self.home.mark_loaded()

    def _load(self, environment: dict[str, str]) -> None:
        log = self.home.log("load")
        with log.open("wb") as errors:
            command = [str(PROGRAMS / "flask"), "demo", "load"]
            done = subprocess.run(command, env=environment, cwd=self.home.folder, stderr=errors, check=False)
        if done.returncode:
            raise Died(f"The borough could not be loaded. {processes.end_of(log)}")

    def _start(self, name: str, program: str, *words: str, environment: dict[str, str]) -> Running:
        command = [str(PROGRAMS / program), *words]
        started = Running.start(name, command, environment=environment, log=self.home.log(name))
        self.running.append(started)
        return started


def _members() -> list[Member]:
    """Everyone on the people list by name, those to try first before all others."""
    with (BOROUGH / "people.csv").open(encoding="utf-8", newline="") as file:
        everyone = [Member(row["name"], row["email"]) for row in csv.DictReader(file)]
    first = {name: place for place, (name, _) in enumerate(WHOM_TO_BE)}
    return sorted(everyone, key=lambda member: (first.get(member.name, len(first)), member.name))


def _port(what: str, wanted: int) -> int:
    port = port_near(wanted)
    if port != wanted:
        print(f"Port {wanted} is taken, so {what} will be at {port}", flush=True)
    return port


def _environment(settings: dict[str, str]) -> dict[str, str]:
    """Ours alone: a setting of the person who starts the demo would lead it to their own database or workspace."""
    ours = {name.upper() for name in Settings.model_fields}
    theirs = {
        name: value
        for name, value in os.environ.items()
        if name.upper() not in ours and not name.upper().startswith(NOT_HANDED_ON)
    }
    return theirs | settings | {"PYTHONPATH": str(HOUSE)}
