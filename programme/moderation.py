"""A second reading of a returned audit by a pair: each judges blind, then they agree."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from programme import agreeing, changed, judging, marks
from programme.agreeing import Agreement
from programme.allocations import Allocation
from programme.calendar import london
from programme.changed import Changed
from programme.facts import AuditModerated, AuditRead, Fact
from programme.judging import Judged
from programme.marks import Marked
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.returns import Return
from programme.tool import AuditTool, Question
from programme.words import Grade

if TYPE_CHECKING:
    from programme.rounds import Round


@dataclass(eq=False)
class JudgedBlind:
    question_key: str
    grade: Grade | None
    id: int | None = None


@dataclass(eq=False)
class Reading:
    """One moderator's own judgement, made before the auditor's is shown. Not read yet while `read_at` is None."""

    moderator: Person
    overall: Grade | None = None
    judgements: list[JudgedBlind] = field(default_factory=list)
    read_at: datetime | None = None
    id: int | None = None

    def judged(self, key: str) -> Grade | None:
        return next((each.grade for each in self.judgements if each.question_key == key), None)


@dataclass(eq=False)
class Moderation:
    """What was agreed stands on the return itself (`agreed`); here stands who read it, what was said, and why.

    `changed` has each judgement that is not the auditor's; `reason` is why, of all of them in one line. `marks` and
    `note` are for the auditor: how good the audit itself was.
    """

    allocation: Allocation
    assigned_at: datetime
    readings: list[Reading] = field(default_factory=list)
    discussed: str = ""
    reason: str = ""
    changed: list[Changed] = field(default_factory=list)
    marks: list[Marked] = field(default_factory=list)
    note: str = ""
    agreed_by: Person | None = None
    agreed_at: datetime | None = None
    version: int = 1
    id: int | None = None

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None

    @property
    def all_have_read(self) -> bool:
        return all(reading.read_at for reading in self.readings)

    def reading_of(self, person: Person) -> Reading:
        """The reading of one of the pair; nobody else moderates this audit."""
        found = next((reading for reading in self.readings if reading.moderator is person), None)
        if found is None:
            msg = "This audit is moderated by others."
            raise NotAllowed(msg)
        return found

    def partner_of(self, person: Person) -> Person | None:
        return next((reading.moderator for reading in self.readings if reading.moderator is not person), None)

    def read(self, judged: Judged, questions: Sequence[Question], *, by: Person, at: datetime) -> list[Fact]:
        """Judge alone, whole and once."""
        reading = self.reading_of(by)
        if reading.read_at is not None:
            msg = "You have read this audit already. Your judgement is kept as it was."
            raise Refusal(msg)
        judging.refuse(list(judging.missing(judged, questions)))
        reading.overall, reading.read_at = judged.overall, at
        reading.judgements = [JudgedBlind(each.key, judged.by_question.get(each.key)) for each in questions]
        return [AuditRead(about=self.allocation.ref, touches=self._shares())]

    def must_be_ready_for(self, person: Person) -> None:
        """Agreeing is for the pair, once, when both have judged alone."""
        self.reading_of(person)
        if self.agreed_at is not None:
            who = self.agreed_by.name if self.agreed_by else "Your partner"
            msg = f"{who} wrote down what you agreed, on {london(self.agreed_at):%A %-d %B at %H:%M}."
            raise Refusal(msg)
        if not self.all_have_read:
            msg = "You agree when both of you have judged alone."
            raise Refusal(msg)

    def agree(
        self, said: Agreement, returned: Return, questions: Sequence[Question], *, by: Person, at: datetime
    ) -> list[Fact]:
        """Write down what the pair agreed; the auditor is told that it is done."""
        self.must_be_ready_for(by)
        judging.refuse(list(agreeing.faults_in(said, returned, questions)))
        agreeing.judge(returned, said.judged, questions)
        self.changed = changed.explained(said.judged, said.because, returned, questions)
        self.reason, self.discussed = changed.in_one_line(self.changed), said.discussed.strip()
        self.marks, self.note = marks.kept(said.marks), said.note.strip()
        self.agreed_by, self.agreed_at = by, at
        auditor, ref = self.allocation.holder, self.allocation.ref
        return [AuditModerated(about=ref, tell=(auditor,) if auditor else (), touches=self._shares())]

    def _shares(self) -> tuple[str, ...]:
        """What each of the pair has to do of the month says something else from now on."""
        return tuple(share_ref(self.allocation.round.month, reading.moderator) for reading in self.readings)


@dataclass(frozen=True)
class Share:
    """What one moderator has still to do of a month: audits to read alone, audits to agree that both have read."""

    round: "Round"
    moderator: Person
    given_at: datetime
    to_read: int
    to_agree: int

    @property
    def ref(self) -> str:
        return share_ref(self.round.month, self.moderator)

    @property
    def is_open(self) -> bool:
        return bool(self.to_read or self.to_agree)


def share_ref(month: str, moderator: Person) -> str:
    """MOD-2017-10-7 is what the seventh person moderates of October 2017."""
    return f"MOD-{month}-{moderator.id}"


def share_of(of: "Round", moderator: Person, waiting: Sequence[Moderation]) -> Share:
    """`waiting` are the audits of that month that they read and the pair has not agreed."""
    unread = [each for each in waiting if each.reading_of(moderator).read_at is None]
    to_agree = [each for each in waiting if each.all_have_read]
    given_at = max(each.assigned_at for each in waiting)
    return Share(of, moderator, given_at, len(unread), len(to_agree))


def questions_of(audit: Allocation) -> Sequence[Question]:
    return tool_of(audit).questions_for(audit.case.plan_type)


def tool_of(audit: Allocation) -> AuditTool:
    if audit.tool is None:
        msg = "This is a past month; nothing is moderated in it."
        raise Refusal(msg)
    return audit.tool
