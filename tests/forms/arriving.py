"""Something arrives from the Google Form, at a time of the test's choosing, and is taken in."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from forms import intake
from forms.arrived import Arrived
from programme.submissions import Submission
from storage import clock, find
from storage.office import Office
from tests.cast import NOW, Cast
from tests.forms.responses import ANSWERS

REF, CASE = "AUD-2017-10-01", "MDW-0417"


def arrives(
    office: Office,
    cast: Cast,
    other: Mapping[str, str] = MappingProxyType({}),
    *,
    at: datetime = NOW,
    sent: datetime | None = None,
    response: str = "r1",
    respondent: str = "",
    without: tuple[str, ...] = (),
) -> Submission:
    """The auditor's whole audit, but for what is said otherwise or not at all."""
    said = {"case_ref": CASE, **ANSWERS, **other}
    fields = {name: words for name, words in said.items() if name not in without}
    with office.record.writing() as session:
        clock.set_to(session, at)
    arrived = Arrived("google", response, fields, respondent or cast.auditor.email, sent or at)
    with office.record.writing() as session:
        submission, new = intake.keep(session, office, arrived)
        ref = submission.ref
    if new:
        intake.take_up(office, ref)
    return now(office, ref)


def now(office: Office, ref: str) -> Submission:
    """How a submission stands."""
    with office.record.reading() as session:
        return find.submissions.by_ref(session, ref)


def told(office: Office, kind: str) -> list[str]:
    """Who gets a message of one kind, by first name."""
    with office.record.reading() as session:
        notices = find.notices.of_kind(session, kind)
        return sorted(notice.person.name.partition(" ")[0] for notice in notices)
