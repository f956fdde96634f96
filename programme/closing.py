"""An audit closes by itself: when its outcome stands, and nothing that it set is to be done or to be checked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from programme.actions import Action
from programme.allocations import Allocation
from programme.checking import Check
from programme.circle import Circle
from programme.closing_facts import AuditClosed, AuditReopened
from programme.facts import Fact
from programme.words import ActionState

OVER = frozenset({ActionState.CHECKED, ActionState.WITHDRAWN})
"""Nothing more can come of these; of a confirmed one its check may."""


@dataclass(eq=False)
class Closing:
    """An audit was closed, and perhaps reopened since; closed again it has another one of these."""

    allocation: Allocation
    closed_at: datetime
    reopened_at: datetime | None = None
    id: int | None = None


@dataclass(frozen=True)
class WhatIsLeft:
    """What keeps an audit open: whether its outcome stands, its actions, what was decided of each confirmation, and
    whether an alert of it has not come to its end.
    """

    audit: Allocation
    has_outcome: bool
    actions: Sequence[Action]
    checks: Sequence[Check]
    has_alert: bool = False

    @property
    def to_do(self) -> list[Action]:
        """Open, or waiting for the outcome."""
        return [each for each in self.actions if each.state not in OVER | {ActionState.CONFIRMED}]

    @property
    def to_check(self) -> list[Action]:
        """Confirmed, and either to be checked or not decided on yet."""
        settled = {(each.action, each.confirmed_at) for each in self.checks if not each.waits}
        confirmed = [each for each in self.actions if each.state is ActionState.CONFIRMED]
        return [each for each in confirmed if (each, each.confirmed_at) not in settled]

    @property
    def is_over(self) -> bool:
        return self.has_outcome and not (self.has_alert or self.to_do or self.to_check)

    def said(self) -> Iterator[str]:
        """What is left, each in a few words."""
        if not self.has_outcome:
            yield "its outcome is to come"
        if self.has_alert:
            yield "it is to be agreed that the child is safe"
        for many, what in ((len(self.to_do), "to be done"), (len(self.to_check), "to be checked")):
            if many:
                yield f"{many} action{'' if many == 1 else 's'} {what}"


def settle(
    left: WhatIsLeft, closed: Closing | None, circle: Circle, *, at: datetime
) -> tuple[list[Closing], list[Fact]]:
    """Close what is over, and open again what is not: each once. The auditor and the Team Manager hear of the end."""
    audit = left.audit
    if closed is None and left.is_over:
        told = tuple(dict.fromkeys(each for each in (audit.holder, circle.team_manager) if each))
        return [Closing(audit, at)], [AuditClosed(about=audit.ref, tell=told)]
    if closed is not None and not left.is_over:
        closed.reopened_at = at
        return [], [AuditReopened(about=audit.ref)]
    return [], []
