"""What decisions are made by: the policy's numbers and the calendar they are counted on."""

from dataclasses import dataclass

from programme.calendar import Calendar
from programme.policy import Policy


@dataclass(frozen=True)
class Rulebook:
    policy: Policy
    calendar: Calendar

    @classmethod
    def of(cls, policy: Policy) -> "Rulebook":
        return cls(policy, Calendar(policy.calendar.closure_days))
