"""What an administrator decides about a submission that is held: where it belongs, and whether it counts."""

from forms import intake, reading
from programme.answers import faults_in
from programme.people import Person
from programme.refusals import Faulty, Refusal
from programme.submissions import Submission
from storage import find, journal
from storage.office import Office
from storage.session import Session

NEVER_WITHOUT = ("overall", "safety")
"""Nobody lets a return count that does not say these."""


def match(session: Session, office: Office, ref: str, audit: str, *, by: Person) -> Submission:
    """Say which audit it belongs to; then it is judged anew, and may count at once."""
    if not audit:
        msg = "Choose the audit it belongs to."
        raise Refusal(msg, field="allocation")
    submission = find.submissions.by_ref(session, ref, to_change=True)
    allocation = find.allocations.with_tool(session, audit, to_change=True)
    now = office.now(session)
    journal.write(session, submission.match_to(allocation, by=by, at=now), by=by, at=now)
    intake.settle(session, office, submission)
    return submission


def ask(session: Session, office: Office, ref: str, *, by: Person) -> Submission:
    """Ask who holds the audit to mend it."""
    submission = find.submissions.by_ref(session, ref, to_change=True)
    now = office.now(session)
    journal.write(session, submission.ask_auditor(by=by, at=now), by=by, at=now)
    return submission


def discard(session: Session, office: Office, ref: str, reason: str, *, by: Person) -> Submission:
    submission = find.submissions.by_ref(session, ref, to_change=True)
    now = office.now(session)
    journal.write(session, submission.discard(reason, by=by, at=now), by=by, at=now)
    return submission


def accept_as_it_is(session: Session, office: Office, ref: str, reason: str, *, by: Person) -> Submission:
    """An administrator lets count what is held although answers are missing: never the overall one or the safety."""
    submission = find.submissions.by_ref(session, ref, to_change=True)
    now = office.now(session)
    submission.accept_as_it_is(reason, by=by, at=now)
    if submission.allocation is None:
        msg = "Say first which audit it belongs to."
        raise Refusal(msg, field="allocation")
    allocation = find.allocations.with_tool(session, submission.allocation.ref, to_change=True)
    tool, plan_type = intake.tool_of(allocation), allocation.case.plan_type
    answers, unread = reading.read(submission.fields, tool, plan_type)
    missing = [fault for fault in [*faults_in(answers, tool, plan_type), *unread] if fault.where in NEVER_WITHOUT]
    if missing:
        raise Faulty("It cannot count without these. Ask the auditor.", missing)
    intake.record(session, office, submission, allocation, answers, intake.had_of(session, allocation), by=by)
    return submission
