"""The audits that are in when the demo begins, sent by the same way in as the form's, in their holders' names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from yaml import safe_load

from forms import intake
from forms.arrived import Arrived
from programme.calendar import LONDON
from programme.people import Person
from programme.refusals import Refusal
from programme.words import SubmissionState
from storage import find
from storage.office import Office
from storage.session import Session

QUESTIONS = (
    *("core.assessment_current", "core.analysis", "core.plan", "core.voice", "core.oversight", "core.impact"),
    *("theme.child_seen", "theme.risk_current", "theme.core_group", "theme.permanence"),
)

SAID_BY_ALL = {
    "part_in_case": "no",
    "safety": "no_concern",
    "with_practitioner": "yes",
    "child.asked": "yes",
    "child.how": "At home, with drawings.",
    "mother.asked": "yes",
    "mother.how": "By telephone.",
    "father.asked": "no",
    "father.why_not": "no_reply",
    "carer.asked": "nobody",
}


@dataclass(frozen=True)
class Sent:
    """One audit of the demo: who sends it, when, the form's fields, and what becomes of it."""

    sender: str
    at: datetime
    fields: Mapping[str, str]
    comes_to: SubmissionState = SubmissionState.ACCEPTED


def read(file: Path) -> list[Sent]:
    """The audits in a file, each at the London time it gives."""
    every = safe_load(file.read_text(encoding="utf-8"))
    whole = [Sent(each["from"], _london(each["arrives"]), each["answers"]) for each in every["returns"]]
    brief = [Sent(each["from"], _london(each["arrives"]), _in_full(each)) for each in every["briefly"]]
    held = [
        Sent(each["from"], _london(each["arrives"]), _but_for(_in_full(each), each["without"]), SubmissionState.HELD)
        for each in every["held"]
    ]
    return sorted(whole + brief + held, key=lambda sent: sent.at)


def _in_full(brief: Mapping[str, Any]) -> dict[str, str]:
    """A brief audit as the form's fields. Questions that its record is not asked stay out of it by themselves."""
    judged = {key: brief["but"].get(key, brief["judged"]) for key in QUESTIONS}
    evidence = {f"{key}.evidence": brief["evidence"] for key in QUESTIONS}
    said = {name: brief[name] for name in ("strengths", "overall", "impact", "outcomes")}
    action = {f"action_1.{name}": brief[name] for name in ("step", "measure", "priority") if name in brief}
    return SAID_BY_ALL | judged | evidence | said | action


def _but_for(fields: Mapping[str, str], missing: Sequence[str]) -> dict[str, str]:
    return {name: words for name, words in fields.items() if name not in missing}


def send(sent: Sent, office: Office) -> None:
    """Take it in for what its sender has out. What comes to something else than the story says is a fault here."""
    with office.record.writing() as session:
        person = _sender(session, sent)
        ref = find.allocations.held_by(session, person)[0].ref
        allocation = find.allocations.with_tool(session, ref, to_change=True)
        source = "google" if sent.comes_to is SubmissionState.HELD else "form"
        arrived = Arrived(source, ref, sent.fields, respondent=person.email)
        submission = intake.take_in(session, office, arrived, allocation, by=person)
        if submission.state is not sent.comes_to:
            raise Refusal(submission.held_because)


def _sender(session: Session, sent: Sent) -> Person:
    person = find.people.by_email(session, sent.sender)
    if person is None:
        msg = f"{sent.sender} is not on the people list."
        raise Refusal(msg)
    return person


def _london(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=LONDON)
