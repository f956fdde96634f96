"""An auditor from developing to the core group, and every way in which a step is not to be skipped."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest

from programme.calendar import at_london
from programme.competency import Evaluated
from programme.marks import MARK_LABELS
from programme.people import Person, RoleHeld
from programme.refusals import NotAllowed, Refusal
from programme.settling import Settled
from programme.words import Competency, Grade, Priority, Role
from storage import clock, competency, find, moderating
from storage.office import Office
from storage.session import Session
from tests.cast import Cast, here
from tests.competing import (
    LEADER,
    both_evaluate,
    decides,
    develops,
    evaluates,
    moderated,
    put_forward,
    said,
)
from tests.moderated import REF, agreement, dated, judged, pair, read_by, returned
from tests.storage.crowd import at_once

Step = Callable[[Session, Office, Person, Person], object]


@pytest.fixture
def ref(office: Office, cast: Cast) -> str:
    """The auditor is developing, one audit of theirs is moderated, and two are asked to evaluate."""
    moderated(office, cast)
    develops(office, cast)
    return put_forward(office, cast)


def stands(office: Office, cast: Cast) -> tuple[Competency | None, list[tuple[Competency, date | None, date | None]]]:
    with office.record.reading() as session:
        me = here(session, cast.auditor)
        held = find.competency.held_of(session, me)
        return me.competency, [(each.competency, each.since, each.until) for each in held]


def told(office: Office, kind: str) -> list[str]:
    with office.record.reading() as session:
        return sorted(each.person.email for each in find.notices.of_kind(session, kind))


def on(office: Office, day: int, month: int = 10) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, month, day), time(10)))


def steers(office: Office, cast: Cast, step: Step, by: Person | None = None) -> None:
    with office.record.writing() as session:
        step(session, office, here(session, cast.auditor), here(session, by or cast.head_of_quality))


def test_from_developing_to_the_core_group(office: Office, cast: Cast, ref: str) -> None:
    assert told(office, "evaluation_asked") == ["idris@example.org", "maren@example.org"]
    on(office, 9)
    both_evaluate(office, cast, ref)
    assert (told(office, "evaluation_given"), told(office, "sign_off_asked")) == ([cast.auditor.email] * 2, [LEADER])
    on(office, 16)
    assert decides(office, ref).signed_off
    assert told(office, "competency_signed_off") == sorted(
        [cast.auditor.email, cast.head_of_quality.email, "idris@example.org", "maren@example.org"]
    )
    on(office, 1, 11)
    steers(office, cast, competency.join_core)
    assert stands(office, cast) == (
        Competency.CORE,
        [
            (Competency.DEVELOPING, None, date(2017, 10, 16)),
            (Competency.COMPETENT, date(2017, 10, 16), date(2017, 11, 1)),
            (Competency.CORE, date(2017, 11, 1), None),
        ],
    )


def test_each_step_says_who_and_for_whom(office: Office, cast: Cast, ref: str) -> None:
    both_evaluate(office, cast, ref)
    decides(office, ref)
    with office.record.reading() as session:
        lines = find.history.lines(session, about=ref, on=None, before=None, at_most=9)
    assert [(line.what, line.who) for line in reversed(lines)] == [
        ("asked for an evaluation of an auditor", "Leocadia Marsh for Asha Thornbury"),
        ("evaluated an auditor", "Maren Castellane for Asha Thornbury"),
        ("evaluated an auditor", "Idris Wolowicz for Asha Thornbury"),
        ("asked leadership to sign an auditor off", "Idris Wolowicz for Asha Thornbury"),
        ("signed an auditor off as competent", "Dora Quillfeather for Asha Thornbury"),
    ]


class TestWhoEvaluates:
    def two(self, office: Office, cast: Cast, first: Person, second: Person) -> None:
        with office.record.writing() as session:
            heads = [here(session, first), here(session, second)]
            asha, by = here(session, cast.auditor), here(session, cast.head_of_quality)
            competency.put_forward(session, office, asha, heads, by)

    def test_not_the_same_twice(self, office: Office, cast: Cast) -> None:
        develops(office, cast)
        with pytest.raises(Refusal, match="Choose two different Heads of Service") as refused:
            self.two(office, cast, cast.childs_head_of_service, cast.childs_head_of_service)
        assert refused.value.field == "second"

    def test_not_both_of_the_own_line(self, office: Office, cast: Cast) -> None:
        develops(office, cast)
        with office.record.writing() as session:
            service = here(session, cast.auditor).service
            other = Person("oda@example.org", "Oda Ferris", [RoleHeld(Role.HEAD_OF_SERVICE)], service=service)
            session.add(other)
        with pytest.raises(Refusal, match="Both lead Asha Thornbury"):
            self.two(office, cast, cast.head_of_service, other)

    def test_nobody_who_is_no_head_of_service(self, office: Office, cast: Cast) -> None:
        develops(office, cast)
        with pytest.raises(Refusal, match="Choose a Head of Service who is in post") as refused:
            self.two(office, cast, cast.peer, cast.childs_head_of_service)
        assert refused.value.field == "first"

    def test_only_a_developing_auditor_is_put_forward_and_once_at_a_time(self, office: Office, cast: Cast) -> None:
        with pytest.raises(Refusal, match="Asha Thornbury is not a developing auditor"):
            put_forward(office, cast)
        develops(office, cast)
        put_forward(office, cast)
        with pytest.raises(Refusal, match="Asha Thornbury is put forward already"):
            put_forward(office, cast)

    def test_of_many_at_once_one_puts_forward(self, office: Office, cast: Cast) -> None:
        develops(office, cast)

        def put(_number: int) -> str:
            try:
                put_forward(office, cast)
            except Refusal:
                return "lost"
            return "won"

        assert sorted(at_once(4, put)) == ["lost"] * 3 + ["won"]

    def test_somebody_else_is_asked_in_place_of_who_has_not_answered(
        self, office: Office, cast: Cast, ref: str
    ) -> None:
        with office.record.writing() as session:
            other = Person("oda@example.org", "Oda Ferris", [RoleHeld(Role.HEAD_OF_SERVICE)])
            session.add(other)
        evaluates(office, ref, cast.head_of_service)
        with office.record.writing() as session:
            by, left = here(session, cast.head_of_quality), here(session, cast.childs_head_of_service)
            competency.name_instead(session, office, ref, left, here(session, other), by)
        with pytest.raises(NotAllowed):
            evaluates(office, ref, cast.childs_head_of_service)
        evaluates(office, ref, other)
        assert decides(office, ref).signed_off


class TestEvaluating:
    @pytest.mark.parametrize(
        ("given", "field"),
        [
            (said(audits=()), "audits"),
            (said(audits=("AUD-2017-10-02",)), "audits"),
            (replace(said(), evidence=" "), "evidence"),
            (said(words=" "), "words"),
            (said(recommends=None), "recommends"),
        ],
    )
    def test_it_is_whole_and_rests_on_moderated_audits_of_theirs(
        self, office: Office, cast: Cast, ref: str, given: Evaluated, field: str
    ) -> None:
        with pytest.raises(Refusal) as refused:
            evaluates(office, ref, cast.head_of_service, given)
        assert refused.value.field == field
        with office.record.reading() as session:
            found = find.competency.candidacy(session, ref)
        assert [each.said_at for each in found.evaluations] == [None, None]

    def test_it_is_for_the_two_only_and_once(self, office: Office, cast: Cast, ref: str) -> None:
        for stranger in (cast.administrator, cast.head_of_quality, cast.auditor, cast.peer):
            with pytest.raises(NotAllowed):
                evaluates(office, ref, stranger)
        evaluates(office, ref, cast.head_of_service)
        with pytest.raises(Refusal, match="You evaluated Asha Thornbury on Monday 2 October"):
            evaluates(office, ref, cast.head_of_service)

    def test_where_one_does_not_recommend_it_ends_and_can_begin_again(
        self, office: Office, cast: Cast, ref: str
    ) -> None:
        both_evaluate(office, cast, ref, recommends=False)
        assert (told(office, "sign_off_asked"), told(office, "candidacy_ended")) == ([], [cast.head_of_quality.email])
        with pytest.raises(Refusal, match="This is settled already: both had evaluated"):
            decides(office, ref)
        assert stands(office, cast)[0] is Competency.DEVELOPING
        assert put_forward(office, cast) == ref[:-1] + "2"


class TestSigningOff:
    def test_not_before_both_recommend(self, office: Office, cast: Cast, ref: str) -> None:
        evaluates(office, ref, cast.head_of_service)
        with pytest.raises(Refusal, match=r"recommend first\. Idris Wolowicz has not answered yet"):
            decides(office, ref)
        assert stands(office, cast)[0] is Competency.DEVELOPING

    def test_by_leadership_only_and_by_nobody_who_evaluated(self, office: Office, cast: Cast, ref: str) -> None:
        with office.record.writing() as session:
            head = here(session, cast.head_of_service)
            head.roles_held.append(RoleHeld(Role.DIRECTOR))
        both_evaluate(office, cast, ref)
        for stranger in (cast.head_of_quality, cast.administrator, cast.head_of_service, cast.auditor):
            with pytest.raises(NotAllowed):
                decides(office, ref, by=stranger.email)

    def test_not_yet_needs_words_and_leaves_them_developing(self, office: Office, cast: Cast, ref: str) -> None:
        both_evaluate(office, cast, ref)
        with pytest.raises(Refusal, match="Say what would help"):
            decides(office, ref, agrees=False)
        decides(office, ref, agrees=False, words="Moderate twice more.")
        assert stands(office, cast)[0] is Competency.DEVELOPING
        assert told(office, "candidacy_ended") == sorted([cast.auditor.email, cast.head_of_quality.email])

    def test_of_many_at_once_one_signs_off(self, office: Office, cast: Cast, ref: str) -> None:
        both_evaluate(office, cast, ref)

        def sign(_number: int) -> str:
            try:
                decides(office, ref)
            except Refusal:
                return "lost"
            return "won"

        assert sorted(at_once(4, sign)) == ["lost"] * 3 + ["won"]


class TestTheCoreGroup:
    def test_nobody_joins_it_without_a_sign_off(self, office: Office, cast: Cast, ref: str) -> None:
        both_evaluate(office, cast, ref)
        with pytest.raises(Refusal, match="Leadership signs off first"):
            steers(office, cast, competency.join_core)
        assert stands(office, cast)[0] is Competency.DEVELOPING

    @pytest.mark.parametrize("who", ["administrator", "auditor", "head_of_service", "childs_head_of_service"])
    def test_the_head_of_quality_takes_the_steps(self, office: Office, cast: Cast, ref: str, who: str) -> None:
        both_evaluate(office, cast, ref)
        decides(office, ref)
        before = stands(office, cast)
        for step in (competency.join_core, competency.pause, competency.take_up, competency.begin):
            with pytest.raises(NotAllowed):
                steers(office, cast, step, getattr(cast, who))
        assert stands(office, cast) == before

    def test_a_pause_and_back_is_what_they_were_before(self, office: Office, cast: Cast, ref: str) -> None:
        both_evaluate(office, cast, ref)
        decides(office, ref)
        on(office, 10)
        steers(office, cast, competency.pause)
        on(office, 20)
        steers(office, cast, competency.take_up)
        now, held = stands(office, cast)
        assert now is Competency.COMPETENT
        assert held[-2:] == [
            (Competency.PAUSED, date(2017, 10, 10), date(2017, 10, 20)),
            (Competency.COMPETENT, date(2017, 10, 20), None),
        ]

    def test_who_is_not_said_to_be_anything_begins_as_developing(self, office: Office, cast: Cast) -> None:
        steers(office, cast, competency.begin)
        assert stands(office, cast) == (
            Competency.DEVELOPING,
            [(Competency.DEVELOPING, date(2017, 10, 2), None)],
        )


def test_a_profile_counts_what_moderation_agreed(office: Office, cast: Cast) -> None:
    moderated(office, cast)
    with office.record.reading() as session:
        found = competency.profile_of(session, office, here(session, cast.auditor))
        peers = competency.profile_of(session, office, here(session, cast.peer))
    assert {figure.name: (figure.n, len(figure.of), figure.percent) for figure in found.figures[:6]} == {
        "Agreed with moderation": (0, 1, None),
        "Judged more harshly than was agreed": (0, 1, None),
        "Judged more kindly than was agreed": (1, 1, None),
        "Returned late": (0, 1, None),
        "Left a question blank": (0, 1, None),
        "Had an action without a date": (1, 1, None),
    }
    assert {(figure.n, len(figure.of)) for figure in found.figures[6:]} == {(1, 1)}
    assert [figure.name for figure in found.figures[6:]] == [
        f"Marked as met: {words}" for words in MARK_LABELS.values()
    ]
    said_of_it = [(REF, "You know this child well."), (REF, "Reasoncanary.")]
    assert [(audit.ref, words) for audit, words in found.feedback] == said_of_it
    assert peers.audits == []


@pytest.mark.parametrize(("agreed", "which"), [(Grade.GOOD, 0), (Grade.OUTSTANDING, 1), (Grade.NOT_YET_GOOD, 2)])
def test_a_profile_says_which_way_it_differed(office: Office, cast: Cast, agreed: Grade, which: int) -> None:
    moderated(office, cast, agreed)
    with office.record.reading() as session:
        found = competency.profile_of(session, office, here(session, cast.auditor))
    assert [[audit.ref for audit in figure.counted] for figure in found.figures[:3]] == [
        [REF] if number == which else [] for number in range(3)
    ]


def test_a_profile_counts_actions_as_their_auditor_left_them(office: Office, cast: Cast) -> None:
    """The pair dates the one that had no date, and adds one of its own."""
    returned(office, cast)
    both = pair(office, cast)
    read_by(office, *both)
    with office.record.writing() as session:
        more = Settled("", "Visit the grandmother.", "She was visited.", Priority.PLANNED, date(2017, 10, 9))
        said = replace(agreement(judged()), actions=[*dated(session, office), more])
        moderating.agree(session, office, REF, said, by=here(session, both[0]))
    with office.record.reading() as session:
        [audit] = find.competency.moderated_of(session, here(session, cast.auditor))
    assert (audit.actions, audit.undated) == (1, 1)
