"""A second reading of a returned audit by a pair: each judges blind, then they agree."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from programme import agreeing, changed, disagreeing, judging, marks
from programme.agreeing import Agreement, Moderated
from programme.allocations import Allocation
from programme.calendar import london
from programme.changed import Changed
from programme.facts import AuditModerated, AuditRead, Fact
from programme.judging import Judged
from programme.marks import Marked
from programme.moderation_facts import JudgementStands, ModerationDecided
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.sending_back import SentBack
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
class ReadBefore:
    """What somebody had judged of an earlier version, before they judged a newer one. Grades as they are stored."""

    of_version: int
    read_at: datetime
    overall: str
    judgements: dict[str, str]
    id: int | None = None


@dataclass(eq=False)
class Reading:
    """One moderator's own judgement, made before the auditor's is shown. Not read yet while `read_at` is None.

    `of_version` is the version of the return that it is of; `says` is why, where the pair does not agree.
    """

    moderator: Person
    overall: Grade | None = None
    judgements: list[JudgedBlind] = field(default_factory=list)
    read_at: datetime | None = None
    of_version: int = 1
    before: list[ReadBefore] = field(default_factory=list)
    says: str = ""
    id: int | None = None

    def is_of_earlier_than(self, version: int) -> bool:
        """A newer version came after it was read."""
        return self.read_at is not None and self.of_version < version

    def keep_as_before(self) -> None:
        """Set beside, for the judgement that is made anew."""
        if self.read_at is not None and self.overall is not None:
            judged = {each.question_key: each.grade.value if each.grade else "" for each in self.judgements}
            self.before.append(ReadBefore(self.of_version, self.read_at, self.overall.value, judged))

    def judged(self, key: str) -> Grade | None:
        return next((each.grade for each in self.judgements if each.question_key == key), None)


@dataclass(eq=False)
class Moderation:
    """What was agreed stands on the return itself (`agreed`); here stands who read it, what was said, and why.

    `changed` has each judgement that is not the auditor's; `reason` is why, of all of them in one line. `marks` and
    `note` are for the auditor: how good the audit itself was. Where the pair did not agree (`disputed_at`), `agreed_by`
    is who decided, and `decided_because` says why.
    """

    allocation: Allocation
    assigned_at: datetime
    readings: list[Reading] = field(default_factory=list)
    discussed: str = ""
    reason: str = ""
    changed: list[Changed] = field(default_factory=list)
    marks: list[Marked] = field(default_factory=list)
    note: str = ""
    sent_back: list[SentBack] = field(default_factory=list)
    disputed_by: Person | None = None
    disputed_at: datetime | None = None
    decided_because: str = ""
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

    @property
    def waits_for_a_decision(self) -> bool:
        return self.disputed_at is not None and not self.is_agreed

    @property
    def last_sent_back(self) -> SentBack | None:
        return self.sent_back[-1] if self.sent_back else None

    def with_auditor(self, today: date) -> SentBack | None:
        """What was sent back, while it is waited for."""
        back = self.last_sent_back
        return back if back is not None and back.came_at is None and today <= back.until else None

    def is_back_with(self, person: Person) -> bool:
        """Whether its auditor may still send it again: also after the day, as long as nothing is agreed."""
        back = self.last_sent_back
        return back is not None and back.came_at is None and not self.is_agreed and self.allocation.holder is person

    def reading_of(self, person: Person) -> Reading:
        """The reading of one of the pair; nobody else moderates this audit."""
        found = next((reading for reading in self.readings if reading.moderator is person), None)
        if found is None:
            msg = "This audit is moderated by others."
            raise NotAllowed(msg)
        return found

    def is_moderated_by(self, person: Person) -> bool:
        return any(each.moderator is person for each in self.readings)

    def partner_of(self, person: Person) -> Person | None:
        return next((reading.moderator for reading in self.readings if reading.moderator is not person), None)

    def read(
        self, judged: Judged, questions: Sequence[Question], version: int, *, by: Person, at: datetime
    ) -> list[Fact]:
        """Judge alone, whole, and each version of the return once."""
        reading = self.reading_of(by)
        self.must_not_be_agreed()
        if reading.read_at is not None and not reading.is_of_earlier_than(version):
            msg = "You have read this audit already. Your judgement is kept as it was."
            raise Refusal(msg)
        judging.refuse(list(judging.missing(judged, questions)))
        reading.keep_as_before()
        reading.overall, reading.read_at, reading.of_version = judged.overall, at, version
        kept = {each.question_key: each for each in reading.judgements}
        reading.judgements = [kept.get(each.key) or JudgedBlind(each.key, None) for each in questions]
        for each in reading.judgements:
            each.grade = judged.by_question.get(each.question_key)
        return [AuditRead(about=self.allocation.ref, touches=self.shares())]

    def stand(self, version: int, *, by: Person) -> list[Fact]:
        """'My judgement stands': of the newer version, too."""
        reading = self.reading_of(by)
        self.must_not_be_agreed()
        if not reading.is_of_earlier_than(version):
            msg = "There is no newer version than the one you have read."
            raise Refusal(msg)
        reading.of_version = version
        return [JudgementStands(about=self.allocation.ref, version=version, touches=self.shares())]

    def must_not_be_agreed(self) -> None:
        if self.agreed_at is not None:
            who = self.agreed_by.name if self.agreed_by else "Your partner"
            what = "decided this" if self.decided_because else "wrote down what you agreed,"
            msg = f"{who} {what} on {london(self.agreed_at):%A %-d %B at %H:%M}."
            raise Refusal(msg)

    def must_be_ready_for(self, person: Person) -> None:
        """Agreeing is for the pair, once, when both have judged alone."""
        self.reading_of(person)
        self.must_not_be_agreed()
        if not self.all_have_read:
            msg = "You agree when both of you have judged alone."
            raise Refusal(msg)

    def must_be_settled_by_now(self, version: int, today: date) -> None:
        """Nothing of it is still with its auditor, and what each has judged is what counts now."""
        back = self.with_auditor(today)
        if back is not None:
            msg = (
                f"It is with its auditor until {back.until:%A %-d %B}. If nothing comes, you agree with what there is."
            )
            raise Refusal(msg)
        behind = [each.moderator.name for each in self.readings if each.is_of_earlier_than(version)]
        if behind:
            msg = (
                f"The audit has changed since {' and '.join(behind)} read it. Say first whether that judgement stands."
            )
            raise Refusal(msg)

    def agree(self, said: Agreement, moderated: Moderated, *, by: Person, at: datetime) -> list[Fact]:
        """Write down what the pair agreed; the auditor is told that it is done."""
        self.must_be_ready_for(by)
        self.must_be_settled_by_now(moderated.returned.version, london(at).date())
        self._keep(said, moderated, by=by, at=at)
        self.discussed = said.discussed.strip()
        return self._done()

    def decide(
        self, said: Agreement, moderated: Moderated, deciders: Collection[Person], *, by: Person, at: datetime
    ) -> list[Fact]:
        """Where the pair does not agree: what holds, and why. The pair hears of it, too."""
        disagreeing.must_be_open_to(self, by, deciders)
        self._keep(said, moderated, by=by, at=at)
        self.decided_because = said.discussed.strip()
        pair = tuple(each.moderator for each in self.readings)
        return [*self._done(), ModerationDecided(about=self.allocation.ref, tell=pair)]

    def _keep(self, said: Agreement, moderated: Moderated, *, by: Person, at: datetime) -> None:
        returned, questions = moderated.returned, moderated.questions
        judging.refuse(list(agreeing.faults_in(said, moderated, today=london(at).date())))
        agreeing.judge(returned, said.judged, questions)
        self.changed = changed.explained(said.judged, said.because, returned, questions)
        self.reason = changed.in_one_line(self.changed)
        self.marks, self.note = marks.kept(said.marks), said.note.strip()
        self.agreed_by, self.agreed_at = by, at

    def _done(self) -> list[Fact]:
        auditor, ref = self.allocation.holder, self.allocation.ref
        return [AuditModerated(about=ref, tell=(auditor,) if auditor else (), touches=self.shares())]

    def shares(self) -> tuple[str, ...]:
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
    to_agree = [each for each in waiting if each.all_have_read and not each.waits_for_a_decision]
    given_at = max(each.assigned_at for each in waiting)
    return Share(of, moderator, given_at, len(unread), len(to_agree))


def questions_of(audit: Allocation) -> Sequence[Question]:
    return tool_of(audit).questions_for(audit.case.plan_type)


def tool_of(audit: Allocation) -> AuditTool:
    if audit.tool is None:
        msg = "This is a past month; nothing is moderated in it."
        raise Refusal(msg)
    return audit.tool
