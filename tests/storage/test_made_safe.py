"""How an alert ends: said by who has it, agreed by a Head of Service who does not own it, told each day until then."""

from datetime import date, time

import pytest

from programme.absences import Absence
from programme.calendar import at_london
from programme.made_safe import Seen
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.safety import Alert
from programme.words import ActionState
from scheduler.sweeps.alerts import Alarms
from scheduler.sweeps.closing import ClosingAudits
from scheduler.sweeps.standing_alerts import StandingAlerts
from storage import acting, alarming, clock, find, made_safe
from storage.office import Office
from tests.cast import NOW, Cast, here
from tests.checked import SAID, told
from tests.moderated import REF as AUDIT
from tests.moderated import pair, returned
from tests.storage.crowd import at_once
from tests.storage.test_closing import closed, left, with_outcome

REF = "SAFE-2017-10-01"
ACTION = "ACT-2017-10-01-1"
SEEN = Seen("The worker saw the child at home.", NOW)


def raised(office: Office, cast: Cast, *, staff_conduct: bool = False) -> None:
    with office.record.writing() as session:
        audit = find.allocations.by_ref(session, AUDIT, to_change=True)
        alarming.raise_alert(session, office, audit, here(session, cast.auditor), staff_conduct=staff_conduct)


def raised_by(office: Office, by: Person) -> None:
    with office.record.writing() as session:
        audit = find.allocations.by_ref(session, AUDIT, to_change=True)
        alarming.raise_alert(session, office, audit, here(session, by), staff_conduct=False)


def taken(office: Office, by: Person) -> None:
    with office.record.writing() as session:
        alarming.take(session, office, REF, here(session, by))


def said(office: Office, by: Person, seen: Seen = SEEN) -> None:
    with office.record.writing() as session:
        made_safe.say(session, office, REF, seen, here(session, by))


def agreed(office: Office, by: Person) -> None:
    with office.record.writing() as session:
        made_safe.agree(session, office, REF, here(session, by))


def alert(office: Office) -> Alert:
    with office.record.reading() as session:
        return find.alerts.by_ref(session, REF)


def goes_on_to(office: Office, day: date, hour: int = 9) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(day, time(hour, 30)))


class TestWhoSaysIt:
    def test_who_has_it_or_owns_the_action_and_the_head_may_agree(self, office: Office, cast: Cast) -> None:
        raised(office, cast)
        taken(office, cast.team_manager)
        said(office, cast.team_manager)
        assert told(office, "child_made_safe") == sorted(
            [cast.childs_head_of_service.email, cast.head_of_quality.email]
        )
        agreed(office, cast.childs_head_of_service)
        hear = [cast.team_manager.email, cast.head_of_quality.email, cast.auditor.email]
        assert told(office, "alert_ended") == sorted(hear)

    def test_who_says_it_before_anybody_took_it_has_it_with_that(self, office: Office, cast: Cast) -> None:
        raised(office, cast)
        said(office, cast.team_manager)
        assert alert(office).taken_at is not None
        assert Alarms(office).sweep() == 0

    @pytest.mark.parametrize("who", ["auditor", "peer", "administrator", "head_of_quality", "head_of_service"])
    def test_nobody_else_says_it(self, office: Office, cast: Cast, who: str) -> None:
        raised(office, cast)
        taken(office, cast.team_manager)
        with pytest.raises(NotAllowed):
            said(office, getattr(cast, who))
        assert alert(office).seen_at is None

    def test_where_the_childs_head_has_it_the_other_heads_are_asked(self, office: Office, cast: Cast) -> None:
        raised(office, cast)
        taken(office, cast.childs_head_of_service)
        said(office, cast.childs_head_of_service)
        assert cast.head_of_service.email in told(office, "child_made_safe")
        with pytest.raises(NotAllowed):
            agreed(office, cast.childs_head_of_service)
        agreed(office, cast.head_of_service)
        assert alert(office).is_over

    def test_a_worry_about_staff_is_agreed_among_those_who_were_told(self, office: Office, cast: Cast) -> None:
        raised(office, cast, staff_conduct=True)
        taken(office, cast.childs_head_of_service)
        said(office, cast.childs_head_of_service)
        assert told(office, "child_made_safe") == [cast.head_of_quality.email]
        for stranger in (cast.head_of_service, cast.team_manager):
            with pytest.raises(NotAllowed):
                agreed(office, stranger)
        agreed(office, cast.head_of_quality)
        assert alert(office).is_over


def test_nothing_is_agreed_before_it_is_said_nor_twice(office: Office, cast: Cast) -> None:
    raised(office, cast)
    taken(office, cast.team_manager)
    with pytest.raises(Refusal, match="Nobody has said yet"):
        agreed(office, cast.childs_head_of_service)
    said(office, cast.team_manager)
    with pytest.raises(Refusal, match="says Tomasz Ferreday"):
        said(office, cast.team_manager)
    agreed(office, cast.childs_head_of_service)
    with pytest.raises(Refusal, match="agreed on Monday 2 October"):
        agreed(office, cast.head_of_quality)


def test_of_many_who_agree_at_once_one_ends_it(office: Office, cast: Cast) -> None:
    raised(office, cast)
    said(office, cast.team_manager)
    who = [cast.childs_head_of_service, cast.head_of_service, cast.head_of_quality]

    def press(number: int) -> str:
        try:
            agreed(office, who[number % 3])
        except Refusal:
            return "refused"
        return "won"

    assert sorted(at_once(6, press)) == ["refused"] * 5 + ["won"]
    assert len(set(told(office, "alert_ended"))) == len(told(office, "alert_ended"))


class TestItsAction:
    def test_confirmed_says_with_it_that_the_child_is_safe(self, office: Office, cast: Cast) -> None:
        raised(office, cast)
        with office.record.writing() as session:
            acting.confirm(session, office, ACTION, SAID, by=here(session, cast.team_manager))
        assert ([Alarms(office).sweep() for _ in range(2)], alert(office).seen_words) == ([1, 0], SAID.done)
        assert (alert(office).taken_at is not None, alert(office).is_over) == (True, False)
        assert cast.childs_head_of_service.email in told(office, "child_made_safe")

    def test_stays_open_when_the_alert_has_ended(self, office: Office, cast: Cast) -> None:
        raised(office, cast)
        said(office, cast.team_manager)
        agreed(office, cast.childs_head_of_service)
        with office.record.reading() as session:
            assert find.actions.by_ref(session, ACTION).state is ActionState.SENT


def test_an_audit_does_not_close_while_its_alert_stands(office: Office, cast: Cast) -> None:
    with_outcome(office, cast)
    raised(office, cast)
    assert left(office)[0] == "it is to be agreed that the child is safe"
    with office.record.writing() as session:
        acting.withdraw(session, office, ACTION, "It was raised twice.", by=here(session, cast.head_of_quality))
    assert (ClosingAudits(office).sweep(), closed(office)) == (0, False)
    said(office, cast.team_manager)
    agreed(office, cast.childs_head_of_service)
    assert (ClosingAudits(office).sweep(), closed(office)) == (1, True)


class TestUntilThen:
    def told_on(self, office: Office, day: date, hour: int = 9) -> list[str]:
        before = told(office, "alert_stands")
        goes_on_to(office, day, hour)
        StandingAlerts(office).sweep()
        now = told(office, "alert_stands")
        for each in before:
            now.remove(each)
        return now

    def test_each_working_day_once_from_the_day_after(self, office: Office, cast: Cast) -> None:
        raised(office, cast)
        taken(office, cast.team_manager)
        near = [cast.team_manager, cast.childs_head_of_service, cast.head_of_quality, cast.head_of_service]
        everybody = sorted(each.email for each in near)
        heard = [self.told_on(office, date(2017, 10, day)) for day in (2, 3, 3, 4, 7, 8, 9)]
        assert heard == [[], everybody, [], everybody, [], [], everybody]
        assert self.told_on(office, date(2017, 10, 10), 18) == []

    def test_said_to_be_over_it_stands_until_somebody_agrees(self, office: Office, cast: Cast) -> None:
        raised(office, cast)
        said(office, cast.team_manager)
        assert self.told_on(office, date(2017, 10, 3)) != []
        agreed(office, cast.childs_head_of_service)
        assert self.told_on(office, date(2017, 10, 4)) == []

    def test_who_is_not_at_work_hears_it_when_they_are_back(self, office: Office, cast: Cast) -> None:
        raised(office, cast)
        with office.record.writing() as session:
            session.add(Absence(here(session, cast.head_of_service), date(2017, 10, 3), date(2017, 10, 3)))
        assert cast.head_of_service.email not in self.told_on(office, date(2017, 10, 3))
        assert cast.head_of_service.email in self.told_on(office, date(2017, 10, 4))

    def test_of_a_worry_about_staff_only_who_was_told_hears(self, office: Office, cast: Cast) -> None:
        raised(office, cast, staff_conduct=True)
        assert self.told_on(office, date(2017, 10, 3)) == sorted(
            [cast.childs_head_of_service.email, cast.head_of_quality.email]
        )

    def test_of_many_workers_one_tells(self, office: Office, cast: Cast) -> None:
        raised(office, cast)
        goes_on_to(office, date(2017, 10, 3))
        assert sorted(at_once(4, lambda _: StandingAlerts(office).sweep())) == [0, 0, 0, 1]


@pytest.mark.parametrize(("who", "then"), [("auditor", [REF]), ("peer", [REF, f"{REF}-2"])])
def test_once_it_has_ended_its_auditor_raises_no_second_one_and_a_moderator_may(
    office: Office, cast: Cast, who: str, then: list[str]
) -> None:
    returned(office, cast, sets=())
    pair(office, cast)
    raised(office, cast)
    for by in (cast.auditor, cast.peer):
        raised_by(office, by)
    said(office, cast.team_manager)
    agreed(office, cast.childs_head_of_service)
    raised_by(office, getattr(cast, who))
    with office.record.reading() as session:
        assert [each.ref for each in find.alerts.every_of_audit(session, AUDIT)] == then


def test_when_it_was_seen_lies_between_the_alert_and_now() -> None:
    assert Seen.typed("x", NOW.date(), "9.40").at == at_london(NOW.date(), time(9, 40))
    assert [Seen.typed("x", NOW.date(), hour).at for hour in ("", "25:00", "noon")] == [None] * 3
    assert Seen.typed("x", None, "09:40").at is None
