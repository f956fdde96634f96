"""One audit from its return to its end as plain dictionaries, written apart from the programme.

It knows people by their part, and `No` is all that it says when something may not be done. The child's Team Manager
owns every action. What is confirmed is checked, each time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

AUDITOR, OWNER, CHILDS_HEAD, OTHER_HEAD = "auditor", "team_manager", "childs_head_of_service", "head_of_service"
QUALITY, ADMINISTRATOR = "head_of_quality", "administrator"
PAIR = ("peer", "ottilie")
EVERYBODY = (
    *(AUDITOR, *PAIR, OWNER, CHILDS_HEAD, OTHER_HEAD, QUALITY, ADMINISTRATOR),
    *("social_worker", "kwame", "outsider"),
)
TOLD_OF_DANGER = frozenset({OWNER, CHILDS_HEAD, QUALITY})
HEADS = frozenset({CHILDS_HEAD, OTHER_HEAD, QUALITY})


class No(Exception):
    """May not be done."""


def only_if(it_may_be: object) -> None:
    if not it_may_be:
        raise No


@dataclass
class Action:
    """`checker` is asked whether the record shows it; empty before it is confirmed, and once it is answered."""

    pressing: bool
    state: str
    checker: str = ""


@dataclass
class Alert:
    action: str
    taken_by: str = ""
    seen_by: str = ""
    agreed_by: str = ""


@dataclass
class Loop:
    returned: bool = False
    paired: bool = False
    read: set[str] = field(default_factory=set)
    disputed: bool = False
    agreed: bool = False
    sent: bool = False
    closed: bool = False
    actions: dict[str, Action] = field(default_factory=dict)
    alerts: list[Alert] = field(default_factory=list)

    # Moderation and outcome.

    def returns(self) -> None:
        self.returned = True
        for pressing in (False, True):
            self.add(pressing=pressing, state="sent" if pressing else "waiting")

    def add(self, *, pressing: bool, state: str) -> str:
        ref = f"ACT-2017-10-01-{len(self.actions) + 1}"
        self.actions[ref] = Action(pressing, state)
        return ref

    def is_read_by(self, who: str) -> None:
        only_if(self.paired and who in PAIR and who not in self.read and not self.agreed)
        self.read.add(who)

    @property
    def both_have_read(self) -> bool:
        return self.read == set(PAIR) and not self.agreed

    def disagrees(self, who: str) -> None:
        only_if(who in PAIR and self.both_have_read and not self.disputed)
        self.disputed = True

    def agrees(self, who: str) -> None:
        """By one of the pair; or by the Head of Quality, where the pair has said that it does not."""
        only_if(self.both_have_read and (who in PAIR or (self.disputed and who == QUALITY)))
        self.agreed = True

    def sends(self, who: str) -> None:
        only_if(self.agreed and not self.sent and who in {ADMINISTRATOR, QUALITY})
        self.sent = True
        for each in self.actions.values():
            each.state = "sent" if each.state == "waiting" else each.state

    # Actions.

    def confirms(self, who: str, ref: str) -> None:
        only_if(who == OWNER and self.actions[ref].state == "sent")
        self.actions[ref].state = "confirmed"

    def is_asked_to_check(self, ref: str, checker: str) -> None:
        """Whoever it is: never the owner, nor anybody of the child's service."""
        assert self.actions[ref].state == "confirmed"
        assert checker in {*PAIR, OTHER_HEAD, "kwame"}
        self.actions[ref].checker = checker

    def shows(self, who: str, ref: str) -> None:
        only_if(self._is_checked_by(who, ref))
        self.actions[ref] = Action(self.actions[ref].pressing, "checked")

    def reopens(self, who: str, ref: str) -> None:
        only_if(self._is_checked_by(who, ref))
        self.actions[ref] = Action(self.actions[ref].pressing, "sent")

    def _is_checked_by(self, who: str, ref: str) -> bool:
        return self.actions[ref].state == "confirmed" and self.actions[ref].checker == who

    def withdraws(self, who: str, ref: str) -> None:
        only_if(who in self.read | {QUALITY} and self.actions[ref].state == "sent")
        self.actions[ref].state = "withdrawn"

    # The child's safety.

    @property
    def alert(self) -> Alert | None:
        """The one that stands."""
        return next((each for each in self.alerts if not each.agreed_by), None)

    def alarms(self, who: str) -> None:
        """The same one while it stands; and its auditor raises no second one."""
        if self.alert or (self.alerts and who == AUDITOR):
            return
        only_if(who == AUDITOR or (self.paired and who in PAIR))
        self.alerts.append(Alert(self.add(pressing=True, state="sent")))

    def takes(self, who: str) -> None:
        only_if(self.alert and not self.alert.taken_by and who in TOLD_OF_DANGER)
        self.alerts[-1].taken_by = who

    def says_safe(self, who: str) -> None:
        only_if(self.alert and not self.alert.seen_by and who in {self.alert.taken_by, OWNER})
        self._is_seen_by(who)

    def _is_seen_by(self, who: str) -> None:
        alert = self.alerts[-1]
        alert.seen_by, alert.taken_by = who, alert.taken_by or who

    def agrees_safe(self, who: str) -> None:
        alert = self.alert
        only_if(alert and alert.seen_by and who in HEADS - {alert.taken_by, alert.seen_by})
        self.alerts[-1].agreed_by = who

    # What goes by itself.

    def the_worker_looks(self) -> None:
        alert = self.alert
        if alert and not alert.seen_by and self.actions[alert.action].state in {"confirmed", "checked"}:
            self._is_seen_by(OWNER)
        self.closed = self.sent and not list(self.left())

    def left(self) -> Iterator[str]:
        if self.alert:
            yield "alert"
        yield from (ref for ref, each in self.actions.items() if each.state not in {"checked", "withdrawn"})

    @property
    def counts(self) -> tuple[int, int]:
        """How many were set, as a report counts them, and how many are confirmed. What was asked for and withdrawn
        was set too.
        """
        return len(self.actions), sum(each.state in {"confirmed", "checked"} for each in self.actions.values())
