"""One thank-you to each auditor for a month, with the difference that their audits made. No judgement stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from programme.calendar import first_of
from programme.chasing import StepTaken
from programme.daily_facts import AuditorThanked
from programme.facts import Fact
from programme.people import Person

THANKED_WITHIN = timedelta(days=30)
"""After the month's report was issued; who is away for longer is not thanked for what everybody has forgotten."""


@dataclass(frozen=True)
class Difference:
    """What came of one audit so far."""

    ref: str
    agreed: bool
    asked: int
    done: int

    def said(self) -> str:
        read = "two colleagues read it too, and its outcome is agreed" if self.agreed else "it stands as you wrote it"
        return f"{self.ref}: {read}. {self._came_of_it()}"

    def _came_of_it(self) -> str:
        if not self.asked:
            return "It asked for no action."
        many = "1 action" if self.asked == 1 else f"{self.asked} actions"
        if self.done == self.asked:
            return f"It asked for {many}: done."
        return f"It asked for {many}: {self.done or 'none'} done so far."


def step_of(month: str) -> str:
    """The step that says somebody was thanked for a month."""
    return f"thanked {month}"


def thank(auditor: Person, month: str, returned: Sequence[str], *, at: datetime) -> tuple[list[StepTaken], list[Fact]]:
    """Once for a month, however many audits it was."""
    taken = StepTaken(auditor.reference, step_of(month), first_of(month), at)
    return [taken], [AuditorThanked(about=month, audits=len(returned), tell=(auditor,))]
