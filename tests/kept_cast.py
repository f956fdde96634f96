"""The cast and their month, put on record once for each kind of database; every test after has a copy of both."""

import pickle

from programme.rulebook import Rulebook
from storage import migrate
from storage.session import Record, is_sqlite
from tests.cast import Cast, gather, keep
from tests.databases import Kind


class KeptCast:
    """What a test has of them is its own: nothing is shared with another."""

    def __init__(self, rules: Rulebook) -> None:
        self._rules = rules
        self._pickled: dict[Kind, bytes] = {}

    def prepare(self, url: str) -> None:
        """Makes the tables and puts the cast on record."""
        migrate.upgrade(url)
        record, gathered = Record(url), gather(self._rules)
        with record.writing() as session:
            keep(session, gathered)
        record.close()
        self._pickled["sqlite" if is_sqlite(url) else "postgresql"] = pickle.dumps(gathered)

    def anew(self, kind: Kind) -> Cast:
        """The cast as this kind of database knows them; there is one since `prepare` was called for it."""
        cast: Cast = pickle.loads(self._pickled[kind])  # noqa: S301 - what we have pickled ourselves
        return cast
