"""The one way in: keep as received, match, validate, then accept or hold. Nothing that arrived is dropped.

What is kept is what came, under its own id. The same id with the same content is had already. What is kept and not
settled yet, because a process died in between, is taken up again. What cannot be accepted is held for a person.
"""

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence

from forms import matched, reading
from forms.arrived import Arrived, said_alike
from forms.columns import columns
from programme import privacy, submissions
from programme.allocations import Allocation, Had
from programme.answers import Answers, faults_in
from programme.arrivals import PersonalDataLetIn, SubmissionSuperseded, UnsafeUnmatched
from programme.people import Person
from programme.refusals import Fault, Faulty, Refusal
from programme.returns import Return
from programme.submissions import Submission
from programme.tool import AuditTool
from programme.words import RETURNED, AuditType, Role, Safety, SubmissionState
from storage import alarming, find, journal, moderating, sampling
from storage.office import Office
from storage.session import Conflict, DatabaseFault, Session

PERSONAL_DATA, SENT_ANYWAY = "personal_data", "sent_anyway"
"""The field by which somebody says that what looks like personal data is none, or must stand there."""

log = logging.getLogger(__name__)

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


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
        respondent=arrived.sender,
        unsure=[[fault.where, fault.sentence] for fault in arrived.unsure],
    )
    session.add(submission)
    session.flush()
    return submission, True


def keep_of_google(session: Session, office: Office, arrived: Arrived) -> tuple[Submission, bool]:
    """As `keep`; and what came already by the other of Google's two ways is had, whatever id it came under there.

    The sheet may have made numbers of some answers: what it says of those does not count beside what the script sent.
    """
    unsure = {doubt.where for doubt in arrived.unsure}
    at = arrived.submitted_at
    others = find.submissions.sent(session, arrived.source, at, arrived.sender) if at else ()
    for each in others:
        if _doubts(each) <= unsure and said_alike(each.fields, arrived.fields, but_for=unsure):
            return each, False
    kept = keep(session, office, arrived)
    surer = [each for each in others if said_alike(each.fields, arrived.fields, but_for=_doubts(each))]
    journal.write(session, _set_beside(surer), by=None, at=office.now(session))
    return kept


def _doubts(submission: Submission) -> set[str]:
    return {name for name, _ in submission.unsure}


def take_up(office: Office, ref: str) -> None:
    """Settle what was kept, in a transaction of its own; what is settled by now is left as it is.

    What fails in a way nobody foresaw is held for a person, so that it neither is lost nor stops the others.
    """
    try:
        with office.record.writing() as session:
            submission = find.submissions.by_ref(session, ref, to_change=True)
            if submission.state is SubmissionState.KEPT:
                settle(session, office, submission)
    except Conflict:
        log.info("somebody else was first; it is taken up again", extra={"ref": ref})
    except DatabaseFault:
        log.warning("the database did not answer; what was kept is taken up later", extra={"ref": ref})
    except Exception:
        log.exception("what was kept could not be settled", extra={"ref": ref})
        with office.record.writing() as session:
            submission = find.submissions.by_ref(session, ref, to_change=True)
            if submission.state is not SubmissionState.KEPT:
                return
            _hold(
                session, office, submission, Refusal("It could not be read by itself. A person must look at it."), None
            )


def take_up_all(office: Office, enough: Callable[[], bool] = lambda: False) -> int:
    """Everything that was kept and not settled, as when a process died in between. How many there were."""
    with office.record.reading() as session:
        refs = find.submissions.kept(session)
    for ref in refs:
        if enough():
            break
        take_up(office, ref)
    return len(refs)


def settle(session: Session, office: Office, submission: Submission, *, entered_by: Person | None = None) -> None:
    """Match what is kept, then accept it or hold it. What cannot wait is raised first, even if it is held.

    `entered_by`: who entered for the auditor what they wrote; both names are kept.
    """
    sender = find.people.by_email(session, submission.respondent)
    try:
        allocation = submission.allocation or matched.allocation_for(session, submission)
        submission.allocation = allocation
        had = had_of(session, allocation)
        if _raise_what_cannot_wait(session, office, submission, allocation, had):
            had = had_of(session, allocation)
        _judge(session, office, submission, allocation, had, entered_by)
    except Refusal as refusal:
        _hold(session, office, submission, refusal, sender)


def check(fields: Mapping[str, str], allocation: Allocation, unsure: Sequence[Fault] = ()) -> Answers:
    """The answers in these fields if they are whole; otherwise `Faulty`, naming every field in the form's order.

    `unsure`: what else is in doubt about them.
    """
    tool, plan_type = tool_of(allocation), allocation.case.plan_type
    answers, unread = reading.read(fields, tool, plan_type)
    missing = faults_in(answers, tool, plan_type, short=allocation.is_short)
    # What could not be read is said in place of what is therefore missing.
    faults = {fault.where: fault for fault in [*missing, *unread, *unsure]}
    if faults:
        raise Faulty("Some answers are still needed.", list(faults.values()))
    return answers


def tool_of(allocation: Allocation) -> AuditTool:
    if allocation.tool is None:
        msg = "This is a past month; nothing can be sent in for it."
        raise Refusal(msg)
    return allocation.tool


def may_still_change(session: Session, allocation: Allocation) -> bool:
    """Who returned an audit may send it again with other answers: until the first of the pair has read it, and when
    they have sent it back.
    """
    moderation = find.moderations.of_audit(session, allocation.ref)
    began = moderation is not None and any(reading.read_at for reading in moderation.readings)
    holder = allocation.holder
    is_back = moderation is not None and holder is not None and moderation.is_back_with(holder)
    return allocation.state in RETURNED and (is_back or not began)


def _judge(
    session: Session,
    office: Office,
    submission: Submission,
    allocation: Allocation,
    had: Had,
    entered_by: Person | None,
) -> None:
    """Accept what is whole; what is the same as what counts, or older than it, is set beside it."""
    counts = had.returned.submission if had.returned else None
    if counts is not None and _adds_nothing(submission, counts):
        submission.supersede()
        return
    answers = check(submission.fields, allocation, submission.not_sure_of)
    _must_name_nobody(submission, tool_of(allocation))
    if allocation.state in RETURNED and not may_still_change(session, allocation):
        msg = "Moderation of this audit has begun. The administrator decides whether the new answers count."
        raise Refusal(msg)
    record(session, office, submission, allocation, answers, had, by=entered_by or allocation.holder)


def _must_name_nobody(submission: Submission, tool: AuditTool) -> None:
    """What looks like personal data is pointed out to who wrote it, whatever it came by, unless they sent it anyway."""
    found = privacy.found_in(submission.fields)
    if found and submission.fields.get(PERSONAL_DATA) != SENT_ANYWAY:
        asked = {column.name: column.title for column in columns(tool)}
        named = [Fault(each.where, f"{asked.get(each.where, each.where)} {each.sentence}") for each in found]
        raise Faulty("Something in it looks like personal data.", named)


def _adds_nothing(submission: Submission, counts: Submission) -> bool:
    """Said before, or overtaken: an older version that comes late does not replace what counts."""
    return said_alike(submission.fields, counts.fields) or submission.arrived_at < counts.arrived_at


def record(
    session: Session,
    office: Office,
    submission: Submission,
    allocation: Allocation,
    answers: Answers,
    had: Had,
    *,
    by: Person | None,
) -> None:
    """The return, its actions and what they tell. Who holds the audit returned it, whoever let it count."""
    now = office.now(session)
    holder = allocation.holder
    if holder is None:
        msg = f"{allocation.ref} has no holder; nothing can come in for it."
        raise Refusal(msg)
    arrived = find.submissions.of_allocation(session, allocation)
    earlier = [each for each in arrived if each is not submission and each.is_from(holder)]
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
        had=had,
    )
    if had.returned is not None and had.returned.submission is not None:
        had.returned.submission.supersede()
    session.add_all([each for each in (made, *actions) if each is not None])
    named = privacy.found_in(submission.fields)
    facts += [PersonalDataLetIn(about=allocation.ref, fields=len(named))] if named else []
    facts += _set_beside(earlier)
    facts += moderating.newer_came(session, allocation, made.version, at=now) if made is not None else []
    journal.write(session, facts, by=by, at=now, on_behalf_of=None if by is holder else holder)
    if answers.part_in_case and allocation.kind is AuditType.MONTHLY:
        sampling.follow_up(session, office, allocation, holder)


def _set_beside(earlier: Sequence[Submission]) -> list[SubmissionSuperseded]:
    """What was held of the same audit is mended by what counts now."""
    mended = [each for each in earlier if each.state is SubmissionState.HELD]
    for each in mended:
        each.supersede()
    return [SubmissionSuperseded(about=each.ref) for each in mended]


def had_of(session: Session, allocation: Allocation) -> Had:
    """What the audit already has."""
    returned: Return | None = find.submissions.return_of(session, allocation)
    return Had(returned, find.actions.ever_of(session, allocation))


def _raise_what_cannot_wait(
    session: Session, office: Office, submission: Submission, allocation: Allocation, had: Had
) -> bool:
    """'Unsafe now' alarms and 'not assured' asks for its check on arrival, even where the return itself is held.

    Whether it was either, so that the audit may have more actions now.
    """
    said, holder = submission.fields, allocation.holder
    if holder is None or not submission.is_from(holder):
        return False
    if said.get("safety") == Safety.UNSAFE_NOW:
        about_staff = said.get("staff_conduct") == "yes"
        alarming.raise_alert(session, office, allocation, holder, staff_conduct=about_staff)
    elif said.get("safety") == Safety.NOT_ASSURED:
        now = office.now(session)
        circle = find.people.circle_of(session, allocation.case, on=office.today(session))
        raised, facts = allocation.raise_what_must_be_checked(
            said.get("safety_detail", "")[: reading.LONGEST],
            had,
            owner=circle.owner,
            at=now,
            rules=office.rules,
        )
        session.add_all(raised)
        journal.write(session, facts, by=holder, at=now)
    return said.get("safety") in {Safety.UNSAFE_NOW, Safety.NOT_ASSURED}


def _hold(session: Session, office: Office, submission: Submission, refusal: Refusal, sender: Person | None) -> None:
    now, today = office.now(session), office.today(session)
    faults = refusal.faults if isinstance(refusal, Faulty) else ()
    administrators = find.people.with_role(session, Role.ADMINISTRATOR, on=today)
    holder = submission.allocation.holder if submission.allocation else None
    theirs = holder is not None and submission.is_from(holder)
    auditor = holder if theirs else sender
    facts = submission.hold(refusal.sentence, faults, auditor=auditor, administrators=administrators)
    if not theirs and submission.fields.get("safety") == Safety.UNSAFE_NOW:
        heads = find.people.with_role(session, Role.HEAD_OF_QUALITY, on=today)
        told = tuple(dict.fromkeys([*administrators, *heads]))
        facts.append(UnsafeUnmatched(about=submission.ref, tell=told))
    journal.write(session, facts, by=sender, at=now)
