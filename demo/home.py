"""Where a demo lives: the folder `.demo`, with its database, its settings, its logs and what was said in chat."""

import fcntl
import secrets
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from demo.load import BOROUGH
from programme.refusals import Refusal

HOUSE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Home:
    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "auditloop.sqlite3"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.database}"

    @property
    def settings_file(self) -> Path:
        return self.folder / ".env"

    @property
    def chat_history(self) -> Path:
        return self.folder / "chat.json"

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    @contextmanager
    def to_ourselves(self) -> Iterator[None]:
        """One demo at a time: the lock is let go even when this process dies."""
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                msg = "A demo runs here already. Stop it first, with Ctrl-C where it was started."
                raise Refusal(msg) from None
            yield

    def forget(self) -> None:
        """Back to an empty folder, except for the lock we hold."""
        for each in self.folder.iterdir():
            if each.is_dir():
                shutil.rmtree(each)
            elif each.name != "lock":
                each.unlink()

    def forget_record(self) -> None:
        """The database alone, with what SQLite keeps beside it."""
        for each in self.folder.glob(f"{self.database.name}*"):
            each.unlink()

    @property
    def is_loaded(self) -> bool:
        return self._loaded.exists()

    def mark_loaded(self) -> None:
        self._loaded.touch()

    @property
    def _loaded(self) -> Path:
        return self.folder / "loaded"

    def settings(self, address: str, chat: Mapping[str, str]) -> dict[str, str]:
        """Every setting of the demo, written down so that `flask -e .demo/.env …` talks to it too."""
        settings = {
            "FLASK_APP": "app",
            "DEMO": "1",
            "DATABASE_URL": self.database_url,
            "SECRET_KEY": self._secret_key(),
            "PUBLIC_URL": address,
            "POLICY_FILE": str(BOROUGH / "policy.toml"),
            **chat,
        }
        self.settings_file.touch(mode=0o600)
        self.settings_file.write_text("".join(f"{name}='{value}'\n" for name, value in settings.items()))
        return settings

    def _secret_key(self) -> str:
        """Made once, so that whoever is signed in stays signed in."""
        kept = self.folder / "secret-key"
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_hex())
        return kept.read_text()


def port_near(wanted: int) -> int:
    """The port we like, or any free one where something else has it."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            free: int = probe.getsockname()[1]
            return free
    msg = "This machine has no free port on 127.0.0.1."
    raise Refusal(msg)
