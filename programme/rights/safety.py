"""What a person may do with an alert about a child's safety."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from programme.rights.actions import ActionRights
from programme.words import Role

if TYPE_CHECKING:  # these rooms import this one
    from programme.allocations import Allocation
    from programme.moderation import Moderation
    from programme.people import Person
    from programme.safety import Alert

OVERSEE = frozenset({Role.HEAD_OF_SERVICE, Role.HEAD_OF_QUALITY})


class SafetyRights(ActionRights):
    """With an alert. `told`: everybody who was told of it."""

    def can_raise_alert(self, allocation: "Allocation", moderation: "Moderation | None") -> bool:
        """'Unsafe now': its holder, and at any time the two who moderate it."""
        moderates = moderation is not None and any(each.moderator is self for each in moderation.readings)
        return allocation.holder is self or moderates

    def can_take_alert(self, told: Collection["Person"]) -> bool:
        """'I have this': whoever was told of it."""
        return self in told

    def can_see_alert(self, alert: "Alert", told: Collection["Person"], on: date) -> bool:
        """Who was told, and who has its action; of one that is not about staff the Heads of Service and of Quality."""
        wider = bool(self.roles & OVERSEE) and not alert.staff_conduct
        return self in told or wider or self.can_say_made_safe(alert, on)

    def can_say_made_safe(self, alert: "Alert", on: date) -> bool:
        """Who has it in hand, and who owns its immediate action, or their deputy on that day."""
        return alert.taken_by is self or (alert.action is not None and self.can_confirm(alert.action, on))

    def can_agree_that_safe(self, alert: "Alert", told: Collection["Person"]) -> bool:
        """A Head of Service who does not own it, or the Head of Quality. About staff only who was told of it, the
        Director among them, so that nobody else hears.
        """
        if self in alert.owned_by:
            return False
        if alert.staff_conduct:
            return self in told and bool(self.roles & (OVERSEE | {Role.DIRECTOR}))
        return bool(self.roles & OVERSEE)
