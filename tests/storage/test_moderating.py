"""Moderation on record: pairs, judging alone, agreeing once, and the actions that begin with it."""

from dataclasses import replace
from datetime import date, time

import pytest

from programme.calendar import at_london
from programme.marks import Mark
from programme.people import Person
from programme.refusals import Faulty, NotAllowed, Refusal
from programme.words import ActionState, Grade, RoundState
from storage import clock, find, moderating, pairing
from storage.office import Office
from tests.cast import MONTH, Cast, here
from tests.moderated import KEYS, REF, agreed_by, agreement, dated, judged, pair, read_by, returned
from tests.storage.crowd import at_once


@pytest.fixture
def both(office: Office, cast: Cast) -> tuple[Person, Person]:
    returned(office, cast)
    return pair(office, cast)


def test_a_pair_is_of_two_services_and_has_no_tie_to_the_child(office: Office, both: tuple[Person, Person]) -> None:
    with office.record.reading() as session:
        found = find.moderations.must_be(session, REF)
        assert [each.moderator.email for each in found.readings] == [both[0].email, both[1].email]


def test_each_moderator_gets_one_message(office: Office, both: tuple[Person, Person]) -> None:
    with office.record.reading() as session:
        told = [notice.person.email for notice in find.notices.of_kind(session, "moderation_asked")]
    assert sorted(told) == sorted(each.email for each in both)


@pytest.mark.usefixtures("both")
def test_what_has_a_pair_is_not_given_to_another(office: Office, cast: Cast) -> None:
    with (
        pytest.raises(Refusal, match="There is nothing to moderate for October 2017"),
        office.record.writing() as session,
    ):
        pairing.assign(session, office, MONTH, here(session, cast.administrator))


def test_without_moderators_each_audit_is_named_with_the_reason(office: Office, cast: Cast) -> None:
    returned(office, cast)
    with office.record.reading() as session:
        left = pairing.preview(session, office, MONTH).unpaired
    assert [(each.audit.ref, each.because) for each in left] == [(REF, "nobody who moderates is there")]


@pytest.mark.parametrize(("day", "state"), [(19, RoundState.DISTRIBUTED), (20, RoundState.MODERATING)])
def test_from_the_moderation_day_on_the_month_is_moderated(
    office: Office, cast: Cast, day: int, state: RoundState
) -> None:
    returned(office, cast)
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, day), time(9)))
    pair(office, cast)
    with office.record.reading() as session:
        assert find.rounds.of_month(session, MONTH).state is state


class TestJudgingAlone:
    def test_it_is_kept_and_not_changed_again(self, office: Office, both: tuple[Person, Person]) -> None:
        read_by(office, both[0])
        with pytest.raises(Refusal, match="You have read this audit already"):
            read_by(office, both[0], grade=Grade.NOT_YET_GOOD)

    def test_every_question_is_needed(self, office: Office, both: tuple[Person, Person]) -> None:
        said = judged()
        short = type(said)(None, {key: said.by_question[key] for key in KEYS[:3]})
        with pytest.raises(Faulty) as refused, office.record.writing() as session:
            moderating.read(session, office, REF, short, by=here(session, both[0]))
        assert [fault.where for fault in refused.value.faults] == ["overall", *KEYS[3:]]

    def test_it_is_for_the_pair_only(self, office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
        for stranger in (cast.auditor, cast.administrator, cast.head_of_quality, cast.team_manager):
            with pytest.raises(NotAllowed):
                read_by(office, stranger)
        assert both


class TestAgreeing:
    def test_not_before_both_have_read(self, office: Office, both: tuple[Person, Person]) -> None:
        read_by(office, both[0])
        with pytest.raises(Refusal, match="You agree when both of you have judged alone"):
            agreed_by(office, both[0], judged())

    def test_what_is_agreed_stands_beside_the_auditors(self, office: Office, both: tuple[Person, Person]) -> None:
        read_by(office, *both)
        agreed_by(office, both[1], judged(plan=Grade.NOT_YET_GOOD, overall=Grade.NEARLY_GOOD), reason="No dates.")
        with office.record.reading() as session:
            made = find.submissions.return_of(session, find.allocations.by_ref(session, REF))
        assert made is not None
        assert (made.overall, made.agreed) == (Grade.GOOD, Grade.NEARLY_GOOD)
        assert {each.question_key: (each.grade, each.agreed) for each in made.judgements} == {
            key: (Grade.GOOD, Grade.NOT_YET_GOOD if key == "core.plan" else Grade.GOOD) for key in KEYS
        }

    @pytest.mark.parametrize("changed", ["overall", "plan"])
    def test_a_change_needs_a_reason(self, office: Office, both: tuple[Person, Person], changed: str) -> None:
        read_by(office, *both)
        with pytest.raises(Faulty) as refused:
            agreed_by(office, both[0], judged(**{changed: Grade.NOT_YET_GOOD}))
        name, said = ("overall", "the overall judgement")
        if changed == "plan":
            name, said = "core.plan", "'Does the plan say who will do what?'"
        assert [str(fault) for fault in refused.value.faults] == [
            f"{name}.why: Choose why {said} is not the auditor's.",
            f"{name}.words: Say in a few words why {said} is not the auditor's.",
        ]

    def test_each_change_keeps_its_own_reason_and_what_both_judged(
        self, office: Office, both: tuple[Person, Person]
    ) -> None:
        read_by(office, *both)
        agreed_by(office, both[1], judged(plan=Grade.NOT_YET_GOOD, overall=Grade.NEARLY_GOOD), reason="No dates.")
        with office.record.reading() as session:
            found = find.moderations.must_be(session, REF)
        assert [(each.name, each.auditors, each.agreed, each.why_in_words) for each in found.changed] == [
            ("overall", Grade.GOOD, Grade.NEARLY_GOOD, "The evidence does not support it: No dates."),
            ("core.plan", Grade.GOOD, Grade.NOT_YET_GOOD, "The evidence does not support it: No dates."),
        ]

    def test_what_the_auditor_left_blank_is_judged_and_needs_no_reason(
        self, office: Office, both: tuple[Person, Person]
    ) -> None:
        with office.record.writing() as session:
            made = find.submissions.return_of(session, find.allocations.by_ref(session, REF))
            assert made is not None
            made.judgements[1].grade = None
        read_by(office, *both)
        agreed_by(office, both[0], judged())
        with office.record.reading() as session:
            found = find.moderations.must_be(session, REF)
        assert [(each.name, each.auditors, each.agreed, each.why_in_words) for each in found.changed] == [
            ("core.plan", None, Grade.GOOD, "The auditor left it blank.")
        ]
        assert found.reason == ""

    def test_how_good_the_audit_was_is_marked_with_a_note(self, office: Office, both: tuple[Person, Person]) -> None:
        read_by(office, *both)
        whole = agreement(judged())
        for short, missing in (
            (replace(whole, note=" "), ["note"]),
            (replace(whole, marks={Mark.IMPACT: True}), ["mark.evidence", "mark.every_question", "mark.dated_actions"]),
        ):
            with pytest.raises(Faulty) as refused, office.record.writing() as session:
                moderating.agree(
                    session, office, REF, replace(short, actions=dated(session, office)), by=here(session, both[0])
                )
            assert [fault.where for fault in refused.value.faults] == missing
        said = replace(whole, marks={**whole.marks, Mark.IMPACT: False})
        with office.record.writing() as session:
            said = replace(said, actions=dated(session, office))
            moderating.agree(session, office, REF, said, by=here(session, both[0]))
        with office.record.reading() as session:
            found = find.moderations.must_be(session, REF)
        assert ([(each.mark, each.met) for each in found.marks], found.note) == (
            [(mark, mark is not Mark.IMPACT) for mark in Mark],
            "You know this child well.",
        )

    def test_without_a_change_none_is_needed_but_what_was_said_is(
        self, office: Office, both: tuple[Person, Person]
    ) -> None:
        read_by(office, *both)
        with pytest.raises(Faulty) as refused:
            agreed_by(office, both[0], judged(), discussed=" ")
        assert [fault.where for fault in refused.value.faults] == ["discussed"]
        agreed_by(office, both[0], judged())

    def test_its_outcome_waits_and_no_action_begins_yet(self, office: Office, both: tuple[Person, Person]) -> None:
        read_by(office, *both)
        agreed_by(office, both[0], judged())
        with office.record.reading() as session:
            [action] = find.actions.of_allocation(session, find.allocations.by_ref(session, REF))
            [outcome] = find.outcomes.waiting(session)
        assert (action.state, outcome.allocation.ref, outcome.is_sent) == (ActionState.WAITING, REF, False)

    def test_the_second_reads_who_was_first(self, office: Office, both: tuple[Person, Person]) -> None:
        read_by(office, *both)
        agreed_by(office, both[0], judged())
        with pytest.raises(Refusal, match="Kofi Lindqvist wrote down what you agreed, on Monday 2 October at 09:05"):
            agreed_by(office, both[1], judged())

    def test_of_both_at_once_one_counts(self, office: Office, both: tuple[Person, Person]) -> None:
        read_by(office, *both)

        def agree(number: int) -> str:
            try:
                agreed_by(office, both[number % 2], judged())
            except Refusal:
                return "lost"
            return "won"

        assert sorted(at_once(6, agree)) == ["lost"] * 5 + ["won"]
        with office.record.reading() as session:
            assert len(find.notices.of_kind(session, "audit_moderated")) == 1
