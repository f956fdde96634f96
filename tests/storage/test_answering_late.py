"""An action is late: its owner's Head of Service has spoken to them, sets a date, or takes it."""

from collections.abc import Callable
from datetime import date

import pytest

from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from storage import acting, answering_late, find
from storage.office import Office
from tests.acting import SAID, seen
from tests.bot.test_actions import REF, sent
from tests.cast import Cast, here
from tests.checked import told
from tests.storage.test_made_safe import goes_on_to

LATE = date(2017, 10, 12)
Answers = Callable[..., str]


@pytest.fixture
def answers(office: Office, cast: Cast) -> Answers:
    sent(office, cast)
    goes_on_to(office, LATE)

    def answer(by: Person, what: str, to: date | None = None) -> str:
        with office.record.writing() as session:
            me = here(session, by)
            return answering_late.answer(session, office, REF, what, by=me, to=to, why="The school is closed.")

    return answer


def lines(office: Office) -> list[str]:
    with office.record.reading() as session:
        return [each.what for each in find.history.lines(session, about=REF, on=None, before=None, at_most=9)]


def test_who_has_spoken_to_the_owner_changes_nothing_else(office: Office, cast: Cast, answers: Answers) -> None:
    said = answers(cast.childs_head_of_service, "spoken")
    assert said == f"Noted: you have spoken to Tomasz Ferreday. {REF} stays with them, and its date stands."
    assert (seen(office).owner.email, seen(office).due_on) == (cast.team_manager.email, date(2017, 10, 9))
    assert "spoke to the owner of the action" in lines(office)


def test_a_new_date_keeps_the_first(office: Office, cast: Cast, answers: Answers) -> None:
    answers(cast.childs_head_of_service, "new_date", date(2017, 10, 19))
    assert (seen(office).due_on, seen(office).first_due_on) == (date(2017, 10, 19), date(2017, 10, 9))


def test_who_takes_it_owns_it_and_its_owner_hears(office: Office, cast: Cast, answers: Answers) -> None:
    assert answers(cast.childs_head_of_service, "mine") == f"{REF} is yours now. Its owner before is told."
    assert seen(office).owner.email == cast.childs_head_of_service.email
    assert told(office, "actions_taken_over") == [cast.team_manager.email]


@pytest.mark.parametrize("what", ["spoken", "new_date", "mine"])
@pytest.mark.parametrize("who", ["team_manager", "head_of_service", "administrator", "auditor", "outsider"])
def test_nobody_else_answers(office: Office, cast: Cast, answers: Answers, who: str, what: str) -> None:
    with pytest.raises(NotAllowed):
        answers(getattr(cast, who), what, date(2017, 10, 19))
    assert seen(office).owner.email == cast.team_manager.email


@pytest.mark.parametrize("what", ["", "nonsense"])
def test_what_is_no_answer_is_asked_for_again(cast: Cast, answers: Answers, what: str) -> None:
    with pytest.raises(Refusal) as refused:
        answers(cast.childs_head_of_service, what)
    assert (refused.value.field, refused.value.sentence) == ("how", "Choose what happens now.")


def test_what_is_done_needs_no_answer(office: Office, cast: Cast, answers: Answers) -> None:
    with office.record.writing() as session:
        acting.confirm(session, office, REF, SAID, by=here(session, cast.team_manager))
    with pytest.raises(Refusal, match="This action is not open"):
        answers(cast.childs_head_of_service, "spoken")
