"""The steps of an action on record: read, spoken of, done by who stands in, withdrawn."""

from datetime import date, timedelta

import pytest

from programme.people import Person
from programme.refusals import NotAllowed
from programme.ties import Deputy
from programme.words import ActionState
from storage import acting, find
from storage.office import Office
from tests.acting import SAID, Write, does, on_behalf_of, refused, seen, told
from tests.bot.test_actions import REF, sent
from tests.cast import NOW, Cast, here


class TestReading:
    def test_one_press_acknowledges_all_that_one_audit_asks_of_one_owner(self, office: Office, cast: Cast) -> None:
        sent(office, cast, many=2)
        does(office, lambda session: acting.acknowledge(session, office, REF, by=here(session, cast.team_manager)))
        both = [seen(office, ref) for ref in (REF, "ACT-2017-10-01-2")]
        assert [(each.state, each.acknowledged_at) for each in both] == [(ActionState.ACKNOWLEDGED, NOW)] * 2
        does(office, lambda session: acting.acknowledge(session, office, REF, by=here(session, cast.team_manager)))
        assert len(on_behalf_of(office, "action_acknowledged")) == 1

    def test_nobody_else_reads_it_for_them(self, office: Office, cast: Cast) -> None:
        sent(office, cast)
        for who in (cast.peer, cast.childs_head_of_service, cast.administrator, cast.head_of_quality):
            by = who
            with pytest.raises(NotAllowed), office.record.writing() as session:
                acting.acknowledge(session, office, REF, by=here(session, by))
        assert seen(office).state is ActionState.SENT

    def test_supervision_was_on_a_day_that_is_not_to_come(self, office: Office, cast: Cast) -> None:
        sent(office, cast)

        def on(day: date | None) -> Write:
            return lambda session: acting.discuss(session, office, REF, day, by=here(session, cast.team_manager))

        assert refused(office, on(NOW.date() + timedelta(days=1))).sentence == "This day is still to come."
        assert refused(office, on(None)).field == "day"
        does(office, on(NOW.date()))
        assert seen(office).discussed_on == NOW.date()


class TestStandingIn:
    def named(self, office: Office, cast: Cast, first: date, last: date) -> Person:
        with office.record.writing() as session:
            session.add(Deputy(here(session, cast.team_manager), here(session, cast.peer), first, last))
        return cast.peer

    def test_who_was_named_confirms_on_that_day_and_the_history_says_for_whom(self, office: Office, cast: Cast) -> None:
        sent(office, cast)
        named = self.named(office, cast, NOW.date(), NOW.date())
        does(office, lambda session: acting.confirm(session, office, REF, SAID, by=here(session, named)))
        assert seen(office).state is ActionState.CONFIRMED
        assert on_behalf_of(office, "action_confirmed") == [("Kofi Lindqvist for Tomasz Ferreday", "action_confirmed")]

    @pytest.mark.parametrize("off", [-1, 1])
    def test_on_another_day_they_do_not(self, office: Office, cast: Cast, off: int) -> None:
        sent(office, cast)
        day = NOW.date() + timedelta(days=off)
        named = self.named(office, cast, day, day)
        found = refused(office, lambda session: acting.confirm(session, office, REF, SAID, by=here(session, named)))
        assert isinstance(found, NotAllowed)
        assert seen(office).state is ActionState.SENT

    def test_theirs_are_among_what_they_may_confirm(self, office: Office, cast: Cast) -> None:
        sent(office, cast)
        self.named(office, cast, NOW.date(), NOW.date())
        with office.record.reading() as session:
            mine = find.actions.that_may_be_confirmed_by
            today = [each.ref for each in mine(session, here(session, cast.peer), NOW.date())]
            tomorrow = mine(session, here(session, cast.peer), NOW.date() + timedelta(days=1))
            assert (today, tomorrow) == ([REF], [])


class TestWithdrawing:
    def test_never_by_the_administrator_or_its_owner(self, office: Office, cast: Cast) -> None:
        sent(office, cast)
        for who in (cast.administrator, cast.team_manager, cast.childs_head_of_service, cast.auditor):
            by = who
            with pytest.raises(NotAllowed), office.record.writing() as session:
                acting.withdraw(session, office, REF, "It was done in August.", by=here(session, by))
        assert seen(office).state is ActionState.SENT

    def test_the_head_of_quality_says_why_and_the_owner_is_told(self, office: Office, cast: Cast) -> None:
        sent(office, cast)

        def withdraws(why: str) -> Write:
            return lambda session: acting.withdraw(session, office, REF, why, by=here(session, cast.head_of_quality))

        assert refused(office, withdraws("no")).field == "why"
        does(office, withdraws("It was done in August."))
        assert told(office, "action_withdrawn") == ["tomasz@example.org"]
        assert refused(office, withdraws("It was done in August.")).sentence == "This action is not open."
