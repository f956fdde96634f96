"""A pair that does not agree: the judgements and the words of both are kept, and the Head of Quality decides."""

from dataclasses import replace

import pytest

from programme.people import Person
from programme.refusals import Faulty, NotAllowed, Refusal
from programme.words import Grade
from storage import find, moderating
from storage.office import Office
from tests.cast import Cast, here
from tests.moderated import REF, agreed_by, agreement, dated, judged, pair, read_by, returned
from tests.storage.crowd import at_once
from tests.storage.test_sending_back import told


@pytest.fixture
def both(office: Office, cast: Cast) -> tuple[Person, Person]:
    """One judges it good, the other not yet."""
    returned(office, cast)
    both = pair(office, cast)
    read_by(office, both[0])
    read_by(office, both[1], grade=Grade.NEARLY_GOOD)
    return both


def disagree(office: Office, by: Person, *words: tuple[Person, str]) -> None:
    with office.record.writing() as session:
        moderating.disagree(session, office, REF, {who.email: said for who, said in words}, by=here(session, by))


def decide(office: Office, by: Person, *, why: str = "The visits are on the record.") -> None:
    with office.record.writing() as session:
        said = replace(agreement(judged(Grade.NEARLY_GOOD), reason="No dates."), actions=dated(session, office))
        moderating.agree(session, office, REF, replace(said, discussed=why), by=here(session, by))


def test_the_words_of_both_are_needed(office: Office, both: tuple[Person, Person]) -> None:
    with pytest.raises(Faulty) as refused:
        disagree(office, both[0], (both[0], "It is all there."))
    assert [fault.sentence for fault in refused.value.faults] == [f"Say why {both[1].name} judges it so."]


def test_the_head_of_quality_is_told_and_decides_with_all_kept(
    office: Office, cast: Cast, both: tuple[Person, Person]
) -> None:
    disagree(office, both[0], (both[0], "It is all there."), (both[1], "No visit has a date."))
    assert told(office, "moderation_disputed") == [cast.head_of_quality.email]
    decide(office, cast.head_of_quality)
    with office.record.reading() as session:
        found = find.moderations.must_be(session, REF)
        assert [(each.overall, each.says) for each in found.readings] == [
            (Grade.GOOD, "It is all there."),
            (Grade.NEARLY_GOOD, "No visit has a date."),
        ]
        assert (found.agreed_by, found.decided_because, found.discussed) == (
            here(session, cast.head_of_quality),
            "The visits are on the record.",
            "",
        )
    assert told(office, "moderation_decided") == sorted(each.email for each in both)
    assert told(office, "audit_moderated") == [cast.auditor.email]


def test_nobody_else_decides_nor_before_it_is_said(office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
    with pytest.raises(NotAllowed, match="has not said that it does not agree"):
        decide(office, cast.head_of_quality)
    disagree(office, both[0], (both[0], "Yes."), (both[1], "No."))
    for stranger in (cast.auditor, cast.administrator, cast.head_of_service, cast.childs_head_of_service):
        with pytest.raises(NotAllowed, match="Head of Quality decides"):
            decide(office, stranger)


def test_deciding_needs_a_reason_of_its_own(office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
    disagree(office, both[0], (both[0], "Yes."), (both[1], "No."))
    with pytest.raises(Faulty) as refused:
        decide(office, cast.head_of_quality, why=" ")
    assert [fault.where for fault in refused.value.faults] == ["discussed"]


def test_the_pair_may_agree_after_all_and_then_nobody_decides(
    office: Office, cast: Cast, both: tuple[Person, Person]
) -> None:
    disagree(office, both[0], (both[0], "Yes."), (both[1], "No."))
    with pytest.raises(Refusal, match="said so already"):
        disagree(office, both[1], (both[0], "Yes."), (both[1], "No."))
    agreed_by(office, both[1], judged())
    with pytest.raises(Refusal, match=f"{both[1].name} wrote down what you agreed"):
        decide(office, cast.head_of_quality)


def test_of_a_decision_and_an_agreement_at_once_one_counts(
    office: Office, cast: Cast, both: tuple[Person, Person]
) -> None:
    disagree(office, both[0], (both[0], "Yes."), (both[1], "No."))

    def act(number: int) -> str:
        try:
            decide(office, cast.head_of_quality) if number % 2 else agreed_by(office, both[0], judged())
        except Refusal as refusal:
            return refusal.sentence.partition(" on ")[0]
        return "counts"

    said = at_once(4, act)
    assert said.count("counts") == 1
    assert len(told(office, "audit_moderated")) == 1


def test_where_the_head_of_quality_audited_it_the_director_decides(office: Office, cast: Cast) -> None:
    returned(office, cast)
    with office.record.writing() as session:
        find.allocations.by_ref(session, REF).hand_over_to(here(session, cast.head_of_quality))
    both = pair(office, cast)
    read_by(office, *both)
    with pytest.raises(Refusal, match="nobody who could decide"):
        disagree(office, both[0], (both[0], "Yes."), (both[1], "No."))
