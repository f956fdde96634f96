"""Each day's forecast is made and kept, and those who run the month hear in time where it falls short."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from programme.chasing import is_reminding_time
from storage import forecasting
from storage.office import Office
from storage.session import Conflict, Session

log = logging.getLogger(__name__)


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
        steps = [(month, partial(self._keep, month)) for month in keep]
        steps += [(month, partial(self._warn, month, step)) for month, step in warn]
        return sum(self._take(month, step) for month, step in steps)

    def _keep(self, month: str, session: Session) -> bool:
        return forecasting.keep(session, self.office, month) is not None

    def _warn(self, month: str, step: str, session: Session) -> bool:
        return forecasting.warn(session, self.office, month, step)

    def _take(self, month: str, step: Callable[[Session], bool]) -> bool:
        if self.enough():
            return False
        try:
            with self.office.record.writing() as session:
                return step(session)
        except Conflict:
            log.info("somebody else was first", extra={"ref": month})
        except Exception:
            log.exception("a forecast could not be made", extra={"ref": month})
        return False
