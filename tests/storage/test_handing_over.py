"""Actions that go to another owner: several at once, on an owner's last day, and with the child's record."""

from datetime import date, time

import pytest
from sqlalchemy import select

from programme.action_words import Extending
from programme.calendar import at_london
from programme.extending import Wanted
from programme.people import Person, Team
from programme.refusals import NotAllowed, Refusal
from programme.words import ActionState
from scheduler.sweeps.people import LeftBehind
from storage import clock, extending, find, handing_over, outcomes, tables
from storage.office import Office
from storage.outcomes import Confirmed
from tests.cast import MONTH, Cast, here
from tests.moderated import REF, agreed_by, judged, pair, read_by, returned
from tests.overseen import raised

ONE, TWO = "ACT-2017-11-1", "ACT-2017-11-2"


@pytest.fixture(autouse=True)
def actions(office: Office, cast: Cast) -> None:
    """The Team Manager has two."""
    with office.record.writing() as session:
        for ref, due_on in ((ONE, date(2017, 11, 17)), (TWO, date(2017, 11, 20))):
            raised(session, ref, here(session, cast.team_manager), due_on=due_on)


def owners(office: Office) -> dict[str, str]:
    with office.record.reading() as session:
        return {ref: find.actions.by_ref(session, ref).owner.email for ref in (ONE, TWO)}


def told(office: Office, kind: str) -> list[str]:
    with office.record.reading() as session:
        return sorted(notice.person.email for notice in find.notices.of_kind(session, kind))


def over(office: Office, by: Person, to: Person, *refs: str) -> None:
    with office.record.writing() as session:
        handing_over.hand_over(session, office, refs or (ONE, TWO), to.email, here(session, by))


class TestSeveralAtOnce:
    def test_both_owners_hear_once_and_the_history_says_who_for_whom(self, office: Office, cast: Cast) -> None:
        over(office, cast.administrator, cast.childs_head_of_service)
        assert owners(office) == dict.fromkeys((ONE, TWO), cast.childs_head_of_service.email)
        assert told(office, "actions_given") == [cast.childs_head_of_service.email]
        assert told(office, "actions_taken_over") == [cast.team_manager.email]
        h = tables.history.c
        with office.record.reading() as session:
            rows = session.execute(select(h.about, h.by_id, h.for_id).where(h.kind == "action_handed_on")).all()
            administrator, manager = (here(session, who).id for who in (cast.administrator, cast.team_manager))
        assert [tuple(row) for row in rows] == [(ONE, administrator, manager), (TWO, administrator, manager)]

    def test_whoever_is_asked_round_one_of_them_is_asked_no_more(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            for day in (24, 28):
                wanted = Wanted(date(2017, 11, day), "The school is closed.")
                extending.ask(session, office, ONE, wanted, here(session, cast.team_manager))
        over(office, cast.administrator, cast.childs_head_of_service)
        with office.record.reading() as session:
            known = find.action_steps.extensions(session, find.actions.by_ref(session, ONE))
        assert [each.state for each in known][-1] is Extending.CLOSED

    def test_all_of_it_or_nothing(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            find.actions.by_ref(session, TWO).state = ActionState.WITHDRAWN
        with pytest.raises(Refusal, match=f"{TWO} is not open any more"):
            over(office, cast.administrator, cast.childs_head_of_service)
        assert owners(office) == dict.fromkeys((ONE, TWO), cast.team_manager.email)
        assert told(office, "actions_given") == []

    def test_a_head_of_service_only_what_the_own_service_owns(self, office: Office, cast: Cast) -> None:
        over(office, cast.childs_head_of_service, cast.childs_head_of_service, ONE)
        assert owners(office)[ONE] == cast.childs_head_of_service.email
        for stranger in (cast.head_of_service, cast.auditor, cast.team_manager, cast.outsider):
            with pytest.raises((NotAllowed, Refusal)):
                over(office, stranger, cast.head_of_service, TWO)
        assert owners(office)[TWO] == cast.team_manager.email

    @pytest.mark.parametrize(
        ("who", "said"), [("outsider", "Choose who takes them on from the list"), ("team_manager", "is with")]
    )
    def test_to_a_manager_in_post_who_has_it_not_yet(self, office: Office, cast: Cast, who: str, said: str) -> None:
        with pytest.raises(Refusal, match=said):
            over(office, cast.administrator, getattr(cast, who))


class TestTheLastDay:
    @pytest.fixture(autouse=True)
    def leaves(self, office: Office, cast: Cast) -> None:
        """On a Friday; the next working day is Monday."""
        with office.record.writing() as session:
            here(session, cast.team_manager).ends = date(2017, 11, 3)

    def sweep(self, office: Office, day: int, hour: time) -> None:
        with office.record.writing() as session:
            clock.set_to(session, at_london(date(2017, 11, day), hour))
        LeftBehind(office).sweep()

    def test_what_is_to_be_done_goes_on_that_afternoon(self, office: Office, cast: Cast) -> None:
        for day, hour in ((2, time(16)), (3, time(14, 59))):
            self.sweep(office, day, hour)
            assert owners(office) == dict.fromkeys((ONE, TWO), cast.team_manager.email)
        self.sweep(office, 3, time(15))
        self.sweep(office, 3, time(15, 5))
        assert owners(office) == dict.fromkeys((ONE, TWO), cast.childs_head_of_service.email)
        assert told(office, "actions_given") == [cast.childs_head_of_service.email]
        assert told(office, "actions_taken_over") == [cast.team_manager.email]


def test_with_the_childs_record_goes_what_earlier_audits_ask(office: Office, cast: Cast) -> None:
    """Whoever sends the outcome says that the child is with another team now."""
    returned(office, cast)
    both = pair(office, cast)
    read_by(office, *both)
    agreed_by(office, both[0], judged())
    with office.record.writing() as session:
        harbour: Team | None = here(session, cast.peer).team
        assert harbour is not None
        said = Confirmed(REF, str(harbour.id), cast.outsider.email)
        outcomes.send(session, office, [said], by=here(session, cast.administrator))
    assert owners(office) == dict.fromkeys((ONE, TWO), cast.peer.email)
    assert told(office, "actions_given") == [cast.peer.email]
    with office.record.reading() as session:
        assert outcomes.waiting(session, office, MONTH) == []
