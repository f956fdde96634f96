"""More time for an action on record: taken, asked for, decided, and a date that is set."""

from datetime import date, time

import pytest

from programme.action_words import Extending
from programme.calendar import at_london
from programme.refusals import NotAllowed
from programme.ties import Deputy
from programme.words import Priority
from storage import acting, clock, extending, find, reporting
from storage.office import Office
from tests.acting import (
    LATER,
    NEXT_WEEK,
    SAID,
    TOO_LATE,
    WHY,
    asks_for_time,
    does,
    extensions,
    on_behalf_of,
    refused,
    seen,
    told,
)
from tests.bot.test_actions import REF, sent
from tests.cast import MONTH, NOW, Cast, here


class TestMoreTime:
    def test_the_first_time_of_a_standard_one_stands_at_once(self, office: Office, cast: Cast) -> None:
        sent(office, cast)
        does(office, asks_for_time(office, cast.team_manager, NEXT_WEEK))
        action = seen(office)
        assert (action.due_on, action.first_due_on) == (NEXT_WEEK, date(2017, 10, 9))
        assert [(each.state, each.until, each.why) for each in extensions(office)] == [
            (Extending.TAKEN, NEXT_WEEK, WHY)
        ]

    WRONG = (
        (None, WHY, "until", "Choose the day by which it will be done."),
        (date(2017, 10, 9), WHY, "until", "Choose a day after Monday 9 October."),
        (date(2017, 10, 14), WHY, "until", "Saturday 14 October is not a working day. Choose another."),
        (TOO_LATE, WHY, "until", "You can move it once yourself, to Monday 23 October at the latest."),
        (NEXT_WEEK, "late", "why", "Say why it takes longer, in a sentence."),
    )

    @pytest.mark.parametrize(("until", "why", "field", "sentence"), WRONG)
    def test_what_is_wrong_is_said_under_its_field(
        self, office: Office, cast: Cast, until: date | None, why: str, field: str, sentence: str
    ) -> None:
        sent(office, cast)
        found = refused(office, asks_for_time(office, cast.team_manager, until, why))
        assert (found.field, found.sentence) == (field, sentence)
        assert extensions(office) == []

    def test_an_immediate_one_has_none(self, office: Office, cast: Cast) -> None:
        sent(office, cast, priority=Priority.IMMEDIATE)
        owner = asks_for_time(office, cast.team_manager, LATER)
        assert "An immediate action has no more time" in refused(office, owner).sentence
        head = cast.childs_head_of_service
        found = refused(office, lambda session: acting.new_date(session, office, REF, LATER, by=here(session, head)))
        assert "An immediate action has no more time" in found.sentence

    def second(self, office: Office, cast: Cast) -> None:
        sent(office, cast)
        for until in (NEXT_WEEK, LATER):
            does(office, asks_for_time(office, cast.team_manager, until))

    def test_the_second_waits_for_their_head_of_service_and_the_date_stands(self, office: Office, cast: Cast) -> None:
        self.second(office, cast)
        assert (seen(office).due_on, told(office, "action_time_asked")) == (NEXT_WEEK, ["idris@example.org"])
        again = refused(office, asks_for_time(office, cast.team_manager, date(2017, 10, 30)))
        assert "is asked for already" in again.sentence

    def test_every_one_of_an_urgent_one_waits(self, office: Office, cast: Cast) -> None:
        sent(office, cast, priority=Priority.URGENT)
        does(office, asks_for_time(office, cast.team_manager, NEXT_WEEK))
        assert [each.state for each in extensions(office)] == [Extending.WAITING]
        assert seen(office).first_due_at is None

    def test_approved_it_moves_and_the_first_date_is_kept(self, office: Office, cast: Cast) -> None:
        self.second(office, cast)
        does(
            office, lambda session: extending.approve(session, office, REF, here(session, cast.childs_head_of_service))
        )
        action, last = seen(office), extensions(office)[-1]
        assert (action.due_on, action.first_due_on) == (LATER, date(2017, 10, 9))
        assert last.state is Extending.APPROVED
        assert last.decided_at == NOW
        assert told(office, "action_time_given") == ["tomasz@example.org"]

    def test_refused_it_stays(self, office: Office, cast: Cast) -> None:
        self.second(office, cast)
        does(office, lambda session: extending.refuse(session, office, REF, here(session, cast.childs_head_of_service)))
        assert (seen(office).due_on, extensions(office)[-1].state) == (NEXT_WEEK, Extending.REFUSED)
        late = refused(
            office, lambda session: extending.approve(session, office, REF, here(session, cast.childs_head_of_service))
        )
        assert "settled already" in late.sentence

    def test_nobody_else_decides(self, office: Office, cast: Cast) -> None:
        self.second(office, cast)
        for who in (cast.team_manager, cast.head_of_service, cast.administrator, cast.peer):
            by = who
            with pytest.raises(NotAllowed), office.record.writing() as session:
                extending.approve(session, office, REF, here(session, by))

    def test_who_stands_in_for_the_head_decides_in_their_name(self, office: Office, cast: Cast) -> None:
        self.second(office, cast)
        with office.record.writing() as session:
            head, peer = here(session, cast.childs_head_of_service), here(session, cast.peer)
            session.add(Deputy(head, peer, NOW.date(), NOW.date()))
        does(office, lambda session: extending.approve(session, office, REF, here(session, cast.peer)))
        assert on_behalf_of(office, "action_time_given") == [("Kofi Lindqvist for Idris Wolowicz", "action_time_given")]

    def test_of_a_head_of_services_own_the_head_of_quality_decides(self, office: Office, cast: Cast) -> None:
        self.second(office, cast)
        with office.record.writing() as session:
            find.actions.by_ref(session, REF).owner = here(session, cast.childs_head_of_service)
        head = cast.childs_head_of_service
        found = refused(office, lambda session: extending.approve(session, office, REF, here(session, head)))
        assert isinstance(found, NotAllowed)
        does(office, lambda session: extending.approve(session, office, REF, here(session, cast.head_of_quality)))
        assert seen(office).due_on == LATER

    def test_the_head_sets_a_date_in_one_step_which_settles_what_was_asked(self, office: Office, cast: Cast) -> None:
        self.second(office, cast)
        to, head = date(2017, 11, 1), cast.childs_head_of_service
        does(office, lambda session: acting.new_date(session, office, REF, to, by=here(session, head)))
        states = [each.state for each in extensions(office)]
        assert (seen(office).due_on, states) == (to, [Extending.TAKEN, Extending.CLOSED, Extending.SET])

    def test_what_is_confirmed_waits_for_nobody(self, office: Office, cast: Cast) -> None:
        self.second(office, cast)
        does(office, lambda session: acting.confirm(session, office, REF, SAID, by=here(session, cast.team_manager)))
        assert extensions(office)[-1].state is Extending.CLOSED


@pytest.mark.parametrize(("day", "in_time"), [(9, 1), (10, 0)])
def test_the_report_counts_what_was_done_by_the_first_date_not_by_the_one_it_was_moved_to(
    office: Office, cast: Cast, day: int, in_time: int
) -> None:
    sent(office, cast)
    does(office, asks_for_time(office, cast.team_manager, NEXT_WEEK))
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, day), time(16)))
        acting.confirm(session, office, REF, SAID, by=here(session, cast.team_manager))
    with office.record.reading() as session:
        figures = reporting.figures(session, office, find.rounds.of_month(session, MONTH))
    assert (figures["actions"]["confirmed"], figures["actions"]["confirmed_by_first_date"]) == (1, in_time)
