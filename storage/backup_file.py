"""The file of a backup: lines of JSON, packed by gzip. It is the same from either database.

First a line that says what it holds; then every row, table by table in the order in which one may point at another;
last a digest of all that stands before. So a file that was cut short or changed is known before anything is restored.
"""

import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from programme.refusals import Refusal

KIND = "Auditloop backup 1"
BATCH = 500

Row = list[Any]


@dataclass(frozen=True)
class Part:
    """One table: its name, its columns in order, and how many rows follow."""

    table: str
    columns: list[str]
    rows: int


@dataclass(frozen=True)
class Contents:
    revision: str
    """Of the tables, as the migrations name it."""
    made_at: str
    parts: list[Part]

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)

    @classmethod
    def read(cls, said: dict[str, Any]) -> "Contents":
        if said["kind"] != KIND:
            raise ValueError
        return cls(said["revision"], said["made_at"], [Part(**part) for part in said["parts"]])


@contextmanager
def written(path: Path, contents: Contents) -> Iterator[Callable[[Row], None]]:
    """Hands out what takes the rows. The file is for its owner alone, and has its name only once it is whole."""
    half = path.with_name(f"{path.name}.part")
    with _made(path, half) as file:
        digest = sha256()
        with gzip.GzipFile(fileobj=file, mode="wb") as packed:

            def add(said: object) -> None:
                line = f"{json.dumps(said, ensure_ascii=False, default=_written)}\n".encode()
                digest.update(line)
                packed.write(line)

            add({"kind": KIND, **asdict(contents)})
            yield add
            add({"sha256": digest.hexdigest()})
        file.flush()
        os.fsync(file.fileno())


def _written(moment: date) -> str:
    """A day, or a day and an hour."""
    return moment.isoformat()


@contextmanager
def _made(path: Path, half: Path) -> Iterator[Any]:
    """While the half-made file is there nobody else of us makes one of this name, so none is written over."""
    try:
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        msg = f"{half} is there: another backup is being made, or one was broken off. If none is, delete it."
        raise Refusal(msg, field="file") from None
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}."
        raise Refusal(msg, field="file") from error
    try:
        with os.fdopen(handle, "wb") as file:
            if path.exists():
                msg = f"{path} is there already, and no backup is written over. Give it another name."
                raise Refusal(msg, field="file")
            yield file
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)


def checked(path: Path) -> Contents:
    """What a file holds, once all of it has been read and found whole."""
    for _ in batches(path):
        pass
    with _told(path), gzip.open(path, "rb") as packed:
        return Contents.read(json.loads(packed.readline()))


def batches(path: Path) -> Iterator[tuple[Part, list[Row]]]:
    """The rows, a few hundred at a time. Refused at the latest after the last of them, where the file is not whole."""
    with _told(path), gzip.open(path, "rb") as packed:
        digest = sha256()

        def line() -> Any:  # noqa: ANN401 - whatever stands there
            read = packed.readline()
            digest.update(read)
            return json.loads(read)

        for part in Contents.read(line()).parts:
            for first in range(0, part.rows, BATCH):
                rows = [line() for _ in range(min(BATCH, part.rows - first))]
                if any(len(row) != len(part.columns) for row in rows):
                    raise ValueError
                yield part, rows
        if json.loads(packed.readline()) != {"sha256": digest.hexdigest()} or packed.read(1):
            raise ValueError


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Whatever is wrong with a file is one thing to its reader."""
    try:
        yield
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, RecursionError) as error:
        msg = f"{path} is no whole backup: it was cut short or changed, or is something else. Nothing was restored."
        raise Refusal(msg, field="file") from error
