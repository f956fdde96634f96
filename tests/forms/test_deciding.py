"""What an administrator decides about what is held: nothing counts without a reason, and nothing is lost."""

import pytest

from forms import deciding
from programme.refusals import Faulty, NotAllowed, Refusal
from programme.words import AllocationState, SubmissionState
from storage import find
from storage.office import Office
from tests.cast import NOW, Cast, here
from tests.forms.arriving import REF, arrives, counted, decides, now, state, told

ACCEPTED, HELD = SubmissionState.ACCEPTED, SubmissionState.HELD


def test_an_administrator_says_where_it_belongs_and_it_counts(office: Office, cast: Cast) -> None:
    held = arrives(office, cast, {"case_ref": "MDW-417"})
    decides(office, cast, "match", held.ref, REF)
    assert (now(office, held.ref).state, state(office)) == (ACCEPTED, AllocationState.RETURNED_IN_TIME)


def test_matched_and_not_whole_it_stays_held_for_what_is_missing(office: Office, cast: Cast) -> None:
    held = arrives(office, cast, {"case_ref": "MDW-417"}, without=("impact",))
    decides(office, cast, "match", held.ref, REF)
    assert (now(office, held.ref).state, now(office, held.ref).held_because) == (HELD, "Some answers are still needed.")


def test_asked_to_mend_it_the_auditor_alone_hears(office: Office, cast: Cast) -> None:
    held = arrives(office, cast, without=("impact",))
    decides(office, cast, "ask", held.ref)
    assert (told(office, "auditor_asked"), now(office, held.ref).asked_at) == (["Asha"], NOW)


def test_with_a_reason_it_counts_as_it_is(office: Office, cast: Cast) -> None:
    held = arrives(office, cast, without=("impact", "core.plan"))
    decides(office, cast, "accept", held.ref, "The auditor is on leave until the report.")
    made = counted(office)
    assert (made.impact, {each.question_key: each.grade for each in made.judgements}["core.plan"]) == ("", None)
    with office.record.reading() as session:
        entry = find.notices.of_kind(session, "return_recorded")
    assert [each.person.email for each in entry] == [cast.auditor.email]


@pytest.mark.parametrize("missing", ["overall", "safety"])
def test_nothing_counts_without_an_overall_judgement_and_a_word_on_safety(
    office: Office, cast: Cast, missing: str
) -> None:
    held = arrives(office, cast, without=(missing,))
    with pytest.raises(Faulty) as refused:
        decides(office, cast, "accept", held.ref, "It is late.")
    assert [fault.where for fault in refused.value.faults] == [missing]
    assert (now(office, held.ref).state, state(office)) == (HELD, AllocationState.OUT)


def test_what_is_set_aside_is_kept_with_who_and_why(office: Office, cast: Cast) -> None:
    held = arrives(office, cast, without=("impact",))
    decides(office, cast, "discard", held.ref, "A trial run.")
    kept = now(office, held.ref)
    assert (kept.state, kept.decision, kept.fields["strengths"]) == (
        SubmissionState.DISCARDED,
        "A trial run.",
        "The worker knows this child well.",
    )
    assert told(office, "submission_discarded") == ["Asha"]


@pytest.mark.parametrize("step", ["accept", "discard"])
def test_no_decision_without_a_reason(office: Office, cast: Cast, step: str) -> None:
    held = arrives(office, cast, without=("impact",))
    with pytest.raises(Refusal):
        decides(office, cast, step, held.ref, "  ")


def test_only_who_runs_the_month_decides(office: Office, cast: Cast) -> None:
    held = arrives(office, cast, without=("impact",))
    with office.record.writing() as session, pytest.raises(NotAllowed):
        deciding.discard(session, office, held.ref, "Mine.", by=here(session, cast.auditor))


def test_what_is_settled_is_decided_once(office: Office, cast: Cast) -> None:
    held = arrives(office, cast, without=("impact",))
    decides(office, cast, "discard", held.ref, "A trial run.")
    with pytest.raises(Refusal):
        decides(office, cast, "accept", held.ref, "After all.")
