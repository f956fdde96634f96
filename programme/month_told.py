"""What those who run the month are told of a day: what changed since they last heard, and what needs them.

On the first working day of a week they also hear how many are in, be there anything else to say or not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from programme.calendar import Calendar, london
from programme.chasing import StepTaken
from programme.daily_facts import MonthTold
from programme.exceptions import Exceptional
from programme.facts import (
    AbsenceRecorded,
    ActionConfirmed,
    AuditModerated,
    Fact,
    PersonMovedOn,
    ReasonGiven,
    ReturnRecorded,
)
from programme.figures import Account
from programme.people import Person
from programme.planning_facts import RollConfirmed
from programme.reminder_facts import MoreTimeTaken
from programme.swap_facts import SwapAccepted

TOLD = "digest of the month"
"""The step that says the day's digest was made for somebody who runs the month, be there anything in it or not."""

CHANGES: Mapping[str, tuple[str, str]] = {
    ReturnRecorded.kind(): ("1 return came in", "{} returns came in"),
    AuditModerated.kind(): ("1 audit was moderated", "{} audits were moderated"),
    SwapAccepted.kind(): ("1 swap was agreed", "{} swaps were agreed"),
    ReasonGiven.kind(): ("1 reason was given", "{} reasons were given"),
    MoreTimeTaken.kind(): ("1 took more time", "{} took more time"),
    AbsenceRecorded.kind(): ("1 absence was noted", "{} absences were noted"),
    RollConfirmed.kind(): ("1 list was confirmed", "{} lists were confirmed"),
    PersonMovedOn.kind(): ("1 person moves on", "{} people move on"),
    ActionConfirmed.kind(): ("1 action was confirmed", "{} actions were confirmed"),
}
"""What counts as a change, in this order, of one and of several."""


@dataclass(frozen=True)
class MonthSeen:
    """`changed` counts what happened since they last heard, by its kind; `account` is that of the month under way, if
    any is; `alerts` how many alerts about a child have not come to their end.
    """

    changed: Mapping[str, int]
    needs: Sequence[Exceptional]
    account: Account | None
    week_begins: bool
    alerts: int = 0

    @property
    def is_worth_saying(self) -> bool:
        return bool(self.changed or self.needs or self.alerts or (self.week_begins and self.account))

    def changes(self) -> Iterator[str]:
        for kind, (one, several) in CHANGES.items():
            many = self.changed.get(kind, 0)
            if many:
                yield one if many == 1 else several.format(many)

    def line(self) -> str:
        """What needs them and how many are in, in one line."""
        many = len(self.needs)
        needing = {0: "Nothing needs you", 1: "1 thing needs you"}.get(many, f"{many} things need you")
        so_far = f" {self.account.returned} of {self.account.given_out} are in." if self.account else ""
        alerts = {0: "", 1: " 1 alert has not come to its end."}.get(
            self.alerts, f" {self.alerts} alerts have not come to their end."
        )
        return f"{needing}.{so_far}{alerts} Everything {'else ' if self.needs else ''}goes by itself."


def begins_week(day: date, calendar: Calendar) -> bool:
    """Whether it is the first working day of its week."""
    monday = day - timedelta(days=day.weekday())
    return calendar.working_days_between(monday, day) == [day]


def tell(administrator: Person, seen: MonthSeen, about: str, *, at: datetime) -> tuple[list[StepTaken], list[Fact]]:
    """One digest for one person, looked at once a day; where nothing is worth saying, nothing is said that day."""
    taken = StepTaken(administrator.reference, TOLD, london(at).date(), at)
    told = MonthTold(about=about, changed=sum(seen.changed.values()), needing=len(seen.needs), tell=(administrator,))
    return [taken], [told] if seen.is_worth_saying else []
