"""Something to be done for one child: what, how it is measured, who owns it and by when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from programme.calendar import end_of, london
from programme.people import Person
from programme.rulebook import Rulebook
from programme.words import ActionState, Priority

if TYPE_CHECKING:  # allocations imports this room
    from programme.allocations import Allocation

ON_ARRIVAL = frozenset({Priority.IMMEDIATE, Priority.URGENT})
"""These start when the return arrives; the others wait for the agreed outcome."""


@dataclass(eq=False)
class Action:
    """`named_on` is the day its auditor asked for. Once confirmed: what was done and when, what changed for the child,
    and the day it went on the child's record.
    """

    ref: str
    allocation: "Allocation"
    step: str
    measure: str
    priority: Priority
    due_at: datetime
    owner: Person
    state: ActionState
    named_on: date | None = None
    sent_at: datetime | None = None
    done: str = ""
    done_on: date | None = None
    changed: str = ""
    recorded_on: date | None = None
    confirmed_by: Person | None = None
    confirmed_at: datetime | None = None
    version: int = 1
    id: int | None = None

    @property
    def due_on(self) -> date:
        return london(self.due_at).date()


def due_by(priority: Priority, *, at: datetime, rules: Rulebook) -> datetime:
    """When an action of this priority is due if nobody names a date: an instant (the end of that London day)."""
    if priority is Priority.IMMEDIATE:
        return at + timedelta(hours=rules.policy.actions.immediate_hours)
    days = rules.policy.actions.working_days(priority)
    return end_of(rules.calendar.after(london(at).date(), days))


def due(named: date | None, priority: Priority, *, at: datetime, rules: Rulebook) -> datetime:
    """The date somebody named, or the priority's own where that comes first or none was named."""
    latest = due_by(priority, at=at, rules=rules)
    return latest if named is None or priority is Priority.IMMEDIATE else end_of(named)
