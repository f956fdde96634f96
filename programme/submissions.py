"""What arrived, exactly as it arrived, and what became of it: accepted, held for a person to look at, or set aside."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from programme.arrivals import AuditorAsked, SubmissionDiscarded, SubmissionHeld, SubmissionMatched
from programme.calendar import at_london
from programme.facts import Fact
from programme.people import Person
from programme.refusals import Fault, NotAllowed, Refusal
from programme.rights.audits import AuditRights
from programme.rulebook import Rulebook
from programme.words import SubmissionState

if TYPE_CHECKING:  # allocations imports this room
    from programme.allocations import Allocation

MATCHED_BY = frozenset({"code", "case_ref"})
"""The fields that say which audit it belongs to."""

STILL_WAITS = frozenset({SubmissionState.KEPT, SubmissionState.HELD})


@dataclass(eq=False)
class Submission:
    """`body` is what arrived, as it arrived; `fields` is how it was read, by our names.

    `submitted_at` is when it was sent, as who passed it on says. `unsure` is what could not be read for certain,
    `faults` what is to be mended: each a field and a sentence.
    """

    ref: str
    source: str
    response_id: str
    digest: str
    body: str
    received_at: datetime
    state: SubmissionState
    respondent: str = ""
    submitted_at: datetime | None = None
    fields: dict[str, str] = field(default_factory=dict)
    held_because: str = ""
    unsure: list[list[str]] = field(default_factory=list)
    faults: list[list[str]] = field(default_factory=list)
    allocation: "Allocation | None" = None
    asked_at: datetime | None = None
    decided_by: Person | None = None
    decided_at: datetime | None = None
    decision: str = ""
    version: int = 1
    id: int | None = None

    @property
    def arrived_at(self) -> datetime:
        """When it was first out of the auditor's hands, which is never later than it reached us."""
        return min(self.submitted_at or self.received_at, self.received_at)

    @property
    def waits(self) -> bool:
        """Whether it is still to be accepted, mended or set aside."""
        return self.state in STILL_WAITS

    def is_from(self, person: AuditRights) -> bool:
        """Who sent it; or who holds the audit that a person, or the code on a form without a sender, says it is for."""
        said_to_be_for = self.allocation if self.decided_by or not self.respondent else None
        theirs = said_to_be_for is not None and person.can_return(said_to_be_for)
        return theirs or self.respondent == person.email

    @property
    def to_mend(self) -> list[Fault]:
        return [Fault(where, sentence) for where, sentence in self.faults]

    @property
    def not_sure_of(self) -> list[Fault]:
        """What was read of it with a doubt. Which audit it belongs to is sure once a person has said so."""
        doubts = [Fault(where, sentence) for where, sentence in self.unsure]
        return [doubt for doubt in doubts if self.decided_by is None or doubt.where not in MATCHED_BY]

    def hold(
        self, because: str, faults: Sequence[Fault] = (), *, auditor: Person | None, administrators: Sequence[Person]
    ) -> list[Fact]:
        """Not accepted as it is. Who sent it and who runs the month hear so, once for each reason."""
        said_before = (self.state, self.held_because) == (SubmissionState.HELD, because)
        self.state, self.held_because = SubmissionState.HELD, because
        self.faults = [[fault.where, fault.sentence] for fault in faults]
        told = tuple(dict.fromkeys(person for person in (auditor, *administrators) if person is not None))
        return [] if said_before else [SubmissionHeld(about=self.ref, faults=len(faults), tell=told)]

    def supersede(self) -> None:
        """A newer one counts, or the same was accepted before. It is kept."""
        self.state = SubmissionState.SUPERSEDED

    def must_wait_for(self, person: Person) -> None:
        if not person.can_decide_on_held():
            msg = "The administrator and the Head of Quality decide about what is held."
            raise NotAllowed(msg)
        if self.state is not SubmissionState.HELD:
            msg = f"{self.ref} is settled already: it is {self.state}."
            raise Refusal(msg)

    def match_to(self, allocation: "Allocation", *, by: Person, at: datetime) -> list[Fact]:
        """An administrator says which audit it belongs to."""
        self.must_wait_for(by)
        if allocation.holder is None:
            msg = f"{allocation.ref} has no holder; nothing can come in for it."
            raise Refusal(msg, field="allocation")
        self.allocation = allocation
        self._decide(f"Belongs to {allocation.ref}", by=by, at=at)
        return [SubmissionMatched(about=self.ref, audit=allocation.ref)]

    def ask_auditor(self, *, by: Person, at: datetime) -> list[Fact]:
        """The holder is asked to mend it, once more."""
        self.must_wait_for(by)
        if self.allocation is None or self.allocation.holder is None:
            msg = "Nobody knows yet whose it is. Say first which audit it belongs to."
            raise Refusal(msg, field="allocation")
        self.asked_at = at
        return [AuditorAsked(about=self.ref, tell=(self.allocation.holder,))]

    def discard(self, reason: str, *, by: Person, at: datetime) -> list[Fact]:
        """It does not count. What arrived is kept, with who set it aside and why."""
        self.must_wait_for(by)
        self._decide(_said(reason, "Say why it does not count."), by=by, at=at)
        self.state = SubmissionState.DISCARDED
        holder = self.allocation.holder if self.allocation else None
        return [SubmissionDiscarded(about=self.ref, tell=(holder,) if holder else ())]

    def accept_as_it_is(self, reason: str, *, by: Person, at: datetime) -> None:
        """An administrator lets it count although something is missing."""
        self.must_wait_for(by)
        self._decide(_said(reason, "Say why it may count as it is."), by=by, at=at)

    def _decide(self, decision: str, *, by: Person, at: datetime) -> None:
        self.decision, self.decided_by, self.decided_at = decision, by, at


def _said(reason: str, sentence: str) -> str:
    if not reason.strip():
        raise Refusal(sentence, field="reason")
    return reason.strip()


def counts_from(
    submission: Submission,
    earlier: Sequence[Submission],
    *,
    moderate_on: datetime | None,
    now: datetime,
) -> datetime:
    """When a return counts as having arrived: at its first arrival, if what was held is mended in time.

    `earlier` are those of the same audit by the same auditor that were held. `moderate_on` is until when mending
    keeps the first arrival.
    """
    held = [each for each in (submission, *earlier) if each.held_because]
    if not held:
        return submission.arrived_at
    first = min(each.arrived_at for each in (submission, *earlier))
    return first if moderate_on is None or now <= moderate_on else max(now, submission.arrived_at)


def mended_by(allocation: "Allocation", rules: Rulebook) -> datetime | None:
    """Until when something held may be mended and still be in time: the morning of moderation."""
    day = allocation.round.moderate_on
    return at_london(day, rules.policy.month.mended_by_hour) if day else None
