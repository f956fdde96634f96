"""A child who is not safe now: whom to ring, who is told, and who has it in hand.

It begins when the question is answered, before the form is sent, at any hour of any day, absence or not.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from programme import actions
from programme.actions import Action
from programme.allocations import Allocation
from programme.calendar import london
from programme.chasing import StepTaken
from programme.circle import Circle
from programme.facts import ActionRaised, AlertRepeated, AlertTaken, CallNoted, ChildUnsafe, Fact
from programme.moderation import Moderation
from programme.people import Person
from programme.policy import SafetyRules
from programme.refusals import Fault, Faulty, NotAllowed, Refusal
from programme.rulebook import Rulebook
from programme.words import ActionState, Priority

AGAIN = "told_again"
OTHER_HEADS = "other_heads_told"
DIRECTOR = "director_told"


def ladder(rules: SafetyRules) -> list[tuple[str, timedelta]]:
    """While nobody has it in hand: who was told is told again, then the other Heads of Service, then the Director."""
    return [
        (AGAIN, timedelta(minutes=rules.repeat_minutes)),
        (OTHER_HEADS, timedelta(minutes=rules.other_heads_minutes)),
        (DIRECTOR, timedelta(minutes=rules.director_minutes)),
    ]


@dataclass(eq=False)
class Alert:
    """Raised the moment 'unsafe now' is answered. Nobody has it in hand while `taken_at` is None.

    `action` is the immediate one that was made with it; `seen_…` who said when the child was seen or made safe, and by
    what; `ended_…` who agreed to that. Until then it stands.
    """

    ref: str
    allocation: Allocation
    raised_by: Person
    raised_at: datetime
    staff_conduct: bool = False
    spoken_to: str = ""
    spoken_at: datetime | None = None
    taken_by: Person | None = None
    taken_at: datetime | None = None
    action: Action | None = None
    seen_words: str = ""
    seen_at: datetime | None = None
    seen_by: Person | None = None
    seen_noted_at: datetime | None = None
    ended_by: Person | None = None
    ended_at: datetime | None = None
    version: int = 1
    id: int | None = None

    @property
    def who_has_it(self) -> str:
        """In words, once somebody has."""
        who = self.taken_by.name if self.taken_by else "Somebody"
        return f"{who} has this since {london(self.taken_at):%H:%M on %A %-d %B}." if self.taken_at else ""

    @property
    def when_it_came(self) -> str:
        return f"at {london(self.raised_at):%H:%M on %A %-d %B}"

    @property
    def owned_by(self) -> list[Person]:
        """Who has it in hand, who said that the child is safe, and who owns its action."""
        owner = self.action.owner if self.action else None
        return [each for each in (self.taken_by, self.seen_by, owner) if each]

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    @property
    def how_it_was_seen(self) -> str:
        """In words, once somebody has said so."""
        who = self.seen_by.name if self.seen_by else "Somebody"
        if self.seen_at is None:
            return ""
        return f"The child was seen or made safe at {london(self.seen_at):%H:%M on %A %-d %B}, says {who}."

    @property
    def how_it_ended(self) -> str:
        """In words, once somebody has agreed."""
        who = self.ended_by.name if self.ended_by else "Somebody"
        return f"{who} agreed on {london(self.ended_at):%A %-d %B at %H:%M}." if self.ended_at else ""

    def take(self, told: Collection[Person], *, by: Person, at: datetime) -> list[Fact]:
        """'I have this': one of those who were told; the others hear who it is."""
        if not by.can_take_alert(told):
            msg = "Others were told of this. Type /audit to see what is yours."
            raise NotAllowed(msg)
        if self.taken_at is not None:
            raise Refusal(self.who_has_it)
        self.taken_by, self.taken_at = by, at
        return [AlertTaken(about=self.ref, tell=tuple(person for person in told if person is not by))]

    def note_call(self, spoken_to: str, spoken_at: datetime | None, *, by: Person, at: datetime) -> list[Fact]:
        """Whom the auditor rang, and when."""
        if by is not self.raised_by:
            msg = "Only who raised this can say whom they rang."
            raise NotAllowed(msg)
        faults = [] if spoken_to.strip() else [Fault("spoken_to", "Say whom you spoke to.")]
        if spoken_at is None or spoken_at > at:
            faults.append(Fault("spoken_at", "Say when you spoke to them, today, like 09:40."))
        if faults:
            raise Faulty("Ring first, then go on.", faults)
        self.spoken_to, self.spoken_at = spoken_to.strip(), spoken_at
        return [CallNoted(about=self.ref)]

    def steps_due(self, taken: Iterable[StepTaken], *, at: datetime, rules: Rulebook) -> list[str]:
        """The steps that are due and not taken; none once somebody has it in hand."""
        if self.taken_at is not None:
            return []
        done = {each.step for each in taken}
        return [
            name for name, after in ladder(rules.policy.safety) if at >= self.raised_at + after and name not in done
        ]

    def repeat(
        self, steps: Sequence[str], told: Sequence[Person], heads: Sequence[Person], directors: Sequence[Person]
    ) -> list[Fact]:
        """Tell those whom these steps are for, each once. A worry about staff goes past the other Heads of Service."""
        wider = directors if self.staff_conduct else heads
        audience = {AGAIN: told, OTHER_HEADS: wider, DIRECTOR: directors}
        tell = dict.fromkeys(person for step in steps for person in audience[step])
        return [AlertRepeated(about=self.ref, steps=len(steps), tell=tuple(tell))]


@dataclass(frozen=True)
class Known:
    """Of the audit that is alarming: every action and every alert ever raised of it, and who moderates it."""

    actions: Sequence[Action]
    alerts: Sequence[Alert]
    moderation: Moderation | None


def reference(audit: str, number: int) -> str:
    """SAFE-2017-10-07 is the alert of AUD-2017-10-07; a second one, after the first has ended, SAFE-2017-10-07-2."""
    return f"SAFE-{audit.removeprefix('AUD-')}{f'-{number}' if number > 1 else ''}"


def raise_alert(
    allocation: Allocation,
    *,
    staff_conduct: bool,
    by: Person,
    at: datetime,
    circle: Circle,
    rules: Rulebook,
    known: Known,
) -> tuple[Alert, Action, list[Fact]]:
    """The alert, and the immediate action it always makes. Nobody in the team hears of a worry about staff."""
    if not by.can_raise_alert(allocation, known.moderation):
        msg = "This audit is not yours."
        raise NotAllowed(msg)
    alert = Alert(reference(allocation.ref, len(known.alerts) + 1), allocation, by, at, staff_conduct)
    owner = circle.owner_outside_the_team if staff_conduct else circle.owner
    action = Action(
        ref=actions.reference(allocation.ref, len(known.actions) + 1),
        allocation=allocation,
        step="Make the child safe and tell the auditor.",
        measure="The child has been seen or made safe.",
        priority=Priority.IMMEDIATE,
        due_at=actions.due_by(Priority.IMMEDIATE, at=at, rules=rules),
        owner=owner,
        state=ActionState.SENT,
        sent_at=at,
    )
    alert.action = action
    told = circle.told_of_danger(staff_conduct=staff_conduct)
    return (
        alert,
        action,
        [
            ChildUnsafe(about=alert.ref, tell=told),
            ActionRaised(about=action.ref, priority=action.priority, tell=(owner,)),
        ],
    )
