"""In chat: those who work with a child hear that the record was chosen, and speak first."""

import pytest

from bot import names
from programme.people import Person
from programme.planning_facts import NoReserveLeft, RecordChosen, ReserveCalled
from storage import find, journal
from storage.office import Office
from tests.bot.conftest import Door, words_of
from tests.bot.swapping import first_said, last_said, post
from tests.cast import MONTH, NOW, Cast, here

SAID = "The weekly visits."


def reference(office: Office) -> str:
    with office.record.reading() as session:
        return find.cases.in_frame(session, MONTH, "MDW-0417").reference


def chosen(office: Office, cast: Cast) -> str:
    ref = reference(office)
    with office.record.writing() as session:
        told = (here(session, cast.social_worker), here(session, cast.team_manager))
        journal.write(session, [RecordChosen(about=ref, how="at_random", tell=told)], by=None, at=NOW)
    return ref


def say(door: Door, person: Person, ref: str, words: str = SAID) -> str:
    """What is answered, in the modal's place."""
    door.press(person, names.SAY_FIRST, ref)
    answer = door.submit(person, {names.PROUD_OF_FIELD: {names.PROUD_OF_FIELD: {"value": words}}})
    return words_of(answer.get_json()["view"]["blocks"])


def test_both_hear_what_was_chosen_and_who_reads_it(door: Door, office: Office, cast: Cast) -> None:
    chosen(office, cast)
    post(office, door)
    assert first_said(door, cast.social_worker) == [
        "*MDW-0417* was chosen at random for October 2017's audit: Fathers.",
        "Asha Thornbury will read it with you. It is about learning, not about you.",
        "What are you proud of, and what got in the way? Your words stand first in the audit.",
        "Speak first",
        "You may leave it. Until the audit is back you can change what you said.",
    ]
    assert first_said(door, cast.team_manager) == first_said(door, cast.social_worker)


def test_what_they_say_is_kept_and_shown_to_them_again(door: Door, office: Office, cast: Cast) -> None:
    ref = chosen(office, cast)
    post(office, door)
    assert say(door, cast.social_worker, ref) == "Thank you. Your words will stand first in the audit."
    post(office, door)
    assert "Change what you said" in last_said(door, cast.social_worker)
    door.press(cast.social_worker, names.SAY_FIRST, ref)
    assert SAID in str(door.modal["blocks"])
    with office.record.reading() as session:
        [kept] = find.samples.said_of(session, MONTH, find.cases.by_refs(session, ["MDW-0417"])["MDW-0417"])
        assert (kept.person.email, kept.proud_of) == (cast.social_worker.email, SAID)


@pytest.mark.parametrize("who", ["auditor", "peer", "administrator", "head_of_quality", "outsider"])
def test_it_is_for_nobody_else(door: Door, office: Office, cast: Cast, who: str) -> None:
    door.press(getattr(cast, who), names.SAY_FIRST, chosen(office, cast))
    assert door.modal_words == "This is for the child's social worker and Team Manager."


def test_a_name_is_pointed_out_under_its_field(door: Door, office: Office, cast: Cast) -> None:
    ref = chosen(office, cast)
    door.press(cast.social_worker, names.SAY_FIRST, ref)
    sent = {names.PROUD_OF_FIELD: {names.PROUD_OF_FIELD: {"value": "Ring 07700 900123."}}}
    answer = door.submit(cast.social_worker, sent).get_json()
    assert list(answer["errors"]) == [names.PROUD_OF_FIELD]


def test_the_administrator_hears_of_a_reserve_and_when_none_is_left(door: Door, office: Office, cast: Cast) -> None:
    ref = reference(office)
    with office.record.writing() as session:
        runs = (here(session, cast.administrator),)
        audit = find.allocations.by_ref(session, cast.allocation.ref, to_change=True)
        audit.hand_back(
            by=here(session, cast.auditor), circle=find.people.circle_of(session, audit.case, on=NOW.date())
        )
        facts = [
            ReserveCalled(about=ref, instead_of="AUD-2017-10-09", tell=runs),
            NoReserveLeft(about=audit.ref, tell=runs),
        ]
        journal.write(session, facts, by=None, at=NOW)
    post(office, door)
    assert first_said(door, cast.administrator)[:2] == [
        "*MDW-0417 is in the sample now*, for a record that was handed back.",
        "It waits for an auditor. Type `/audit round` to allocate it.",
    ]
    assert last_said(door, cast.administrator)[0] == (
        "*AUD-2017-10-01 was handed back*, and no reserve is left that the sample's limits allow."
    )
