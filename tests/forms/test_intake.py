"""The one way in: what arrived is kept, counts once, or is held for a person; nothing is lost on the way."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from forms import intake
from forms.arrived import Arrived
from programme.actions import Action
from programme.calendar import at_london
from programme.words import ActionState, AllocationState, Grade, SubmissionState
from scheduler.sweeps.reminders import Reminders
from storage import clock, find, reporting, tables
from storage.chasing import AUDITS
from storage.office import Office
from tests.cast import MONTH, NOW, Cast, here
from tests.forms.arriving import CASE, REF, arrives, counted, decides, now, state, told
from tests.forms.responses import ANSWERS
from tests.moderated import agreed_by, judged, pair, read_by

ACCEPTED, HELD, SUPERSEDED = SubmissionState.ACCEPTED, SubmissionState.HELD, SubmissionState.SUPERSEDED
LATER = NOW + timedelta(hours=1)
CUT_OFF_DAY, MODERATION_DAY = date(2017, 10, 19), date(2017, 10, 20)


UNKNOWN = "No child's record with the reference '{}' was given out."


def actions(office: Office) -> list[tuple[str, str, ActionState]]:
    with office.record.reading() as session:
        ever: list[Action] = list(find.actions.ever_of(session, find.allocations.by_ref(session, REF)))
    return [(each.ref[-1], each.step, each.state) for each in ever]


def test_by_case_reference_and_auditor_it_becomes_a_return(office: Office, cast: Cast) -> None:
    assert arrives(office, cast).state is ACCEPTED
    assert (state(office), counted(office).version) == (AllocationState.RETURNED_IN_TIME, 1)
    assert told(office, "return_recorded") == ["Asha"]


def test_by_its_form_code_it_becomes_a_return(office: Office, cast: Cast) -> None:
    assert arrives(office, cast, {"code": str(cast.allocation.token)}).state is ACCEPTED


def test_the_same_again_is_had_already(office: Office, cast: Cast) -> None:
    first = arrives(office, cast)
    assert [arrives(office, cast, at=NOW, sent=NOW).ref for _ in range(3)] == [first.ref] * 3
    assert told(office, "return_recorded") == ["Asha"]


def test_other_answers_are_a_newer_version_and_both_are_kept(office: Office, cast: Cast) -> None:
    first = arrives(office, cast)
    second = arrives(office, cast, {"impact": "Home is calmer, and school goes well."}, at=LATER)
    assert (now(office, first.ref).state, second.state) == (SUPERSEDED, ACCEPTED)
    assert (counted(office).version, counted(office).impact) == (2, "Home is calmer, and school goes well.")


def test_changed_and_changed_back_stands_as_it_was_last_sent(office: Office, cast: Cast) -> None:
    for hours, impact in enumerate(("One.", "Two.", "One.")):
        arrives(office, cast, {"impact": impact}, at=NOW + timedelta(hours=hours))
    assert (counted(office).version, counted(office).impact) == (3, "One.")


def test_an_older_version_that_comes_late_does_not_replace_what_counts(office: Office, cast: Cast) -> None:
    arrives(office, cast, {"impact": "The newer one."}, at=LATER)
    old = arrives(office, cast, {"impact": "The older one."}, at=LATER + timedelta(minutes=5), sent=NOW)
    assert (old.state, counted(office).impact) == (SUPERSEDED, "The newer one.")


def test_the_same_answers_under_another_id_add_nothing(office: Office, cast: Cast) -> None:
    arrives(office, cast)
    again = arrives(office, cast, at=LATER, response="another")
    assert (again.state, counted(office).version) == (SUPERSEDED, 1)


def test_a_newer_version_takes_back_only_what_nobody_was_asked_yet(office: Office, cast: Cast) -> None:
    standard = {
        "action_2.step": "Plan a holiday.",
        "action_2.measure": "It is planned.",
        "action_2.priority": "planned",
    }
    arrives(office, cast, standard)
    changed = {"action_1.step": "Ring the school.", "action_2.step": "Plan respite."}
    arrives(office, cast, standard | changed, at=LATER)
    assert actions(office) == [
        ("1", "Write to the school.", ActionState.SENT),
        ("2", "Plan a holiday.", ActionState.WITHDRAWN),
        ("3", "Ring the school.", ActionState.SENT),
        ("4", "Plan respite.", ActionState.WAITING),
    ]


def test_what_is_not_whole_is_held_and_both_sides_hear_of_it(office: Office, cast: Cast) -> None:
    held = arrives(office, cast, without=("overall", "impact"))
    assert (held.state, held.held_because) == (HELD, "Some answers are still needed.")
    assert [str(fault) for fault in held.to_mend] == [
        "overall: Choose the overall judgement.",
        "impact: Say what difference the work made for the child.",
    ]
    assert (state(office), told(office, "submission_held")) == (AllocationState.OUT, ["Asha", "Bronwen"])


@pytest.mark.parametrize(
    ("mended", "came_to"),
    [
        (at_london(CUT_OFF_DAY, time(17)), AllocationState.RETURNED_IN_TIME),
        (at_london(MODERATION_DAY, time(9)), AllocationState.RETURNED_IN_TIME),
        (at_london(MODERATION_DAY, time(9, 1)), AllocationState.RETURNED_LATE),
    ],
)
def test_mended_by_nine_on_moderation_day_it_counts_from_when_it_first_arrived(
    office: Office, cast: Cast, mended: object, came_to: AllocationState
) -> None:
    held = arrives(office, cast, without=("overall",))
    arrives(office, cast, at=mended, response="mended")  # type: ignore[arg-type]
    assert (state(office), now(office, held.ref).state) == (came_to, SUPERSEDED)


def test_what_first_comes_after_the_cut_off_is_late_and_still_counts_as_returned(office: Office, cast: Cast) -> None:
    arrives(office, cast, at=at_london(CUT_OFF_DAY, time(12, 1)))
    assert state(office) is AllocationState.RETURNED_LATE


def test_sent_in_time_and_found_late_is_in_time(office: Office, cast: Cast) -> None:
    arrives(office, cast, at=at_london(MODERATION_DAY, time(8)), sent=at_london(CUT_OFF_DAY, time(11, 59)))
    assert state(office) is AllocationState.RETURNED_IN_TIME


def test_a_time_in_the_future_is_not_believed(office: Office, cast: Cast) -> None:
    early = arrives(office, cast, sent=NOW + timedelta(days=30))
    assert (early.state, early.arrived_at) == (ACCEPTED, NOW)


def test_after_the_report_is_drafted_it_is_kept_marked_late_and_its_actions_go_out(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, 27), time(9)))
        reporting.draft(session, office, MONTH, here(session, cast.administrator))
    assert arrives(office, cast, at=at_london(date(2017, 10, 30), time(9))).state is ACCEPTED
    assert (state(office), [each[2] for each in actions(office)]) == (
        AllocationState.RETURNED_LATE,
        [ActionState.SENT],
    )


def test_once_moderation_has_begun_a_newer_version_waits_for_a_decision(office: Office, cast: Cast) -> None:
    arrives(office, cast)
    first, _ = pair(office, cast)
    read_by(office, first)
    held = arrives(office, cast, {"impact": "Something else."}, at=LATER)
    assert (held.state, counted(office).version) == (HELD, 1)
    decides(office, cast, "accept", held.ref, "The auditor had mistaken the plan.")
    assert (counted(office).version, now(office, held.ref).decision) == (2, "The auditor had mistaken the plan.")


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ({"case_ref": "mdw-0417 "}, f"{UNKNOWN.format('mdw-0417')} MDW-0417 is written nearly so."),
        ({"case_ref": "XYZ-1"}, UNKNOWN.format("XYZ-1")),
        ({"case_ref": ""}, "It names no case reference."),
        ({"case_ref": "MDW-0502"}, "MDW-0502 was not given to asha@example.org."),
        ({"code": "replaced"}, "Its form code leads to no audit. The audit may have gone to somebody else since."),
    ],
)
def test_what_cannot_be_matched_is_held_and_says_why(
    office: Office, cast: Cast, said: dict[str, str], because: str
) -> None:
    held = arrives(office, cast, said)
    assert (held.state, held.held_because, held.allocation) == (HELD, because, None)


def test_a_case_reference_changed_beside_its_form_code_is_held(office: Office, cast: Cast) -> None:
    held = arrives(office, cast, {"code": str(cast.allocation.token), "case_ref": "MDW-0502"})
    assert held.held_because == "The form was made for MDW-0417, and its case reference was changed to 'MDW-0502'."


def test_somebody_elses_form_is_held(office: Office, cast: Cast) -> None:
    held = arrives(office, cast, {"code": str(cast.allocation.token)}, respondent=cast.peer.email)
    assert held.held_because == "AUD-2017-10-01 is with Asha Thornbury, and kofi@example.org sent this."


def test_after_a_swap_the_old_form_leads_nowhere(office: Office, cast: Cast) -> None:
    old = str(cast.allocation.token)
    with office.record.writing() as session:
        find.allocations.by_ref(session, REF).hand_over_to(here(session, cast.peer))
    assert arrives(office, cast, {"code": old}).state is HELD
    assert arrives(office, cast, response="r2").held_because == "MDW-0417 was not given to asha@example.org."


def test_not_assured_asks_for_its_check_on_arrival_even_held_and_once(office: Office, cast: Cast) -> None:
    worried = {"safety": "not_assured", "safety_detail": "Nobody has seen the child."}
    arrives(office, cast, worried, without=("impact",))
    arrives(office, cast, worried | {"safety_detail": "Not seen since June."}, at=LATER, response="mended")
    raised = [each for each in actions(office) if each[1].startswith("Check: ")]
    assert raised == [("1", "Check: Nobody has seen the child.", ActionState.SENT)]


def test_unsafe_now_alarms_on_arrival_even_held(office: Office, cast: Cast) -> None:
    arrives(
        office,
        cast,
        {"safety": "unsafe_now", "staff_conduct": "no", "safety_detail": "Alone at night."},
        without=("impact",),
    )
    assert told(office, "child_unsafe") == ["Idris", "Leocadia", "Tomasz"]


def test_unsafe_now_for_nobody_knows_which_child_goes_to_who_can_find_out(office: Office, cast: Cast) -> None:
    arrives(
        office, cast, {"case_ref": "XYZ-1", "safety": "unsafe_now", "staff_conduct": "no", "safety_detail": "Alone."}
    )
    assert (told(office, "unsafe_unmatched"), told(office, "child_unsafe")) == (["Bronwen", "Leocadia"], [])


def test_what_a_dead_process_left_is_taken_up_once(office: Office, cast: Cast) -> None:
    ref = _left_in_between(office, cast)
    assert [intake.take_up_all(office), intake.take_up_all(office)] == [1, 0]
    assert (now(office, ref).state, told(office, "return_recorded")) == (ACCEPTED, ["Asha"])


def _left_in_between(office: Office, cast: Cast) -> str:
    with office.record.writing() as session:
        arrived = Arrived("google", "r1", {"case_ref": CASE, **ANSWERS}, cast.auditor.email)
        submission, _ = intake.keep(session, office, arrived)
        return submission.ref


def test_agreed_judgements_stay_when_a_newer_version_is_let_in(office: Office, cast: Cast) -> None:
    arrives(office, cast)
    first, second = pair(office, cast)
    read_by(office, first, second)
    agreed_by(office, first, judged(), reason="Seen by both.")
    held = arrives(office, cast, {"impact": "Something else."}, at=LATER)
    decides(office, cast, "accept", held.ref, "A slip of the pen.")
    assert (counted(office).version, counted(office).agreed) == (2, Grade.GOOD)


NAMED = {"impact": "Mrs Okafor says that home is calmer."}


def test_what_looks_like_a_name_is_held_and_pointed_out_without_repeating_it(office: Office, cast: Cast) -> None:
    held = arrives(office, cast, NAMED)
    assert (held.state, held.held_because) == (HELD, "Something in it looks like personal data.")
    assert [(fault.where, "Okafor" in fault.sentence) for fault in held.to_mend] == [("impact", False)]


def test_sent_anyway_it_counts_and_that_is_kept(office: Office, cast: Cast) -> None:
    assert arrives(office, cast, NAMED | {"personal_data": "sent_anyway"}).state is ACCEPTED
    with office.record.reading() as session:
        [kept] = session.execute(
            select(tables.history.c.details).where(tables.history.c.kind == "personal_data_let_in")
        )
    assert kept.details == {"fields": "1"}


def test_who_sent_what_is_held_is_not_told_that_it_is_late(office: Office, cast: Cast) -> None:
    arrives(office, cast, without=("impact",))
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, 16), time(10)))
    Reminders(office, AUDITS).sweep()
    assert told(office, "reminded") == ["Kofi"]


def test_after_a_swap_the_new_holder_is_reminded_whatever_the_former_one_sent(office: Office, cast: Cast) -> None:
    arrives(office, cast, without=("impact",))
    with office.record.writing() as session:
        find.allocations.by_ref(session, REF).hand_over_to(here(session, cast.peer))
        clock.set_to(session, at_london(date(2017, 10, 16), time(10)))
    Reminders(office, AUDITS).sweep()
    assert told(office, "reminded") == ["Kofi", "Kofi"]


def test_a_form_that_asks_for_no_address_is_its_holders_by_its_code(office: Office, cast: Cast) -> None:
    worried = {"safety": "unsafe_now", "staff_conduct": "no", "safety_detail": "Alone at night."}
    arrives(office, cast, {"code": str(cast.allocation.token)} | worried, respondent=" ")
    assert (state(office), told(office, "child_unsafe")) == (
        AllocationState.RETURNED_IN_TIME,
        ["Idris", "Leocadia", "Tomasz"],
    )
