"""Outcomes in chat: what those read whom they concern, acknowledging, answering, and 'All as shown'."""

from typing import Any

import pytest

from bot import names
from programme.outcome_words import SaidKind
from programme.people import Person
from storage import find, outcomes
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE, Door
from tests.cast import MONTH, Cast, here
from tests.moderated import REF, agreed_by, judged, pair, read_by, returned, sent_out

pytestmark = ON_ONE_DATABASE


def answers(words: str, kind: SaidKind = SaidKind.ANSWER) -> dict[str, Any]:
    """The modal, filled in."""
    return {
        names.KIND_FIELD: {names.KIND_FIELD: {"selected_option": {"value": kind.value}}},
        names.WORDS_FIELD: {names.WORDS_FIELD: {"value": words}},
    }


@pytest.fixture
def both(office: Office, cast: Cast) -> tuple[Person, Person]:
    returned(office, cast)
    both = pair(office, cast)
    read_by(office, *both)
    agreed_by(office, both[0], judged())
    return both


@pytest.mark.usefixtures("both")
class TestAllAsShown:
    def test_it_is_looked_at_first_and_then_sent(self, door: Door, office: Office, cast: Cast) -> None:
        door.press(cast.administrator, names.ALL_AS_SHOWN, MONTH)
        assert f"{REF}* Meadow: Asha Thornbury, Noor Valtonen, Tomasz Ferreday" in door.modal_words
        assert "1 outcome is sent." in door.submit(cast.administrator, {}).text
        with office.record.reading() as session:
            assert find.outcomes.must_be(session, REF).is_sent

    def test_what_changed_since_it_was_looked_at_is_not_sent(self, door: Door, office: Office, cast: Cast) -> None:
        door.press(cast.administrator, names.ALL_AS_SHOWN, MONTH)
        with office.record.writing() as session:
            here(session, cast.social_worker).team = here(session, cast.peer).team
        assert "has changed since you looked" in door.submit(cast.administrator, {}).text
        door.press(cast.administrator, names.ALL_AS_SHOWN, MONTH)
        assert "Nothing waits that could go as it is." in door.modal_words


def test_it_is_acknowledged_and_answered(door: Door, office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
    sent_out(office, cast)
    door.press(cast.social_worker, names.ACKNOWLEDGE_OUTCOME, REF)
    assert f"you have the outcome of {REF}" in door.modal_words
    door.press(cast.social_worker, names.ANSWER_OUTCOME, REF)
    assert "open until Monday 9 October" in door.modal_words
    mistake = answers("The plan is of May.", SaidKind.MISTAKE)
    said = door.submit(cast.social_worker, mistake)
    assert "Those who moderated it are told." in said.text
    with office.record.reading() as session:
        assert [each.words for each in find.outcomes.must_be(session, REF).said] == ["The plan is of May."]
        assert len(find.notices.of_kind(session, "mistake_pointed_out")) == len(both)


def test_a_name_is_pointed_out_under_the_field(
    door: Door, office: Office, cast: Cast, both: tuple[Person, Person]
) -> None:
    assert both
    sent_out(office, cast)
    door.press(cast.social_worker, names.ANSWER_OUTCOME, REF)
    said = door.submit(cast.social_worker, answers("NHS number 943 476 5919."))
    assert list(said.get_json()["errors"]) == [names.WORDS_FIELD]


def test_app_home_has_what_waits_until_it_is_sent_and_acknowledged(
    door: Door, office: Office, cast: Cast, both: tuple[Person, Person]
) -> None:
    assert both
    waits = "October 2017: 1 outcome waits to be sent."
    assert [waits in door.home_of(who) for who in (cast.administrator, cast.auditor)] == [True, False]
    sent_out(office, cast)
    assert waits not in door.home_of(cast.administrator)
    assert f"The outcome of {REF} is agreed." in door.home_of(cast.social_worker)
    with office.record.writing() as session:
        outcomes.acknowledge(session, office, REF, by=here(session, cast.social_worker))
    assert f"The outcome of {REF} is agreed." not in door.home_of(cast.social_worker)
