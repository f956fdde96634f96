"""'Belongs to someone else' on record: named, accepted, declined, placed."""

from datetime import date, time, timedelta

import pytest

from programme.action_words import PassingState
from programme.calendar import at_london
from programme.people import Person
from programme.refusals import NotAllowed
from programme.safety import Alert
from programme.words import Priority, Role
from scheduler.sweeps.to_place import ToPlace
from storage import find, handing_on, passing_on
from storage.office import Office
from storage.session import Session
from tests.acting import Write, does, it_is, refused, seen, told
from tests.bot.test_actions import REF, deputy, sent
from tests.cast import NOW, Cast, here


class TestBelongsToSomeoneElse:
    def passes(self, office: Office, cast: Cast, to: Person | None = None, why: str = "Their team has it.") -> Write:
        def write(session: Session) -> object:
            number = str(here(session, to or cast.peer).id)
            return passing_on.pass_on(session, office, REF, number, why, by=here(session, cast.team_manager))

        return write

    def state(self, office: Office) -> list[tuple[PassingState, bool]]:
        with office.record.reading() as session:
            known = find.action_steps.passings(session, find.actions.by_ref(session, REF))
            return [(each.state, each.head_asked_at is not None) for each in known]

    def owner(self, office: Office) -> str:
        return seen(office).owner.email

    def test_it_stays_with_the_first_until_the_other_accepts(self, office: Office, cast: Cast) -> None:
        sent(office, cast)
        does(office, self.passes(office, cast))
        assert (self.owner(office), told(office, "action_passed_on")) == ("tomasz@example.org", ["kofi@example.org"])
        does(office, lambda session: passing_on.accept(session, office, REF, by=here(session, cast.peer)))
        assert (self.owner(office), seen(office).due_on) == ("kofi@example.org", date(2017, 10, 9))
        assert told(office, "action_taken_over") == ["tomasz@example.org"]

    def test_declined_it_stays(self, office: Office, cast: Cast) -> None:
        sent(office, cast)
        does(office, self.passes(office, cast))
        does(office, lambda session: passing_on.decline(session, office, REF, by=here(session, cast.peer)))
        assert (self.owner(office), self.state(office)) == ("tomasz@example.org", [(PassingState.DECLINED, False)])
        assert told(office, "action_not_taken") == ["tomasz@example.org"]

    def test_who_was_not_named_takes_nothing(self, office: Office, cast: Cast) -> None:
        sent(office, cast)
        does(office, self.passes(office, cast))
        for who in (cast.team_manager, cast.head_of_service, cast.administrator, cast.head_of_quality):
            by = who
            with pytest.raises(NotAllowed), office.record.writing() as session:
                passing_on.accept(session, office, REF, by=here(session, by))

    def test_only_a_team_manager_or_head_of_service_can_be_named(self, office: Office, cast: Cast) -> None:
        sent(office, cast)
        for who in (cast.social_worker, cast.administrator, cast.auditor, cast.team_manager):
            assert refused(office, self.passes(office, cast, who)).field == "named"
        assert refused(office, self.passes(office, cast, why="theirs")).field == "why"

    def test_after_a_working_day_the_owners_head_is_asked_once(self, office: Office, cast: Cast) -> None:
        sent(office, cast)
        does(office, self.passes(office, cast))
        it_is(office, at_london(date(2017, 10, 3), time(9)))
        assert ToPlace(office).sweep() == 0
        it_is(office, at_london(date(2017, 10, 3), time(9, 5)))
        assert (ToPlace(office).sweep(), ToPlace(office).sweep()) == (1, 0)
        assert told(office, "action_to_place") == ["idris@example.org"]

    def place(self, office: Office, with_: Person, by: Person) -> Write:
        return lambda session: passing_on.place(
            session, office, REF, str(here(session, with_).id), by=here(session, by)
        )

    def test_the_head_places_it(self, office: Office, cast: Cast) -> None:
        sent(office, cast)
        does(office, self.passes(office, cast))
        does(office, self.place(office, cast.head_of_service, cast.childs_head_of_service))
        assert (self.owner(office), self.state(office)) == ("maren@example.org", [(PassingState.PLACED, False)])
        assert told(office, "action_placed") == ["maren@example.org", "tomasz@example.org"]

    def test_or_leaves_it_where_it_is(self, office: Office, cast: Cast) -> None:
        sent(office, cast)
        does(office, self.passes(office, cast))
        does(office, self.place(office, cast.team_manager, cast.childs_head_of_service))
        assert (self.owner(office), self.state(office)) == ("tomasz@example.org", [(PassingState.LEFT, False)])

    def test_nobody_else_places_it(self, office: Office, cast: Cast) -> None:
        sent(office, cast)
        does(office, self.passes(office, cast))
        for who in (cast.team_manager, cast.peer, cast.head_of_service, cast.administrator):
            assert isinstance(refused(office, self.place(office, cast.peer, who)), NotAllowed)

    def test_handed_on_with_its_owner_nobody_is_asked_any_more(self, office: Office, cast: Cast) -> None:
        sent(office, cast)
        does(office, self.passes(office, cast))
        with office.record.writing() as session:
            leaver = find.people.whole(session, here(session, cast.team_manager).id or 0)
            leaver.ends = NOW.date() - timedelta(days=1)
            handing_on.hand_on(session, office, leaver, here(session, cast.administrator))
        assert (self.owner(office), self.state(office)) == ("idris@example.org", [(PassingState.CLOSED, False)])

    def test_nobody_in_the_team_is_named_for_what_is_kept_from_it(self, office: Office, cast: Cast) -> None:
        """An action that an alert about the conduct of somebody raised."""
        from_the_team = deputy(office, cast)
        with office.record.writing() as session:
            from_the_team = here(session, from_the_team)
            from_the_team.roles_held = [type(from_the_team.roles_held[0])(Role.TEAM_MANAGER)]
        sent(office, cast, priority=Priority.IMMEDIATE)
        with office.record.writing() as session:
            action = find.actions.by_ref(session, REF)
            action.owner = here(session, cast.childs_head_of_service)
            audit = action.allocation
            session.add(Alert("SAFE-1", audit, here(session, cast.auditor), NOW, staff_conduct=True))
        with office.record.reading() as session:
            _, people = passing_on.must_be_passed(session, office, REF, here(session, cast.childs_head_of_service))
            assert [each.email for each in people] == ["kofi@example.org", "maren@example.org"]
