"""Outcomes on record: they wait, go out once to those round the child now, and are acknowledged and answered."""

from datetime import date, time

import pytest

from programme.calendar import at_london
from programme.outcome_words import CopyFor, Helped, SaidKind
from programme.people import Person, RoleHeld
from programme.refusals import NotAllowed, Refusal
from programme.words import ActionState, Role
from storage import clock, find, outcomes
from storage.office import Office
from storage.outcomes import Confirmed
from tests.cast import MONTH, Cast, here
from tests.moderated import REF, agreed_and_sent, agreed_by, judged, pair, read_by, returned, sent_out
from tests.storage.crowd import at_once


@pytest.fixture
def both(office: Office, cast: Cast) -> tuple[Person, Person]:
    returned(office, cast)
    return pair(office, cast)


@pytest.fixture
def waits(office: Office, both: tuple[Person, Person]) -> tuple[Person, Person]:
    read_by(office, *both)
    agreed_by(office, both[0], judged())
    return both


def it_is(office: Office, day: int, hour: int = 10, month: int = 10) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, month, day), time(hour)))


def told(office: Office, kind: str) -> list[str]:
    with office.record.reading() as session:
        return [each.person.email for each in find.notices.of_kind(session, kind)]


def sent_with(office: Office, cast: Cast, **changed: str) -> None:
    """Sent as the record says, but for a team by its name or a worker by an address."""
    with office.record.writing() as session:
        [known] = outcomes.waiting(session, office, MONTH)
        shown = outcomes.as_shown(known)
        teams = {team.name: str(team.id) for team in find.people.teams(session)}
        team = teams.get(changed["team"], "none") if "team" in changed else shown.team
        said = Confirmed(REF, team, changed.get("worker", shown.worker))
        by = find.people.by_email(session, changed.get("by", cast.administrator.email))
        assert by is not None
        outcomes.send(session, office, [said], by=by)


@pytest.mark.usefixtures("waits")
class TestSending:
    def test_it_goes_to_the_auditor_the_worker_and_the_manager(self, office: Office, cast: Cast) -> None:
        sent_out(office, cast)
        with office.record.reading() as session:
            found = find.outcomes.must_be(session, REF)
            copies = {copy.person.email: copy.standing for copy in found.copies}
        near = {cast.auditor: CopyFor.AUDITOR, cast.social_worker: CopyFor.WORKER, cast.team_manager: CopyFor.MANAGER}
        assert copies == {person.email: standing for person, standing in near.items()}
        assert sorted(told(office, "outcome_sent")) == sorted(copies)

    @pytest.mark.parametrize(
        ("day", "due_on"), [(date(2017, 10, 20), date(2017, 10, 30)), (date(2017, 10, 30), date(2017, 11, 27))]
    )
    def test_the_actions_that_waited_begin_by_the_pairs_date_or_anew_where_that_is_past(
        self, office: Office, cast: Cast, day: date, due_on: date
    ) -> None:
        it_is(office, day.day, 15)
        sent_out(office, cast)
        with office.record.reading() as session:
            [action] = find.actions.of_allocation(session, find.allocations.by_ref(session, REF))
        assert (action.state, action.due_on) == (ActionState.SENT, due_on)
        assert told(office, "actions_started") == [action.owner.email] == [cast.team_manager.email]

    def test_it_goes_out_once(self, office: Office, cast: Cast) -> None:
        def send(_number: int) -> str:
            try:
                sent_with(office, cast)
            except (Refusal, ValueError):
                return "lost"
            return "won"

        assert sorted(at_once(6, send)) == ["lost"] * 5 + ["won"]
        assert len(told(office, "outcome_sent")) == 3
        with office.record.writing() as session, pytest.raises(Refusal, match="was sent by Bronwen Achterberg on"):
            outcomes.send(session, office, [Confirmed(REF, "1", "")], by=here(session, cast.administrator))

    def test_only_who_runs_the_month_sends(self, office: Office, cast: Cast) -> None:
        for stranger in (cast.auditor, cast.peer, cast.team_manager, cast.childs_head_of_service, cast.outsider):
            with pytest.raises(NotAllowed):
                sent_with(office, cast, by=stranger.email)
        assert told(office, "outcome_sent") == []

    def test_a_child_who_is_with_another_team_now_goes_there_with_what_is_to_be_done(
        self, office: Office, cast: Cast
    ) -> None:
        sent_with(office, cast, team="Harbour", worker=cast.outsider.email)
        with office.record.reading() as session:
            audit = find.allocations.by_ref(session, REF)
            [action] = find.actions.of_allocation(session, audit)
            case = audit.case
        assert case.team is not None
        assert (case.team.name, case.social_worker, case.team_manager, action.owner) == (
            "Harbour",
            *(each for each in (case.social_worker, case.team_manager, case.team_manager)),
        )
        assert sorted(told(office, "outcome_sent")) == sorted(
            [cast.auditor.email, cast.outsider.email, cast.peer.email]
        )

    @pytest.mark.parametrize(
        ("changed", "field"), [({"team": "nowhere"}, f"team-{REF}"), ({"worker": "asha@example.org"}, f"worker-{REF}")]
    )
    def test_a_team_or_worker_that_is_none_is_refused_under_its_field(
        self, office: Office, cast: Cast, changed: dict[str, str], field: str
    ) -> None:
        with pytest.raises(Refusal) as refused:
            sent_with(office, cast, **changed)
        assert (refused.value.field, told(office, "outcome_sent")) == (field, [])

    def test_who_has_moved_on_is_sent_nothing(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            here(session, cast.social_worker).ends = date(2017, 9, 30)
        sent_out(office, cast)
        assert sorted(told(office, "outcome_sent")) == sorted([cast.auditor.email, cast.team_manager.email])


@pytest.mark.usefixtures("waits")
class TestWhatChanged:
    def changes(self, office: Office) -> tuple[str, ...]:
        with office.record.reading() as session:
            [known] = outcomes.waiting(session, office, MONTH)
            return known.changed

    def test_nothing_changed_and_all_go_as_they_are_shown(self, office: Office, cast: Cast) -> None:
        assert self.changes(office) == ()
        with office.record.writing() as session:
            _, mark = outcomes.unchanged(session, office, MONTH)
            by = here(session, cast.administrator)
            assert len(outcomes.send_as_shown(session, office, MONTH, by=by, seen=mark)) == 1

    def test_a_manager_who_moved_on_is_said_and_holds_it_back_from_all_as_shown(
        self, office: Office, cast: Cast
    ) -> None:
        with office.record.reading() as session:
            _, mark = outcomes.unchanged(session, office, MONTH)
        with office.record.writing() as session:
            leaver = here(session, cast.team_manager)
            leaver.ends = date(2017, 9, 30)
            after = Person("greta@example.org", "Greta Holm", [RoleHeld(Role.TEAM_MANAGER)], team=leaver.team)
            session.add(after)
        assert self.changes(office) == ("The Team Manager was Tomasz Ferreday, and is Greta Holm now.",)
        with office.record.writing() as session, pytest.raises(Refusal, match="has changed since you looked"):
            outcomes.send_as_shown(session, office, MONTH, by=here(session, cast.administrator), seen=mark)

    def test_a_worker_elsewhere_or_gone_is_said(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            here(session, cast.social_worker).team = here(session, cast.peer).team
        assert self.changes(office) == ("Noor Valtonen works in Harbour now.",)
        with office.record.writing() as session:
            here(session, cast.social_worker).ends = date(2017, 9, 30)
        assert self.changes(office) == ("Noor Valtonen has moved on.",)


class TestAnswering:
    def say(self, office: Office, person: Person, kind: SaidKind, words: str, *, anyway: bool = False) -> None:
        with office.record.writing() as session:
            outcomes.say(session, office, REF, kind, words, by=here(session, person), anyway=anyway)

    def test_an_answer_is_kept_and_the_auditor_told(
        self, office: Office, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        agreed_and_sent(office, cast, both)
        self.say(office, cast.social_worker, SaidKind.ANSWER, "The visit was hard to arrange.")
        with office.record.reading() as session:
            [said] = find.outcomes.must_be(session, REF).said
            found = find.outcomes.must_be(session, REF).copy_of(here(session, cast.social_worker))
        assert (said.person.email, said.words) == (cast.social_worker.email, "The visit was hard to arrange.")
        assert told(office, "outcome_answered") == [cast.auditor.email]
        assert found is not None
        assert found.opened_at is not None

    def test_a_mistake_goes_to_the_two_who_moderated(
        self, office: Office, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        agreed_and_sent(office, cast, both)
        self.say(office, cast.team_manager, SaidKind.MISTAKE, "The plan is of May.")
        assert sorted(told(office, "mistake_pointed_out")) == sorted(each.email for each in both)

    def test_where_one_of_them_has_gone_the_head_of_quality_hears_too(
        self, office: Office, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        agreed_and_sent(office, cast, both)
        with office.record.writing() as session:
            here(session, both[1]).ends = date(2017, 9, 30)
        self.say(office, cast.team_manager, SaidKind.MISTAKE, "The plan is of May.")
        assert sorted(told(office, "mistake_pointed_out")) == sorted([both[0].email, cast.head_of_quality.email])

    def test_five_working_days_and_then_kindly_no_more(
        self, office: Office, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        agreed_and_sent(office, cast, both)
        it_is(office, 9, 23)
        self.say(office, cast.social_worker, SaidKind.ANSWER, "On the last day.")
        it_is(office, 10, 9)
        closed = "closed to answers now. It was open until Monday 9 October. .* Please ask the administrator"
        with pytest.raises(Refusal, match=closed):
            self.say(office, cast.social_worker, SaidKind.ANSWER, "Too late.")

    def test_only_who_works_with_the_child_now_answers(
        self, office: Office, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        agreed_and_sent(office, cast, both)
        for stranger in (cast.auditor, cast.administrator, cast.childs_head_of_service, cast.peer, cast.outsider):
            with pytest.raises(NotAllowed):
                self.say(office, stranger, SaidKind.ANSWER, "Words.")

    def test_what_looks_like_a_name_is_pointed_out_first(
        self, office: Office, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        agreed_and_sent(office, cast, both)
        words = "The child's NHS number is 943 476 5919."
        with pytest.raises(Refusal, match="NHS number"):
            self.say(office, cast.social_worker, SaidKind.ANSWER, words)
        self.say(office, cast.social_worker, SaidKind.ANSWER, words, anyway=True)

    @pytest.mark.parametrize("words", ["  ", "x" * 5001])
    def test_nothing_and_too_much_are_refused_under_their_field(
        self, office: Office, cast: Cast, both: tuple[Person, Person], words: str
    ) -> None:
        agreed_and_sent(office, cast, both)
        with pytest.raises(Refusal) as refused:
            self.say(office, cast.social_worker, SaidKind.ANSWER, words)
        assert refused.value.field == "words"


class TestACopy:
    def test_it_is_acknowledged_once_and_by_who_has_one(
        self, office: Office, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        agreed_and_sent(office, cast, both)
        for _ in range(2):
            with office.record.writing() as session:
                outcomes.acknowledge(session, office, REF, by=here(session, cast.social_worker))
        with office.record.reading() as session:
            assert len(find.outcomes.sent_to(session, here(session, cast.social_worker))) == 0
            assert len(find.outcomes.sent_to(session, here(session, cast.team_manager))) == 1
            lines = find.history.lines(session, about=REF, on=None, before=None, at_most=50)
        assert [each.kind for each in lines].count("outcome_acknowledged") == 1
        with office.record.writing() as session, pytest.raises(NotAllowed):
            outcomes.acknowledge(session, office, REF, by=here(session, cast.outsider))

    def test_whether_it_helped_is_asked_of_the_worker_and_counted(
        self, office: Office, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        agreed_and_sent(office, cast, both)
        with office.record.reading() as session:
            of = find.rounds.of_month(session, MONTH)
            assert find.outcomes.helped(session, of) == {None: 1}
        with office.record.writing() as session:
            outcomes.say_it_helped(session, office, REF, "partly", "It named it.", by=here(session, cast.social_worker))
        with office.record.reading() as session:
            assert find.outcomes.helped(session, of) == {Helped.PARTLY: 1}
        with office.record.writing() as session, pytest.raises(NotAllowed):
            outcomes.say_it_helped(session, office, REF, "no", "", by=here(session, cast.team_manager))
