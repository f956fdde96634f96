"""Audits beside the month's own: given out, taken in by the same way, and out of the account and the figures."""

from datetime import timedelta

import pytest

from programme import beside
from programme.people import Person, RoleHeld
from programme.refusals import Refusal
from programme.returns import Return
from programme.words import AllocationState, AuditType, Grade, Role, SubmissionState
from storage import find, giving, reporting
from storage.office import Office
from tests.cast import MONTH, NOW, Cast, here
from tests.forms.arriving import CASE, arrives
from tests.forms.responses import ANSWERS

ROWAN, LINDEN = "Rowan", "Linden"
FEEDBACK = ("child.", "mother.", "father.", "carer.", "with_practitioner")
NOT_ASKED = tuple(name for name in ANSWERS if name.startswith(FEEDBACK))


def by_the_administrator(office: Office, cast: Cast, how: str, *chosen: str) -> list[str]:
    with office.record.writing() as session:
        given = getattr(giving, how)(session, office, MONTH, *chosen, here(session, cast.administrator))
        return [each.ref for each in given]


def figures(office: Office) -> object:
    with office.record.reading() as session:
        return reporting.figures(session, office, find.rounds.of_month(session, MONTH))


def token(office: Office, ref: str) -> str:
    with office.record.reading() as session:
        return str(find.allocations.by_ref(session, ref).token)


def state(office: Office, ref: str) -> tuple[AuditType, AllocationState]:
    with office.record.reading() as session:
        audit = find.allocations.by_ref(session, ref)
        return audit.kind, audit.state


@pytest.fixture
def outside(office: Office, cast: Cast) -> Person:  # noqa: ARG001 - beside the cast
    person = Person("ottilie@example.org", "Ottilie Bramwell", [RoleHeld(Role.AUDITOR)])
    with office.record.writing() as session:
        session.add(person)
    return person


def test_a_practice_case_goes_to_everybody_in_a_group_and_stays_out_of_the_figures(office: Office, cast: Cast) -> None:
    before = figures(office)
    given = by_the_administrator(office, cast, "practice", "MDW-0502", ROWAN)
    assert given == ["AUD-2017-10-03"]
    sent = arrives(office, cast, {"case_ref": "MDW-0502", "code": token(office, given[0])})
    assert sent.state is SubmissionState.ACCEPTED
    assert state(office, given[0]) == (AuditType.PRACTICE, AllocationState.RETURNED_IN_TIME)
    assert figures(office) == before


def test_the_same_record_is_scored_once_by_each(office: Office, cast: Cast) -> None:
    by_the_administrator(office, cast, "practice", CASE, ROWAN)
    by_the_administrator(office, cast, "practice", CASE, LINDEN)
    with pytest.raises(Refusal):
        by_the_administrator(office, cast, "practice", CASE, ROWAN)


def test_two_of_one_record_with_one_auditor_are_told_apart_by_the_form_code_only(office: Office, cast: Cast) -> None:
    [practice] = by_the_administrator(office, cast, "practice", CASE, ROWAN)
    held = arrives(office, cast)
    assert held.held_because == f"asha@example.org has MDW-0417 out more than once: {practice}, AUD-2017-10-01."
    assert arrives(office, cast, {"code": token(office, practice)}, response="r2").state is SubmissionState.ACCEPTED


def test_a_re_audit_looks_again_is_moderated_and_compared(office: Office, cast: Cast, outside: Person) -> None:
    arrives(office, cast)
    before = figures(office)
    [again] = by_the_administrator(office, cast, "re_audit", "AUD-2017-10-01", outside.email)
    arrives(
        office,
        cast,
        {"code": token(office, again), "overall": "2"},
        respondent=outside.email,
        at=NOW + timedelta(days=1),
        response="r2",
    )
    assert (state(office, again), figures(office)) == (
        (AuditType.RE_AUDIT, AllocationState.RETURNED_IN_TIME),
        before,
    )
    with office.record.reading() as session:
        first, second = (find.allocations.by_ref(session, ref) for ref in ("AUD-2017-10-01", again))
        made, earlier = (find.submissions.return_of(session, each) for each in (second, first))
        waiting = find.moderations.without_a_pair(session, first.round)
    assert made is not None
    assert earlier is not None
    assert (second.first is first, beside.compared(made, earlier)) == (True, "better")
    assert [each.ref for each in waiting] == ["AUD-2017-10-01", again]


def test_a_dip_sample_asks_less_and_is_not_moderated(office: Office, cast: Cast, outside: Person) -> None:
    before = figures(office)
    [short] = by_the_administrator(office, cast, "dip_sample", CASE, outside.email, cast.tool.version)
    sent = arrives(
        office,
        cast,
        {"code": token(office, short)},
        without=NOT_ASKED,
        respondent=outside.email,
    )
    assert (sent.state, figures(office)) == (SubmissionState.ACCEPTED, before)
    with office.record.reading() as session:
        assert find.moderations.without_a_pair(session, find.rounds.of_month(session, MONTH)) == []


@pytest.mark.parametrize(
    ("how", "chosen"),
    [
        ("practice", ("XYZ-1", ROWAN)),
        ("practice", (CASE, "Nobody")),
        ("re_audit", ("AUD-2017-10-02", "asha@example.org")),
        ("re_audit", ("AUD-2017-10-01", "asha@example.org")),
        ("dip_sample", (CASE, "tomasz@example.org", "2017-10")),
        ("dip_sample", (CASE, "yusuf@example.org", "2017-10")),
        ("dip_sample", (CASE, "kofi@example.org", "1999")),
    ],
)
def test_what_cannot_be_is_refused(office: Office, cast: Cast, how: str, chosen: tuple[str, ...]) -> None:
    with pytest.raises(Refusal):
        by_the_administrator(office, cast, how, *chosen)


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (Grade.GOOD, Grade.NOT_YET_GOOD, "better"),
        (Grade.NEARLY_GOOD, Grade.NEARLY_GOOD, "the same"),
        (Grade.NOT_YET_GOOD, Grade.OUTSTANDING, "worse"),
        (None, Grade.GOOD, ""),
    ],
)
def test_better_the_same_or_worse(cast: Cast, now: Grade | None, then: Grade, said: str) -> None:
    first, again = (Return(cast.allocation, NOW, grade) for grade in (then, now))
    assert beside.compared(again, first) == said
