"""Each minute what was written to the history meanwhile is sealed: not as it is written, or every write would wait."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from programme.sealing import Entry
from scheduler.sweeps.steps import Step, take
from storage import find, sealing
from storage.office import Office

BATCH = 500


@dataclass(frozen=True)
class Sealing:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each batch: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """Seal whatever has no seal. How many batches it were."""
        return take(self.office, "seal", self._batches(), self.enough)

    def _batches(self) -> Iterator[Step]:
        """One after another, and looked for only as the last one is done: what is sealed is not gone through again."""
        beyond = 0
        while entries := self._found(beyond):
            beyond = entries[-1].number
            yield f"history {beyond}", partial(sealing.seal, entries=entries)

    def _found(self, beyond: int) -> list[Entry]:
        with self.office.record.reading() as session:
            return find.history.not_sealed(session, beyond=beyond, at_most=BATCH)
