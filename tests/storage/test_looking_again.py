"""Looking at an action again, on record: who is asked, and what comes of it."""

from datetime import date

import pytest

from programme.action_words import Looked
from programme.looking_again import Answered, Change
from programme.people import Person
from programme.refusals import NotAllowed
from programme.words import ActionState, Priority
from storage import acting, find, looking_again
from storage.office import Office
from tests.acting import LATER, SAID, Write, does, refused, seen, told
from tests.bot.test_actions import REF, sent
from tests.cast import NOW, Cast, here
from tests.moderated import pair, read_by, returned


class TestLookingAgain:
    def doubted(self, office: Office, cast: Cast) -> None:
        sent(office, cast)
        words, by = "This was done in August.", cast.team_manager
        does(office, lambda session: looking_again.doubt(session, office, REF, words, by=here(session, by)))

    def answers(self, office: Office, by: Person, said: Answered) -> Write:
        return lambda session: looking_again.answer(session, office, REF, said, by=here(session, by))

    def test_where_nobody_moderated_it_the_head_of_quality_is_asked(self, office: Office, cast: Cast) -> None:
        self.doubted(office, cast)
        assert told(office, "action_doubted") == ["leocadia@example.org"]

    def test_it_goes_to_the_two_who_moderated_and_to_nobody_who_has_still_to_read_it(
        self, office: Office, cast: Cast
    ) -> None:
        returned(office, cast)
        first, second = pair(office, cast)
        read_by(office, first)
        with office.record.writing() as session:
            action = find.actions.by_ref(session, REF)
            action.state, action.sent_at = ActionState.SENT, NOW
        words, by = "This was done in August.", cast.team_manager
        does(office, lambda session: looking_again.doubt(session, office, REF, words, by=here(session, by)))
        assert told(office, "action_doubted") == [first.email]
        said = Answered(Looked.STANDS, "It is still needed.")
        assert isinstance(refused(office, self.answers(office, second, said)), NotAllowed)
        does(office, self.answers(office, first, said))
        assert told(office, "action_stands") == ["tomasz@example.org"]

    def test_meanwhile_it_is_open_and_its_owner_may_confirm(self, office: Office, cast: Cast) -> None:
        self.doubted(office, cast)
        does(office, lambda session: acting.confirm(session, office, REF, SAID, by=here(session, cast.team_manager)))
        late = refused(office, self.answers(office, cast.head_of_quality, Answered(Looked.STANDS, "Still needed.")))
        assert late.sentence == "This action is not open."

    def test_changed_the_owner_hears_what(self, office: Office, cast: Cast) -> None:
        self.doubted(office, cast)
        change = Change(step="Meet the school.", due_on=LATER)
        does(
            office, self.answers(office, cast.head_of_quality, Answered(Looked.CHANGED, "Another step helps.", change))
        )
        action = seen(office)
        assert (action.step, action.measure, action.due_on) == ("Meet the school.", "Measurecanary", LATER)
        assert action.first_due_on == date(2017, 10, 9)
        with office.record.reading() as session:
            assert find.history.details(session, REF, "action_changed", at=NOW) == {"fields": "step, due_on"}

    def test_another_priority_brings_its_own_date(self, office: Office, cast: Cast) -> None:
        self.doubted(office, cast)
        change = Change(priority=Priority.PLANNED)
        does(office, self.answers(office, cast.head_of_quality, Answered(Looked.CHANGED, "It can be planned.", change)))
        action = seen(office)
        assert (action.priority, action.due_on) == (Priority.PLANNED, date(2017, 11, 13))

    WRONG = (
        (Answered(None, "It is still needed."), "how"),
        (Answered(Looked.STANDS, "no"), "why"),
        (Answered(Looked.CHANGED, "It is still needed."), "step"),
        (Answered(Looked.CHANGED, "It is still needed.", Change(due_on=date(2017, 9, 1))), "due_on"),
    )

    @pytest.mark.parametrize(("said", "field"), WRONG)
    def test_an_answer_is_whole(self, office: Office, cast: Cast, said: Answered, field: str) -> None:
        self.doubted(office, cast)
        assert refused(office, self.answers(office, cast.head_of_quality, said)).field == field

    def test_withdrawn_it_asks_nothing_more(self, office: Office, cast: Cast) -> None:
        self.doubted(office, cast)
        said = Answered(Looked.WITHDRAWN, "It was done in August.")
        does(office, self.answers(office, cast.head_of_quality, said))
        action = seen(office)
        assert (action.state, action.withdrawn_why) == (ActionState.WITHDRAWN, "It was done in August.")
        with office.record.reading() as session:
            [look] = find.action_steps.looks(session, find.actions.by_ref(session, REF))
            assert (look.state, look.said) == (Looked.WITHDRAWN, "It was done in August.")
