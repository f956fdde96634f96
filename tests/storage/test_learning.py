"""What people learnt is asked once of who did it, kept as their own, and counted without them."""

from datetime import date

import pytest

from programme.learning import LONGEST, After, Worth
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from storage import find, learning
from storage.office import Office
from tests.cast import MONTH, NOW, Cast, here
from tests.moderated import REF, agreed_by, judged, pair, read_by, returned
from tests.storage.test_made_safe import goes_on_to


def says(office: Office, who: Person, worth: str = "yes", words: str = "Ask the school first.") -> None:
    with office.record.writing() as session:
        learning.say(session, office, REF, worth, words, here(session, who))


def asked(office: Office, who: Person) -> list[tuple[str, After]]:
    with office.record.reading() as session:
        return [(each.allocation.ref, each.after) for each in learning.to_say(session, office, here(session, who))]


def record_of(office: Office, who: Person) -> list[tuple[After, str]]:
    with office.record.reading() as session:
        return [(each.after, each.words) for each in find.learning.of_person(session, here(session, who))]


def moderated(office: Office, cast: Cast) -> Person:
    returned(office, cast, sets=())
    both = pair(office, cast)
    read_by(office, *both)
    agreed_by(office, both[0], judged())
    return both[1]


def test_who_sent_it_in_and_who_agreed_on_it_are_asked_once(office: Office, cast: Cast) -> None:
    other = moderated(office, cast)
    who = (cast.auditor, cast.peer, other)
    assert [asked(office, each) for each in who] == [
        [(REF, After.AUDIT)],
        [(REF, After.MODERATION)],
        [(REF, After.MODERATION)],
    ]
    for each in who:
        says(office, each)
    assert [asked(office, each) for each in who] == [[], [], []]
    assert record_of(office, cast.auditor) == [(After.AUDIT, "Ask the school first.")]
    with pytest.raises(Refusal, match="You have said so on Monday 2 October"):
        says(office, cast.auditor)


def test_nobody_is_asked_before_it_is_done_nor_long_after(office: Office, cast: Cast) -> None:
    assert asked(office, cast.auditor) == []
    returned(office, cast, sets=())
    stands = []
    for day in (16, 17):
        goes_on_to(office, date(2017, 10, day))
        stands.append(asked(office, cast.auditor))
    assert stands == [[(REF, After.AUDIT)], []]


@pytest.mark.parametrize("who", ["peer", "team_manager", "administrator", "head_of_quality"])
def test_who_had_no_part_in_it_says_nothing(office: Office, cast: Cast, who: str) -> None:
    returned(office, cast, sets=())
    with pytest.raises(NotAllowed):
        says(office, getattr(cast, who))


@pytest.mark.parametrize(
    ("worth", "words", "field"),
    [("", "Words.", "worth"), ("perhaps", "Words.", "worth"), ("yes", "w" * (LONGEST + 1), "words")],
)
def test_what_is_wrong_is_said_under_its_field(office: Office, cast: Cast, worth: str, words: str, field: str) -> None:
    returned(office, cast, sets=())
    with pytest.raises(Refusal) as refused:
        says(office, cast.auditor, worth, words)
    assert (refused.value.field, record_of(office, cast.auditor)) == (field, [])


def test_the_pulse_counts_answers_and_names_nobody(office: Office, cast: Cast) -> None:
    other = moderated(office, cast)
    for who, worth in ((cast.auditor, "very"), (cast.peer, "no"), (other, "yes")):
        says(office, who, worth, "")
    with office.record.reading() as session:
        pulse = find.learning.pulse(session, find.rounds.of_month(session, MONTH))
    assert (pulse.counted, pulse.answered, pulse.worth_it) == ({Worth.VERY: 1, Worth.NO: 1, Worth.YES: 1}, 3, 2)


class TestTraining:
    def notes(self, office: Office, whose: Person, by: Person, day: date | None, words: str) -> None:
        with office.record.writing() as session:
            learning.note_training(session, office, here(session, whose), day, words, here(session, by))

    def test_is_noted_by_the_learner_and_stands_with_the_rest(self, office: Office, cast: Cast) -> None:
        self.notes(office, cast.auditor, cast.auditor, date(2017, 9, 20), "Plans that a family can follow.")
        assert record_of(office, cast.auditor) == [(After.TRAINING, "Plans that a family can follow.")]

    @pytest.mark.parametrize(
        ("day", "words", "field"),
        [
            (None, "Plans for families.", "day"),
            (date(2017, 10, 3), "Plans for families.", "day"),
            (NOW.date(), "x", "words"),
        ],
    )
    def test_with_a_day_gone_by_and_a_word_on_it(
        self, office: Office, cast: Cast, day: date | None, words: str, field: str
    ) -> None:
        with pytest.raises(Refusal) as refused:
            self.notes(office, cast.auditor, cast.auditor, day, words)
        assert refused.value.field == field

    def test_nobody_notes_it_for_another(self, office: Office, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            self.notes(office, cast.auditor, cast.head_of_quality, NOW.date(), "Plans for families.")
