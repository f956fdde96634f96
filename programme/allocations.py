"""One child's record given to one auditor for a month, from the giving out to how it ended."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from programme import actions, returns
from programme.actions import Action
from programme.answers import ActionWanted, Answers
from programme.calendar import london
from programme.cases import Case
from programme.circle import Circle
from programme.facts import (
    ActionRaised,
    ActionWithdrawn,
    CaseGivenOut,
    CaseHandedBack,
    Fact,
    ReasonGiven,
    ReturnRecorded,
)
from programme.people import Person
from programme.planning_facts import AuditHandedOn, AuditWithdrawn
from programme.refusals import NotAllowed, Refusal
from programme.returns import Return
from programme.rulebook import Rulebook
from programme.submissions import Submission
from programme.tool import AuditTool
from programme.words import (
    GIVEN_OUT_BY_MISTAKE,
    RETURNED,
    ActionState,
    AllocationState,
    AuditType,
    Competency,
    Priority,
    Reason,
    Safety,
    SubmissionState,
)

IN_ALREADY = "This audit is in already. Thank you; there is nothing more to do."
TAKES_RETURNS = RETURNED | {AllocationState.OUT, AllocationState.NOT_RETURNED}

if TYPE_CHECKING:  # rounds imports this room
    from programme.rounds import Round


@dataclass(frozen=True)
class Had:
    """What an audit already has: the newest version of its return, and every action ever raised of it."""

    returned: Return | None = None
    actions: Sequence[Action] = ()


NOTHING = Had()


@dataclass(eq=False)
class Allocation:
    """`first` is the audit that a re-audit looks at again.

    `remind_on` is the day its holder named with 'Remind me on…'. `asked_until` and `asked_at`: they have asked for more
    time, which somebody else decides on.
    """

    ref: str
    round: "Round"
    case: Case
    state: AllocationState
    holder: Person | None = None
    due_on: date | None = None
    first_due_on: date | None = None
    because: str = ""
    token: str | None = None
    given_out_at: datetime | None = None
    returned_at: datetime | None = None
    reason: str | None = None
    reason_words: str = ""
    remind_on: date | None = None
    asked_until: date | None = None
    asked_at: datetime | None = None
    imported: bool = False
    kind: AuditType = AuditType.MONTHLY
    developing: bool = False
    first: "Allocation | None" = None
    own_tool: AuditTool | None = None
    version: int = 1
    id: int | None = None

    @property
    def tool(self) -> AuditTool | None:
        """The questions it is judged by: its own, or the month's; None in a past month."""
        return self.own_tool or self.round.tool

    @property
    def is_short(self) -> bool:
        """A dip sample asks neither for feedback nor with whom it was done."""
        return self.kind is AuditType.DIP_SAMPLE

    @property
    def is_open(self) -> bool:
        return self.state is AllocationState.OUT

    def give_out(self, *, at: datetime) -> list[Fact]:
        if self.state is not AllocationState.PLANNED or self.holder is None:
            msg = f"{self.ref} has been given out already."
            raise Refusal(msg)
        self.state = AllocationState.OUT
        self.given_out_at = at
        self._give_time(london(at).date())
        return [CaseGivenOut(about=self.ref, tell=(self.holder,))]

    def must_be_open_to(self, person: Person) -> None:
        """Only the holder may do anything with it, and only until it has ended."""
        if not person.can_return(self):
            msg = "This child's record is with somebody else. Type /audit to see what is yours."
            raise NotAllowed(msg)
        if self.state in RETURNED:
            raise Refusal(IN_ALREADY)
        if not self.is_open:
            msg = "This audit is not open any more. Type /audit to see what is yours."
            raise Refusal(msg)

    def must_take_a_reason_from(self, person: Person) -> None:
        """From its holder, or for them from who may say why it is late."""
        if not self.is_open or not person.can_give_reason_for(self):
            self.must_be_open_to(person)

    def record_return(
        self,
        answers: Answers,
        submission: Submission,
        *,
        by: Person,
        at: datetime,
        circle: Circle,
        rules: Rulebook,
        had: Had = NOTHING,
    ) -> tuple[Return | None, list[Action], list[Fact]]:
        """Accept a return, or a newer version of it. In time is judged by when it first arrived (`at`)."""
        self.must_take_returns_from(by)
        submission.state = SubmissionState.ACCEPTED
        submission.allocation = self
        if answers.part_in_case:
            return None, [], self.hand_back(by=by, circle=circle)
        if self.state in RETURNED and had.returned is None:
            raise Refusal(IN_ALREADY)
        if self.state not in RETURNED:
            in_time = self.round.cut_off_at is None or at <= self.round.cut_off_at
            self.state = AllocationState.RETURNED_IN_TIME if in_time else AllocationState.RETURNED_LATE
            self.returned_at = at
        wanted = [*_safety_actions(answers), *answers.actions]
        dropped = [ActionWithdrawn(about=each.ref) for each in had.actions if each.withdraw_unless_in(wanted)]
        new = [each for each in wanted if not any(action.is_for(each) for action in had.actions)]
        raised = self._raise_actions(new, had, owner=self._owner(answers, circle), at=at, rules=rules)
        made = returns.recorded(answers, self, submission, had.returned, at=at)
        in_time = self.state is AllocationState.RETURNED_IN_TIME
        recorded = ReturnRecorded(about=self.ref, version=made.version, in_time=in_time, tell=(by,))
        return made, raised, [recorded, *dropped, *_raised(raised)]

    def raise_what_must_be_checked(
        self, detail: str, had: Had, *, owner: Person, at: datetime, rules: Rulebook
    ) -> tuple[list[Action], list[Fact]]:
        """'Not assured' is an urgent action from the moment it arrives, whatever else of the return is missing."""
        wanted = _to_be_checked(detail)
        if any(action.is_for(wanted) for action in had.actions):
            return [], []
        raised = self._raise_actions([wanted], had, owner=owner, at=at, rules=rules)
        return raised, _raised(raised)

    def must_take_returns_from(self, person: Person) -> None:
        """Only from the holder: for the first time, in a newer version, or so late that nobody expected it any more."""
        if not person.can_return(self):
            msg = "This child's record is with somebody else."
            raise NotAllowed(msg)
        if self.state not in TAKES_RETURNS:
            msg = f"{self.ref} is not open any more: nothing can be accepted for it."
            raise Refusal(msg)

    def hand_back(self, *, by: Person, circle: Circle) -> list[Fact]:
        """A part in the case, or personal knowledge: handed back without blame."""
        self.must_be_open_to(by)
        self.state = AllocationState.WITHDRAWN
        self.reason = Reason.PART_IN_CASE
        self.returned_at = None
        return [CaseHandedBack(about=self.ref, tell=circle.administrators)]

    def recall(self, words: str) -> list[Fact]:
        """It was given out by mistake: its form is closed, and its holder owes nothing."""
        self.state, self.reason, self.reason_words = AllocationState.WITHDRAWN, GIVEN_OUT_BY_MISTAKE, words
        return [AuditWithdrawn(about=self.ref)]

    def end_unreturned(self) -> None:
        """The month is reported: what was said of it, or silence, is how it ended."""
        self.state = AllocationState.NOT_RETURNED

    def hand_over_to(self, person: Person) -> None:
        """The same audit with a new holder: the old one's form is dead, and what they said of it is theirs."""
        self.holder = person
        self.developing = person.competency is Competency.DEVELOPING
        self.token = new_token()
        self.reason, self.reason_words = None, ""
        self.remind_on = self.asked_until = self.asked_at = None

    def give_back_to(self, person: Person, *, reason: str, words: str) -> None:
        """With who had it before, as if it had never been elsewhere: what they had said of it stands again."""
        self.hand_over_to(person)
        self.reason, self.reason_words = reason or None, words

    def hand_on_to(self, person: Person, *, at: datetime) -> list[Fact]:
        """Its holder cannot finish it: somebody else has it, and hears of it as if it had just been given out."""
        before = self.holder
        self.hand_over_to(person)
        self._give_time(london(at).date())
        return [AuditHandedOn(about=self.ref, before=before.reference if before else "", tell=(person,))]

    def _give_time(self, today: date) -> None:
        """What somebody gets after it was due has until the month closes."""
        if self.due_on is not None and self.due_on < today and self.round.cut_off_at is not None:
            self.due_on = london(self.round.cut_off_at).date()

    def give_reason(self, reason: Reason, words: str, *, by: Person, administrators: Sequence[Person]) -> list[Fact]:
        """'I can't do this one': the reason is kept and the administrator told; the case stays with its holder."""
        self.must_take_a_reason_from(by)
        if reason is Reason.OTHER and not words.strip():
            msg = "Say in a few words what stops you."
            raise Refusal(msg, field="words")
        if (self.reason, self.reason_words) == (reason, words.strip()):
            return []  # sent twice: it is known, and nobody is told again
        self.reason = reason
        self.reason_words = words.strip()
        return [ReasonGiven(about=self.ref, reason=reason, tell=tuple(administrators))]

    @staticmethod
    def _owner(answers: Answers, circle: Circle) -> Person:
        """A worry about a member of staff stays out of the team, so its actions do too."""
        if answers.staff_conduct and answers.safety is Safety.UNSAFE_NOW:
            return circle.owner_outside_the_team
        return circle.owner

    def _raise_actions(
        self, wanted: Sequence[ActionWanted], had: Had, *, owner: Person, at: datetime, rules: Rulebook
    ) -> list[Action]:
        return [
            self._action(actions.reference(self.ref, n), each, at=at, owner=owner, rules=rules)
            for n, each in enumerate(wanted, start=len(had.actions) + 1)
        ]

    def _action(
        self,
        ref: str,
        wanted: ActionWanted,
        *,
        at: datetime,
        owner: Person,
        rules: Rulebook,
    ) -> Action:
        priority = wanted.priority or Priority.STANDARD
        starts = priority in actions.ON_ARRIVAL
        return Action(
            ref=ref,
            allocation=self,
            step=wanted.step,
            measure=wanted.measure,
            priority=priority,
            due_at=actions.due(wanted.due, priority, at=at, rules=rules),
            named_on=wanted.due,
            owner=owner,
            state=ActionState.SENT if starts else ActionState.WAITING,
            sent_at=at if starts else None,
        )


def new_token() -> str:
    """What leads to one holder's form of one audit, together with their sign-in."""
    return secrets.token_urlsafe(24)


def _safety_actions(answers: Answers) -> list[ActionWanted]:
    """'Not assured' always makes an urgent action; what 'unsafe now' makes is raised with its alert."""
    return [_to_be_checked(answers.safety_detail)] if answers.safety is Safety.NOT_ASSURED else []


def _to_be_checked(detail: str) -> ActionWanted:
    what = detail.strip() or "ask the auditor what they were not assured of"
    return ActionWanted(f"{actions.CHECK}{what}", "The check is on the child's record.", Priority.URGENT)


def _raised(raised: Sequence[Action]) -> list[Fact]:
    """One fact per action; the owner hears at once only of those that start on arrival."""
    return [
        ActionRaised(about=action.ref, priority=action.priority, tell=(action.owner,) if action.sent_at else ())
        for action in raised
    ]
