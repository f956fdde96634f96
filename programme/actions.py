"""Something to be done for one child: what, how it is measured, who owns it and by when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from programme.action_facts import ActionAcknowledged, ActionDiscussed
from programme.answers import ActionWanted
from programme.calendar import end_of, london
from programme.facts import ActionConfirmed, ActionWithdrawn, Fact
from programme.people import Person
from programme.planning_facts import ActionHandedOn
from programme.refusals import NotAllowed, Refusal
from programme.rulebook import Rulebook
from programme.words import ActionState, Priority

if TYPE_CHECKING:  # allocations imports this room
    from programme.allocations import Allocation

ON_ARRIVAL = frozenset({Priority.IMMEDIATE, Priority.URGENT})
"""These start when the return arrives; the others wait for the agreed outcome."""

CHECK = "Check: "
"""How the step begins that 'not assured' always makes."""

STILL_TO_DO = frozenset({ActionState.SENT, ActionState.ACKNOWLEDGED})
SHORTEST_WORDS = 10
"""Characters. 'Noted' is not enough."""
SHORTEST_PLACE = 6
"""Characters: 'Visits' says where, 'yes' does not."""


@dataclass(frozen=True)
class Confirmation:
    """What an owner says of an action that is done: what and when, what changed, the day it went on the child's record,
    and where the record shows it.
    """

    done: str
    done_on: date | None
    changed: str
    recorded_on: date | None
    recorded_where: str


@dataclass(eq=False)
class Action:
    """`named_on` is the day its auditor asked for, `first_due_at` its first date once that was moved. Once confirmed:
    what was done and when, what changed for the child, and when and where the child's record shows it.
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
    recorded_where: str = ""
    acknowledged_by: Person | None = None
    acknowledged_at: datetime | None = None
    first_due_at: datetime | None = None
    discussed_on: date | None = None
    withdrawn_by: Person | None = None
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""
    version: int = 1
    id: int | None = None

    @property
    def due_on(self) -> date:
        return london(self.due_at).date()

    @property
    def first_due_on(self) -> date:
        """The date it had before anybody moved it."""
        return london(self.first_due_at or self.due_at).date()

    @property
    def waited(self) -> bool:
        """Whether it was sent with the agreed outcome, and not on arrival."""
        return self.sent_at is not None and self.priority not in ON_ARRIVAL

    @property
    def is_open(self) -> bool:
        """Sent, and not yet done."""
        return self.state in STILL_TO_DO

    def is_for(self, wanted: ActionWanted) -> bool:
        """Whether it is what an audit asks for. An urgent check stays the same one however its words are mended."""
        if self.state is ActionState.WITHDRAWN or self.priority is not wanted.priority:
            return False
        return self.measure == wanted.measure and (self.step == wanted.step or self.step.startswith(CHECK))

    def withdraw_unless_in(self, wanted: Sequence[ActionWanted]) -> bool:
        """A newer version of its audit may take back what was not sent yet; whether this was taken back."""
        if self.state is not ActionState.WAITING or any(self.is_for(each) for each in wanted):
            return False
        self.state = ActionState.WITHDRAWN
        return True

    def is_overdue(self, *, at: datetime) -> bool:
        """An immediate one is due by the hour, every other by the end of a London day."""
        past = at > self.due_at if self.priority is Priority.IMMEDIATE else london(at).date() > self.due_on
        return self.is_open and past

    def is_pressing(self, *, at: datetime) -> bool:
        """Nothing else comes before it: immediate, or its day is over."""
        return self.is_open and (self.priority is Priority.IMMEDIATE or self.is_overdue(at=at))

    def start(self, *, at: datetime, rules: Rulebook) -> bool:
        """Send it with the agreed outcome, its date counted from now; whether it had been waiting for that."""
        if self.state is not ActionState.WAITING:
            return False
        self.state, self.sent_at = ActionState.SENT, at
        still_ahead = self.named_on is not None and self.named_on > london(at).date()
        self.due_at = due(self.named_on if still_ahead else None, self.priority, at=at, rules=rules)
        return True

    def hand_on_to(self, person: Person) -> list[Fact]:
        """Somebody else has it from now on, by the same date; they hear of all that comes to them at once."""
        before = self.goes_to(person)
        return [ActionHandedOn(about=self.ref, before=before.reference, touches=(self.allocation.ref,))]

    def goes_to(self, person: Person) -> Person:
        """Another owner, who has not acknowledged it yet, by the same date; whose it was before."""
        before, self.owner = self.owner, person
        if self.state is ActionState.ACKNOWLEDGED:
            self.state, self.acknowledged_by, self.acknowledged_at = ActionState.SENT, None, None
        return before

    def moves_to(self, due_at: datetime) -> date:
        """Another date; the first one is kept for ever. The day it was due before."""
        was = self.due_on
        self.first_due_at, self.due_at = self.first_due_at or self.due_at, due_at
        return was

    def must_be_open_to(self, person: Person, on: date | None = None) -> None:
        """Its steps are for its owner, or their deputy of that day, while it is open."""
        if not person.can_confirm(self, on):
            msg = "This action is with somebody else. Only its owner or their deputy can confirm it."
            raise NotAllowed(msg)
        if self.confirmed_by is not None and self.confirmed_at is not None:
            msg = f"Confirmed on {london(self.confirmed_at):%A %-d %B} by {self.confirmed_by.name}. Thank you."
            raise Refusal(msg)
        self.must_be_open()

    def must_be_open(self) -> None:
        if not self.is_open:
            msg = "This action is not open."
            raise Refusal(msg)

    def acknowledge(self, *, by: Person, at: datetime) -> list[Fact]:
        """Read, by its owner or their deputy; said twice it is known."""
        self.must_be_open_to(by, london(at).date())
        if self.state is ActionState.ACKNOWLEDGED:
            return []
        self.state, self.acknowledged_by, self.acknowledged_at = ActionState.ACKNOWLEDGED, by, at
        return [ActionAcknowledged(about=self.ref, touches=(self.allocation.ref,))]

    def discuss(self, day: date | None, *, by: Person, at: datetime) -> list[Fact]:
        """Spoken of in supervision that day."""
        self.must_be_open_to(by, london(at).date())
        self.discussed_on = _must_be_past("day", day, "Choose the day on which you spoke of it.", at)
        return [ActionDiscussed(about=self.ref, day=self.discussed_on.isoformat())]

    def withdraw(self, why: str, *, by: Person, at: datetime, moderators: Collection[Person]) -> list[Fact]:
        """Nobody is to do it any more: by who moderated its audit, or the Head of Quality. Its owner is told."""
        self.must_be_settled_by(by, moderators)
        must_say_something("why", why, "Say why it is withdrawn, in a sentence.")
        self.state = ActionState.WITHDRAWN
        self.withdrawn_by, self.withdrawn_at, self.withdrawn_why = by, at, why.strip()
        return [ActionWithdrawn(about=self.ref, tell=(self.owner,), touches=(self.allocation.ref,))]

    def must_be_settled_by(self, person: Person, moderators: Collection[Person]) -> None:
        """While it is open, by who may say whether it stands."""
        if not person.can_settle(self, moderators):
            msg = "Those who moderated this audit, or the Head of Quality, can do this."
            raise NotAllowed(msg)
        self.must_be_open()

    def confirm(self, said: Confirmation, *, by: Person, at: datetime, auditor: Person | None = None) -> list[Fact]:
        """Done. The auditor who asked for it, if any is given, hears that something came of it."""
        self.must_be_open_to(by, london(at).date())
        must_say_something("done", said.done, "Say what was done, in a sentence.")
        done_on = _must_be_past("done_on", said.done_on, "Choose the day it was done.", at)
        must_say_something("changed", said.changed, "Say what changed for the child, in a sentence.")
        recorded_on = _must_be_past("recorded_on", said.recorded_on, "Choose the day it went on the record.", at)
        if recorded_on < done_on:
            msg = "It cannot be on the child's record before it was done."
            raise Refusal(msg, field="recorded_on")
        if len(said.recorded_where.strip()) < SHORTEST_PLACE:
            msg = "Say where the record shows it, like 'case note of 12 October'."
            raise Refusal(msg, field="recorded_where")
        self.state = ActionState.CONFIRMED
        self.done, self.done_on = said.done.strip(), done_on
        self.changed, self.recorded_on = said.changed.strip(), recorded_on
        self.recorded_where = said.recorded_where.strip()
        self.confirmed_by, self.confirmed_at = by, max(at, self.sent_at or at)
        told = (auditor,) if auditor else ()
        return [ActionConfirmed(about=self.ref, tell=told, touches=(self.allocation.ref,))]

    def reopen(self, *, at: datetime, rules: Rulebook) -> None:
        """What was said to be done does not hold: it is its owner's again, by a new date. The first one is kept.

        Each confirmation has a moment of its own, also while a demo's clock stands still: by it a check is known to be
        of this one.
        """
        was_confirmed_at = self.confirmed_at or at
        self.state, self.sent_at = ActionState.SENT, max(at, was_confirmed_at + timedelta(microseconds=1))
        self.moves_to(due_by(self.priority, at=at, rules=rules))
        self.done = self.changed = self.recorded_where = ""
        self.done_on = self.recorded_on = self.confirmed_by = self.confirmed_at = None
        self.acknowledged_by = self.acknowledged_at = None


def by_urgency(still_open: Sequence[Action], *, at: datetime) -> list[Action]:
    """Immediate ones first, then urgent ones, then what is overdue, then what is due soonest."""

    def urgency(action: Action) -> tuple[bool, bool, bool, datetime, str]:
        immediate, urgent = action.priority is Priority.IMMEDIATE, action.priority is Priority.URGENT
        return (not immediate, not urgent, not action.is_overdue(at=at), action.due_at, action.ref)

    return sorted(still_open, key=urgency)


def reference(audit: str, number: int) -> str:
    """ACT-2017-10-07-2 is the second of AUD-2017-10-07."""
    return f"ACT-{audit.removeprefix('AUD-')}-{number}"


def must_say_something(field: str, said: str, sentence: str) -> None:
    """A word like 'noted' says nothing about a child."""
    if len(said.strip()) < SHORTEST_WORDS:
        raise Refusal(sentence, field=field)


def _must_be_past(field: str, day: date | None, sentence: str, at: datetime) -> date:
    if day is None:
        raise Refusal(sentence, field=field)
    if day > london(at).date():
        msg = "This day is still to come."
        raise Refusal(msg, field=field)
    return day


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
