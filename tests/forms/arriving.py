"""Something arrives from the Google Form, at a time of the test's choosing, and is taken in."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from forms import deciding, intake
from forms.arrived import Arrived
from programme.returns import Return
from programme.submissions import Submission
from programme.words import AllocationState, Way
from storage import clock, find
from storage.office import Office
from tests.cast import NOW, Cast, here
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
    """Who gets a message of one kind, by first name; once for who is told by e-mail as well."""
    with office.record.reading() as session:
        notices = find.notices.of_kind(session, kind)
        return sorted(notice.person.name.partition(" ")[0] for notice in notices if notice.way is not Way.EMAIL)


def counted(office: Office) -> Return:
    """The return of the auditor that counts now."""
    with office.record.reading() as session:
        made = find.submissions.return_of(session, find.allocations.by_ref(session, REF))
    assert made is not None
    return made


def state(office: Office) -> AllocationState:
    """How the auditor's audit stands."""
    with office.record.reading() as session:
        return find.allocations.by_ref(session, REF).state


def decides(office: Office, cast: Cast, step: str, ref: str, words: str = "") -> None:
    """The administrator decides about what is held."""
    with office.record.writing() as session:
        by = here(session, cast.administrator)
        if step == "match":
            deciding.match(session, office, ref, words, by=by)
        elif step == "ask":
            deciding.ask(session, office, ref, by=by)
        elif step == "accept":
            deciding.accept_as_it_is(session, office, ref, words, by=by)
        else:
            deciding.discard(session, office, ref, words, by=by)
