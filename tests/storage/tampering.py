"""What somebody with the database's own password could do to the history, past every guard of ours."""

from collections.abc import Sequence

from storage.session import Record
from tests.databases import Kind
from tests.house.test_databases import run
from tests.storage.test_races import url_of

UNGUARDED = {
    "sqlite": [
        f"DROP TRIGGER {table}_not_{done}"
        for table in ("history", "seal")
        for done in ("changed", "deleted", "replaced")
    ],
    "postgresql": [f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in ("history", "seal")],
}


def tamper(record: Record, kind: Kind, statements: Sequence[str]) -> None:
    """Take the guards away and do it, over a connection that knows nothing of ours."""
    for statement in [*UNGUARDED[kind], *statements]:
        run(url_of(record), statement)
