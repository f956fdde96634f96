"""The one way in: keep as received, match, validate, then accept or hold. Nothing that arrived is dropped.

What is kept is the very fields that came, under their own id. The same id with the same content is had already and is
met with the same receipt. The same id with other content is kept beside the first and held for a person to look at.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from forms import reading
from programme.allocations import Allocation
from programme.answers import Answers, faults_in
from programme.people import Person
from programme.refusals import Faulty, Refusal
from programme.returns import Submission
from programme.tool import AuditTool
from programme.words import Safety, SubmissionState
from storage import alarming, find, journal
from storage.office import Office
from storage.session import Session

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Arrived:
    """One return as it came: where from, under which id, and its fields."""

    source: str
    response_id: str
    fields: Mapping[str, str]
    respondent: str = ""

    @property
    def body(self) -> str:
        return json.dumps(dict(self.fields), ensure_ascii=False, sort_keys=True)

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.body.encode(errors="surrogatepass")).hexdigest()


def take_in(session: Session, office: Office, arrived: Arrived, allocation: Allocation, *, by: Person) -> Submission:
    """Keep a whole return and accept it, or hold it with the reason. Raises `Faulty`, keeping nothing, if not whole."""
    had = find.submissions.same(session, arrived.source, arrived.response_id, arrived.digest)
    if had is not None:
        return had
    now = office.now(session)
    submission = _keep(session, arrived, at=now)
    _raise_the_alarm(session, office, arrived, allocation, by)
    try:
        _must_be_the_first(session, arrived, submission)
        _accept(session, office, arrived, allocation, submission, by=by)
    except Faulty:
        raise
    except Refusal as refusal:
        submission.state = SubmissionState.HELD
        submission.held_because = refusal.sentence
        submission.allocation = allocation
    return submission


def check(fields: Mapping[str, str], allocation: Allocation) -> Answers:
    """The answers in these fields if they are whole; otherwise `Faulty`, naming every field in the form's order."""
    tool, plan_type = tool_of(allocation), allocation.case.plan_type
    answers, unread = reading.read(fields, tool, plan_type)
    # What could not be read is said in place of what is therefore missing.
    faults = {fault.where: fault for fault in [*faults_in(answers, tool, plan_type), *unread]}
    if faults:
        raise Faulty("Some answers are still needed.", list(faults.values()))
    return answers


def tool_of(allocation: Allocation) -> AuditTool:
    if allocation.round.tool is None:
        msg = "This is a past month; nothing can be sent in for it."
        raise Refusal(msg)
    return allocation.round.tool


def _keep(session: Session, arrived: Arrived, *, at: datetime) -> Submission:
    submission = Submission(
        ref="SUB-" + "".join(secrets.choice(ALPHABET) for _ in range(8)),
        source=arrived.source,
        response_id=arrived.response_id,
        digest=arrived.digest,
        body=arrived.body,
        received_at=at,
        state=SubmissionState.KEPT,
        respondent=arrived.respondent,
    )
    session.add(submission)
    return submission


def _raise_the_alarm(session: Session, office: Office, arrived: Arrived, allocation: Allocation, by: Person) -> None:
    """'Unsafe now' alarms on arrival, even where the return itself is held."""
    if arrived.fields.get("safety") == Safety.UNSAFE_NOW and by.can_return(allocation):
        about_staff = arrived.fields.get("staff_conduct") == "yes"
        alarming.raise_alert(session, office, allocation, by, staff_conduct=about_staff)


def _must_be_the_first(session: Session, arrived: Arrived, submission: Submission) -> None:
    same_id = find.submissions.with_id(session, arrived.source, arrived.response_id)
    if any(each is not submission for each in same_id):
        msg = "The same form was sent before with other answers. Somebody must choose which one counts."
        raise Refusal(msg)


def _accept(
    session: Session, office: Office, arrived: Arrived, allocation: Allocation, submission: Submission, *, by: Person
) -> None:
    answers = check(arrived.fields, allocation)
    now = submission.received_at
    circle = find.people.circle_of(session, allocation.case, on=office.today(session))
    alerted = find.alerts.of_audit(session, allocation.ref) is not None
    made, actions, facts = allocation.record_return(
        answers, submission, by=by, at=now, circle=circle, rules=office.rules, alerted=alerted
    )
    session.add_all([each for each in (made, *actions) if each is not None])
    journal.write(session, facts, by=by, at=now)
