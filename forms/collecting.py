"""What the worker does of collecting, whichever process does it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from forms import intake
from forms.poll import Poll
from storage.office import Office

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Collecting:
    """`sheet` is None where no response sheet is named."""

    office: Office
    sheet: Poll | None = None

    def take_up(self, enough: Callable[[], bool]) -> int:
        return intake.take_up_all(self.office, enough)

    def poll(self, enough: Callable[[], bool]) -> None:
        """Look into the sheet. A fault that nobody foresaw is logged, and the next poll tries again."""
        if self.sheet is None:
            return
        try:
            polled = replace(self.sheet, enough=enough).once()
        except Exception:
            log.exception("the response sheet could not be taken in")
            return
        if polled.because:
            log.warning("nothing was taken from the response sheet")
