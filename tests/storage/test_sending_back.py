"""An audit goes back to its auditor for what is missing, comes again, and what was judged of it before is kept."""

from datetime import date, time

import pytest

from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.words import AllocationState, Grade
from storage import clock, find, moderating
from storage.office import Office
from tests.cast import Cast, here
from tests.moderated import KEYS, REF, agreed_by, came_again, judged, pair, read_by, returned
from tests.programme.test_chasing import on


@pytest.fixture
def both(office: Office, cast: Cast) -> tuple[Person, Person]:
    returned(office, cast)
    return pair(office, cast)


def it_is(office: Office, day: int, hour: time = time(9)) -> None:
    with office.record.writing() as session:
        clock.set_to(session, on(day, hour))


def sends_back(office: Office, person: Person, missing: str = "The dates of the visits.") -> date:
    with office.record.writing() as session:
        found = moderating.send_back(session, office, REF, missing, ["core.plan", "no.such"], by=here(session, person))
        assert found.last_sent_back is not None
        return found.last_sent_back.until


def told(office: Office, kind: str) -> list[str]:
    with office.record.reading() as session:
        return sorted(notice.person.email for notice in find.notices.of_kind(session, kind))


class TestSendingBack:
    def test_its_auditor_hears_what_is_missing_and_has_two_working_days(
        self, office: Office, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        read_by(office, both[0])
        assert sends_back(office, both[0]) == date(2017, 10, 4)
        assert told(office, "audit_sent_back") == [cast.auditor.email]
        with office.record.reading() as session:
            [back] = find.moderations.must_be(session, REF).sent_back
            audit = find.allocations.by_ref(session, REF)
        assert (back.missing, back.questions, back.came_at) == ("The dates of the visits.", ["core.plan"], None)
        assert audit.state is AllocationState.RETURNED_IN_TIME

    def test_by_who_has_judged_it_alone_only(self, office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
        with pytest.raises(Refusal, match="Judge it alone first"):
            sends_back(office, both[0])
        for stranger in (cast.auditor, cast.outsider, cast.head_of_quality, cast.administrator):
            with pytest.raises(NotAllowed):
                sends_back(office, stranger)

    def test_says_what_is_missing_and_once_at_a_time(self, office: Office, both: tuple[Person, Person]) -> None:
        read_by(office, *both)
        with pytest.raises(Refusal, match="Say what is missing") as refused:
            sends_back(office, both[0], "  ")
        assert refused.value.field == "missing"
        sends_back(office, both[0])
        with pytest.raises(Refusal, match="It is with its auditor already"):
            sends_back(office, both[1])

    def test_never_as_long_as_the_report_waits_for_it(self, office: Office, both: tuple[Person, Person]) -> None:
        """The report of October is drafted on Thursday the 26th."""
        read_by(office, *both)
        it_is(office, 24)
        assert sends_back(office, both[0]) == date(2017, 10, 25)
        it_is(office, 26)
        with pytest.raises(Refusal, match="no day left before the report"):
            sends_back(office, both[0])

    def test_while_it_is_out_nothing_is_agreed_and_afterwards_with_what_there_is(
        self, office: Office, both: tuple[Person, Person]
    ) -> None:
        read_by(office, *both)
        sends_back(office, both[0])
        with pytest.raises(Refusal, match="with its auditor until Wednesday 4 October"):
            agreed_by(office, both[1], judged())
        it_is(office, 5)
        agreed_by(office, both[1], judged())
        with pytest.raises(Refusal, match="wrote down what you agreed"):
            sends_back(office, both[0])


class TestComingAgain:
    def test_both_hear_and_say_whether_their_judgement_stands(
        self, office: Office, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        read_by(office, *both)
        sends_back(office, both[0])
        came_again(office, cast)
        assert told(office, "newer_to_moderate") == sorted(each.email for each in both)
        with pytest.raises(Refusal, match="has changed since"):
            agreed_by(office, both[0], judged())
        with office.record.writing() as session:
            moderating.stand(session, office, REF, by=here(session, both[0]))
        with pytest.raises(Refusal, match=f"has changed since {both[1].name} read it"):
            agreed_by(office, both[0], judged())
        read_by(office, both[1], grade=Grade.NEARLY_GOOD)
        agreed_by(office, both[0], judged())

    def test_what_was_judged_before_is_kept_word_for_word(
        self, office: Office, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        read_by(office, *both)
        sends_back(office, both[0])
        came_again(office, cast)
        read_by(office, both[1], grade=Grade.NEARLY_GOOD)
        with office.record.reading() as session:
            found = find.moderations.must_be(session, REF).reading_of(here(session, both[1]))
            [before] = found.before
            first = find.submissions.version_of(session, find.allocations.by_ref(session, REF), 1)
        assert (before.of_version, before.overall, before.judgements) == (1, "2", dict.fromkeys(KEYS, "2"))
        assert (found.of_version, found.overall) == (2, Grade.NEARLY_GOOD)
        assert first is not None
        assert first.strengths != "Stronger still."

    def test_nobody_judges_one_version_twice(self, office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
        read_by(office, *both)
        with pytest.raises(Refusal, match="read this audit already"):
            read_by(office, both[0])
        with pytest.raises(Refusal, match="no newer version"), office.record.writing() as session:
            moderating.stand(session, office, REF, by=here(session, both[0]))
        sends_back(office, both[0])
        came_again(office, cast)
        read_by(office, both[0])
        with pytest.raises(Refusal, match="read this audit already"):
            read_by(office, both[0])

    def test_it_can_go_back_once_more(self, office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
        read_by(office, *both)
        sends_back(office, both[0])
        came_again(office, cast)
        sends_back(office, both[1])
        with office.record.reading() as session:
            assert [each.by.email for each in find.moderations.must_be(session, REF).sent_back] == [
                each.email for each in both
            ]
