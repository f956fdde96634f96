"""The one way in: keep as received, match, validate, then accept or hold. Nothing that arrived is dropped.

What is kept is what came, under its own id. The same id with the same content is had already. What is kept and not
settled yet, because a process died in between, is taken up again. What cannot be accepted is held for a person.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from forms import matched, reading
from programme import submissions
from programme.allocations import Allocation, Had
from programme.answers import Answers, faults_in
from programme.facts import SubmissionSuperseded, UnsafeUnmatched
from programme.people import Person
from programme.refusals import Fault, Faulty, Refusal
from programme.returns import Return
from programme.submissions import Submission
from programme.tool import AuditTool
from programme.words import RETURNED, Role, Safety, SubmissionState
from storage import alarming, drafts, find, journal
from storage.office import Office
from storage.session import Session

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

NO_ANSWERS = frozenset({"response_id", "rows"})
"""Fields of the page itself: two sends that differ in nothing else are the same."""

NEVER_WITHOUT = ("overall", "safety")
"""Nobody lets a return count that does not say these."""


@dataclass(frozen=True)
class Arrived:
    """One return as it came: where from, under which id, and its fields by our names.

    `received` is what came before it was read, where that differs. `unread` is what the reading could not make sure of.
    """

    source: str
    response_id: str
    fields: Mapping[str, str]
    respondent: str = ""
    submitted_at: datetime | None = None
    received: str = ""
    unread: Sequence[Fault] = field(default_factory=tuple)

    @property
    def body(self) -> str:
        return self.received or json.dumps(dict(self.fields), ensure_ascii=False, sort_keys=True)

    @property
    def digest(self) -> str:
        said = {name: words.strip() for name, words in self.fields.items() if name not in NO_ANSWERS and words.strip()}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def take_in(session: Session, office: Office, arrived: Arrived, allocation: Allocation, *, by: Person) -> Submission:
    """Keep what somebody sends for the audit they hold, and settle it at once."""
    submission, new = keep(session, office, arrived)
    if new:
        submission.allocation, submission.respondent = allocation, by.email
        settle(session, office, submission)
    return submission


def keep(session: Session, office: Office, arrived: Arrived) -> tuple[Submission, bool]:
    """Keep it as it came; or what was had before, if it is the same. Whether it is new."""
    had = find.submissions.same(session, arrived.source, arrived.response_id, arrived.digest)
    if had is not None:
        return had, False
    submission = Submission(
        ref="SUB-" + "".join(secrets.choice(ALPHABET) for _ in range(8)),
        source=arrived.source,
        response_id=arrived.response_id,
        digest=arrived.digest,
        body=arrived.body,
        fields=dict(arrived.fields),
        received_at=office.now(session),
        submitted_at=arrived.submitted_at,
        state=SubmissionState.KEPT,
        respondent=arrived.respondent.strip().lower(),
        unsure=[[fault.where, fault.sentence] for fault in arrived.unread],
    )
    session.add(submission)
    session.flush()
    return submission, True


def settle(session: Session, office: Office, submission: Submission) -> None:
    """Match what is kept, then accept it or hold it. What cannot wait is raised first, even if it is held."""
    sender = find.people.by_email(session, submission.respondent)
    try:
        allocation = submission.allocation or matched.allocation_for(session, submission)
        submission.allocation = allocation
        _raise_what_cannot_wait(session, office, submission, allocation)
        _judge(session, office, submission, allocation)
    except Refusal as refusal:
        _hold(session, office, submission, refusal, sender)


def check(fields: Mapping[str, str], allocation: Allocation, unsure: Sequence[Fault] = ()) -> Answers:
    """The answers in these fields if they are whole; otherwise `Faulty`, naming every field in the form's order.

    `unsure`: what else is in doubt about them.
    """
    tool, plan_type = tool_of(allocation), allocation.case.plan_type
    answers, unread = reading.read(fields, tool, plan_type)
    # What could not be read is said in place of what is therefore missing.
    faults = {fault.where: fault for fault in [*faults_in(answers, tool, plan_type), *unread, *unsure]}
    if faults:
        raise Faulty("Some answers are still needed.", list(faults.values()))
    return answers


def tool_of(allocation: Allocation) -> AuditTool:
    if allocation.round.tool is None:
        msg = "This is a past month; nothing can be sent in for it."
        raise Refusal(msg)
    return allocation.round.tool


def may_still_change(session: Session, allocation: Allocation) -> bool:
    """Until the first of the pair has read it, who returned an audit may send it again with other answers."""
    moderation = find.moderations.of_audit(session, allocation.ref)
    began = moderation is not None and any(reading.read_at for reading in moderation.readings)
    return allocation.state in RETURNED and not began


def accept_as_it_is(session: Session, office: Office, ref: str, reason: str, *, by: Person) -> Submission:
    """An administrator lets count what is held although answers are missing: never the overall one or the safety."""
    submission = find.submissions.by_ref(session, ref, to_change=True)
    now = office.now(session)
    submission.accept_as_it_is(reason, by=by, at=now)
    if submission.allocation is None:
        msg = "Say first which audit it belongs to."
        raise Refusal(msg, field="allocation")
    allocation = find.allocations.by_ref(session, submission.allocation.ref, to_change=True)
    tool, plan_type = tool_of(allocation), allocation.case.plan_type
    answers, unread = reading.read(submission.fields, tool, plan_type)
    missing = [fault for fault in [*faults_in(answers, tool, plan_type), *unread] if fault.where in NEVER_WITHOUT]
    if missing:
        raise Faulty("It cannot count without these. Ask the auditor.", missing)
    _record(session, office, submission, allocation, answers, by=by)
    return submission


def _judge(session: Session, office: Office, submission: Submission, allocation: Allocation) -> None:
    """Accept what is whole; what is the same as what counts, or older than it, is set beside it."""
    standing = find.submissions.return_of(session, allocation)
    counts = standing.submission if standing else None
    if counts is not None and (counts.digest == submission.digest or submission.arrived_at < counts.arrived_at):
        submission.supersede()
        return
    answers = check(submission.fields, allocation, submission.not_sure_of)
    if allocation.state in RETURNED and not may_still_change(session, allocation):
        msg = "Moderation of this audit has begun. The administrator decides whether the new answers count."
        raise Refusal(msg)
    _record(session, office, submission, allocation, answers, by=allocation.holder)


def _record(
    session: Session,
    office: Office,
    submission: Submission,
    allocation: Allocation,
    answers: Answers,
    *,
    by: Person | None,
) -> None:
    """The return, its actions and what they tell. Who holds the audit returned it, whoever let it count."""
    now = office.now(session)
    holder = allocation.holder
    if holder is None:
        msg = f"{allocation.ref} has no holder; nothing can come in for it."
        raise Refusal(msg)
    earlier = [each for each in find.submissions.of_allocation(session, allocation) if _same_sender(each, submission)]
    at = submissions.counts_from(
        submission,
        [each for each in earlier if each.held_because],
        moderate_on=submissions.mended_by(allocation, office.rules),
        now=now,
    )
    made, actions, facts = allocation.record_return(
        answers,
        submission,
        by=holder,
        at=at,
        circle=find.people.circle_of(session, allocation.case, on=office.today(session)),
        rules=office.rules,
        had=_had(session, allocation),
    )
    session.add_all([each for each in (made, *actions) if each is not None])
    drafts.forget(session, allocation)
    facts += _set_beside(earlier)
    journal.write(session, facts, by=by, at=now, on_behalf_of=None if by is holder else holder)


def _same_sender(earlier: Submission, submission: Submission) -> bool:
    return earlier is not submission and earlier.respondent == submission.respondent


def _set_beside(earlier: Sequence[Submission]) -> list[SubmissionSuperseded]:
    """What was held of the same audit is mended by what counts now."""
    mended = [each for each in earlier if each.state is SubmissionState.HELD]
    for each in mended:
        each.supersede()
    return [SubmissionSuperseded(about=each.ref) for each in mended]


def _had(session: Session, allocation: Allocation) -> Had:
    returned: Return | None = find.submissions.return_of(session, allocation)
    return Had(returned, find.actions.ever_of(session, allocation))


def _raise_what_cannot_wait(session: Session, office: Office, submission: Submission, allocation: Allocation) -> None:
    """'Unsafe now' alarms and 'not assured' asks for its check on arrival, even where the return itself is held."""
    said, holder = submission.fields, allocation.holder
    if holder is None or holder.email != submission.respondent:
        return
    if said.get("safety") == Safety.UNSAFE_NOW:
        about_staff = said.get("staff_conduct") == "yes"
        alarming.raise_alert(session, office, allocation, holder, staff_conduct=about_staff)
    elif said.get("safety") == Safety.NOT_ASSURED:
        now = office.now(session)
        circle = find.people.circle_of(session, allocation.case, on=office.today(session))
        raised, facts = allocation.raise_what_must_be_checked(
            said.get("safety_detail", "")[: reading.LONGEST],
            _had(session, allocation),
            owner=circle.owner,
            at=now,
            rules=office.rules,
        )
        session.add_all(raised)
        journal.write(session, facts, by=holder, at=now)


def _hold(session: Session, office: Office, submission: Submission, refusal: Refusal, sender: Person | None) -> None:
    now, today = office.now(session), office.today(session)
    faults = refusal.faults if isinstance(refusal, Faulty) else ()
    administrators = find.people.with_role(session, Role.ADMINISTRATOR, on=today)
    facts = submission.hold(refusal.sentence, faults, auditor=sender, administrators=administrators)
    unmatched = submission.allocation is None or submission.allocation.holder is not sender
    if unmatched and submission.fields.get("safety") == Safety.UNSAFE_NOW:
        heads = find.people.with_role(session, Role.HEAD_OF_QUALITY, on=today)
        told = tuple(dict.fromkeys([*administrators, *heads]))
        facts.append(UnsafeUnmatched(about=submission.ref, tell=told))
    journal.write(session, facts, by=sender, at=now)
