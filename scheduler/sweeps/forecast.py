"""Each day's forecast is made and kept, and those who run the month hear in time where it falls short."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from programme.chasing import is_reminding_time
from scheduler.sweeps.steps import take
from storage import forecasting
from storage.office import Office
from storage.session import Session


@dataclass(frozen=True)
class Forecasts:
    office: Office
    enough: Callable[[], bool] = lambda: False
    """Asked before each: a worker that is told to stop leaves the rest for later."""

    def sweep(self) -> int:
        """Keep what today has none of; tell, in the hours of a working day. How many forecasts were kept or told."""
        with self.office.record.reading() as session:
            keep = forecasting.to_keep(session, self.office)
            in_hours = is_reminding_time(self.office.now(session), self.office.rules)
            warn = forecasting.to_warn_of(session, self.office) if in_hours else []
        due = [(month, partial(self._keep, month)) for month in keep]
        due += [(month, partial(self._warn, month, step)) for month, step in warn]
        return take(self.office, "foresee", due, self.enough)

    def _keep(self, month: str, session: Session) -> bool:
        return forecasting.keep(session, self.office, month) is not None

    def _warn(self, month: str, step: str, session: Session) -> bool:
        return forecasting.warn(session, self.office, month, step)
