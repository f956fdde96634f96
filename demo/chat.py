"""The chat workspace on this machine: `local-slack`, installed by npm, reachable from here only.

It needs no account, and it forgets its messages when it stops. It is kinder than Slack: any token passes and a trigger
lives for minutes, so what Slack is strict about is proved against the twin in `tests/twins`.
"""

import json
import os
import socket
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Self

HOUSE = Path(__file__).resolve().parents[1]
BINARY = HOUSE / "node_modules/local-slack-linux-x64/bin/local-slack"
READY_WITHIN_SECONDS = 20
STOPS_WITHIN_SECONDS = 10

APP_ID = "A0AUDITLOOP"
BOT_USER_ID = "U0AUDITLOOP"
TEAM_ID = "T0FERNLEIGH"
BOT_TOKEN = "xoxb-local-chat-only"  # noqa: S105 - works nowhere but here
APP_TOKEN = "xapp-local-chat-only"  # noqa: S105
SIGNING_SECRET = "local-chat-only"  # noqa: S105


class NoChat(Exception):
    """The chat workspace cannot run here; the sentence says why and what still works."""


@dataclass(frozen=True)
class Member:
    """Somebody in the workspace. The account's id is made from the address, so it stays the same."""

    name: str
    email: str

    @property
    def id(self) -> str:
        return "U" + "".join(letter for letter in self.email.partition("@")[0].upper() if letter.isalnum())


@dataclass
class ChatWorkspace:
    """One running workspace. `request_url` is where our bot listens; None means Socket Mode."""

    folder: Path
    members: Sequence[Member]
    port: int
    request_url: str | None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_url(self) -> str:
        return f"{self.address}/api/"

    def start(self) -> Self:
        """Start it and wait until it answers."""
        if not BINARY.exists():
            msg = "The chat workspace is not installed (it needs npm, and Linux on x64). The pages work without it."
            raise NoChat(msg)
        if self._answers():
            raise NoChat(f"Another chat workspace answers at {self.address} already. Stop it, or choose another port.")
        self.folder.mkdir(parents=True, exist_ok=True)
        config = self.folder.resolve() / "workspace.json"
        config.write_text(json.dumps(self._config(), ensure_ascii=False))
        with (self.folder / "chat.log").open("ab") as log:
            self.process = subprocess.Popen(
                [BINARY, "--config", config, "--port", str(self.port), "--base-host", "127.0.0.1"],
                # This option is split at spaces, and the path to this house may hold some: so name the file from here.
                cwd=HOUSE,
                env={**os.environ, "BUN_OPTIONS": "--preload ./demo/loopback.ts"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            self._wait_until_ready()
        except NoChat:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Ask the process we started to end, then insist."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=STOPS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _config(self) -> dict[str, object]:
        app = {
            "appId": APP_ID,
            "botUserId": BOT_USER_ID,
            "botName": "Auditloop",
            "botToken": BOT_TOKEN,
            "appToken": APP_TOKEN,
            "signingSecret": SIGNING_SECRET,
            **({"mode": "events", "requestUrl": self.request_url} if self.request_url else {"mode": "socket"}),
        }
        users = [
            {"id": member.id, "name": member.id[1:].lower(), "real_name": member.name, "email": member.email}
            for member in self.members
        ]
        everyone = [*(user["id"] for user in users), BOT_USER_ID]
        return {
            "workspace": {"name": "Fernleigh", "domain": "fernleigh", "teamId": TEAM_ID},
            "apps": [app],
            "users": users,
            "channels": [{"id": "C0PRACTICE", "name": "practice-audits", "members": everyone}],
        }

    def _wait_until_ready(self) -> None:
        limit = time.monotonic() + READY_WITHIN_SECONDS
        while time.monotonic() < limit:
            if self.process is not None and self.process.poll() is not None:
                break
            if self._answers():
                return
            time.sleep(0.05)
        msg = f"The chat workspace did not start; see {self.folder / 'chat.log'}."
        raise NoChat(msg)

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=1)
        try:
            connection.request("GET", "/_control/state")
            return connection.getresponse().status == 200  # noqa: PLR2004 - HTTP's own word for yes
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
