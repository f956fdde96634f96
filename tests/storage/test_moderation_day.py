"""The moderation day on record: opened as one unit, moved, answered to, and who was there."""

from collections.abc import Callable, Mapping
from datetime import date, time

import pytest

from programme.calendar import at_london
from programme.moderation_day import Coming, Meeting
from programme.people import Person
from programme.refusals import Faulty, NotAllowed, NotFound, Refusal
from programme.words import RoundState
from storage import clock, find, moderation_day, pairing
from storage.office import Office
from storage.pairing import ByHand
from tests.cast import MONTH, Cast, here
from tests.moderated import REF, open_the_day, pair, read_by, returned, second_moderator

HOURS = Meeting(time(10), time(16), "Room 2")


def goes_on_to(office: Office, day: int, hour: time) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, day), hour))


def told(office: Office, kind: str) -> list[str]:
    with office.record.reading() as session:
        return sorted(each.person.email for each in find.notices.of_kind(session, kind))


def answers(office: Office, person: Person, *, coming: bool) -> None:
    with office.record.writing() as session:
        moderation_day.answer(session, office, MONTH, here(session, person), coming=coming)


def stands(office: Office) -> list[tuple[str, Coming, bool | None, int]]:
    with office.record.reading() as session:
        day = find.moderation_days.must_be(session, find.rounds.of_month(session, MONTH))
        return [(each.person.email, each.coming, each.was_there, each.sequence) for each in day.invitations]


@pytest.fixture
def both(office: Office, cast: Cast) -> tuple[Person, Person]:
    returned(office, cast)
    return open_the_day(office, cast)


class TestOpening:
    def test_pairs_and_invitations_are_one_unit(self, office: Office, both: tuple[Person, Person]) -> None:
        assert [each[:2] for each in stands(office)] == [(each.email, Coming.ASKED) for each in both]
        assert told(office, "moderation_asked") == [each.email for each in both]

    def test_where_nothing_has_come_back_it_cannot_be_opened(self, office: Office, cast: Cast) -> None:
        with pytest.raises(Refusal, match="There is nothing to moderate for October 2017"):
            open_the_day(office, cast)
        with office.record.reading() as session:
            assert find.moderation_days.of_round(session, find.rounds.of_month(session, MONTH)) is None

    @pytest.mark.parametrize(
        ("day", "hour", "state"),
        [(19, time(11, 59), RoundState.DISTRIBUTED), (19, time(12), RoundState.MODERATING)],
    )
    def test_once_the_month_is_cut_off_it_is_moderated(
        self, office: Office, cast: Cast, day: int, hour: time, state: RoundState
    ) -> None:
        returned(office, cast)
        goes_on_to(office, day, hour)
        open_the_day(office, cast)
        with office.record.reading() as session:
            assert find.rounds.of_month(session, MONTH).state is state

    def test_who_was_given_something_before_is_asked_to_come_as_well(self, office: Office, cast: Cast) -> None:
        returned(office, cast)
        both = pair(office, cast)
        with office.record.writing() as session:
            moderation_day.open_(session, office, MONTH, here(session, cast.administrator))
        assert [each[:2] for each in stands(office)] == [(each.email, Coming.ASKED) for each in both]
        assert told(office, "moderation_asked") == sorted([each.email for each in both] * 2)

    @pytest.mark.parametrize(
        ("meeting", "where"),
        [
            (Meeting(time(16), time(10)), "ends"),
            (Meeting(time(10), time(10)), "ends"),
            (Meeting(time(10), time(16), "a" * 201), "place"),
            (Meeting(time(10), time(16), "Room 2\nRoom 3"), "place"),
        ],
    )
    def test_hours_and_place_must_make_sense(self, office: Office, cast: Cast, meeting: Meeting, where: str) -> None:
        returned(office, cast)
        second_moderator(office, cast)
        with pytest.raises(Faulty) as refused, office.record.writing() as session:
            moderation_day.open_(session, office, MONTH, here(session, cast.administrator), meeting=meeting)
        assert [fault.where for fault in refused.value.faults] == [where]
        with office.record.reading() as session:
            assert find.moderations.of_audit(session, REF) is None


class TestByHand:
    def chosen(self, office: Office, cast: Cast, choose: Callable[[dict[str, int]], ByHand]) -> list[str]:
        """The faults of a choice, or none; who is there by name."""
        returned(office, cast)
        other = second_moderator(office, cast)
        with office.record.writing() as session:
            for who in (cast.auditor, cast.team_manager, cast.head_of_service):
                here(session, who).moderates = True
        names = ("auditor", "peer", "team_manager", "outsider", "head_of_service")
        people = {name: getattr(cast, name).id or 0 for name in names}
        try:
            with office.record.writing() as session:
                people["other"] = here(session, other).id or 0
                moderation_day.open_(
                    session, office, MONTH, here(session, cast.administrator), meeting=HOURS, chosen=choose(people)
                )
        except Faulty as refused:
            return [str(fault) for fault in refused.faults]
        return []

    @pytest.mark.parametrize(
        ("first", "second", "fault"),
        [
            ("peer", "auditor", f"{REF}.second: {REF}: Asha Thornbury did the audit."),
            ("team_manager", "peer", f"{REF}.first: {REF}: Tomasz Ferreday manages or works with this child."),
            ("peer", "peer", f"{REF}.second: {REF}: choose two different readers."),
            ("peer", "outsider", f"{REF}.second: {REF}: choose two readers, or nobody for both."),
            (
                "head_of_service",
                "peer",
                f"{REF}.second: {REF}: Maren Castellane and Kofi Lindqvist are of one service.",
            ),
        ],
    )
    def test_the_same_rules_hold_and_say_so(
        self, office: Office, cast: Cast, first: str, second: str, fault: str
    ) -> None:
        assert self.chosen(office, cast, lambda people: {REF: (people[first], people[second])}) == [fault]
        with office.record.reading() as session:
            assert find.moderations.of_audit(session, REF) is None

    def test_a_reader_may_be_swapped(self, office: Office, cast: Cast) -> None:
        assert self.chosen(office, cast, lambda people: {REF: (people["head_of_service"], people["other"])}) == []
        with office.record.reading() as session:
            found = find.moderations.must_be(session, REF)
            assert [each.moderator.name for each in found.readings] == ["Maren Castellane", "Ottilie Bramwell"]

    def test_all_taken_out_is_nothing_to_open(self, office: Office, cast: Cast) -> None:
        with pytest.raises(Refusal, match="There is nothing to moderate"):
            self.chosen(office, cast, lambda _people: {REF: (0, 0)})

    def test_who_is_not_at_work_that_day_is_refused(self, office: Office, cast: Cast) -> None:
        returned(office, cast)
        other = second_moderator(office, cast)
        with office.record.writing() as session:
            here(session, cast.peer).ends = date(2017, 10, 19)
            number = here(session, other).id or 0
        with office.record.reading() as session, pytest.raises(Faulty) as refused:
            pairing.by_hand(session, office, MONTH, {REF: (cast.peer.id or 0, number)})
        assert [fault.sentence for fault in refused.value.faults] == [f"{REF}: Kofi Lindqvist is not at work that day."]

    def test_what_has_a_pair_by_now_is_refused(self, office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
        ids = (both[0].id or 0, cast.head_of_service.id or 0)
        said = f"{REF}: not returned in October 2017, or given to a pair already"
        with pytest.raises(Refusal, match=said), office.record.writing() as session:
            moderation_day.open_(session, office, MONTH, here(session, cast.administrator), chosen={REF: ids})


class TestAnswering:
    def test_coming_and_then_not(self, office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
        answers(office, both[0], coming=True)
        answers(office, both[0], coming=True)
        answers(office, both[0], coming=False)
        assert stands(office)[0] == (both[0].email, Coming.NO, None, 1)
        assert told(office, "moderator_cannot_come") == [cast.administrator.email]
        answers(office, both[0], coming=True)
        assert stands(office)[0] == (both[0].email, Coming.YES, None, 2)

    def test_only_who_is_asked(self, office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
        for stranger in (cast.auditor, cast.administrator, cast.outsider):
            with pytest.raises(NotAllowed):
                answers(office, stranger, coming=True)
        assert both

    def test_not_when_it_is_over(self, office: Office, both: tuple[Person, Person]) -> None:
        goes_on_to(office, 20, time(16))
        with pytest.raises(Refusal, match="moderation day is over"):
            answers(office, both[0], coming=True)

    def test_nor_before_it_is_opened(self, office: Office, cast: Cast) -> None:
        with pytest.raises(NotFound, match="has not been opened yet"):
            answers(office, cast.peer, coming=True)


class TestMoving:
    def moved(self, office: Office, cast: Cast, to: Meeting) -> None:
        with office.record.writing() as session:
            moderation_day.move(session, office, MONTH, to, here(session, cast.administrator))

    def test_everybody_who_may_come_hears_so(self, office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
        answers(office, both[0], coming=False)
        self.moved(office, cast, Meeting(time(13), time(17), "Room 3"))
        assert told(office, "moderation_day_moved") == [both[1].email]
        assert [each[3] for each in stands(office)] == [2, 1]

    def test_what_is_the_same_is_refused(self, office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
        with pytest.raises(Refusal, match="Nothing was changed"):
            self.moved(office, cast, HOURS)
        assert both


class TestAttendance:
    def kept(self, office: Office, cast: Cast, *there: Person) -> None:
        numbers = [each.id or 0 for each in there]
        with office.record.writing() as session:
            moderation_day.keep_attendance(session, office, MONTH, numbers, here(session, cast.administrator))

    def test_on_the_day_and_again_when_somebody_comes_late(
        self, office: Office, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        goes_on_to(office, 20, time(10, 5))
        self.kept(office, cast, both[0])
        assert [each[2] for each in stands(office)] == [True, False]
        self.kept(office, cast, *both)
        assert [each[2] for each in stands(office)] == [True, True]

    def test_not_before(self, office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
        with pytest.raises(Refusal, match="noted on the day, Friday 20 October"):
            self.kept(office, cast, both[0])

    def test_nobody_who_was_not_asked(self, office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
        goes_on_to(office, 20, time(10, 5))
        with pytest.raises(Refusal, match="not asked to this day"):
            self.kept(office, cast, cast.auditor)
        assert both


class TestSomebodyElse:
    def instead(self, office: Office, cast: Cast, of: Person, chosen: Mapping[str, Person | None]) -> None:
        numbers = {ref: (who.id or 0) if who else 0 for ref, who in chosen.items()}
        with office.record.writing() as session:
            runs = here(session, cast.administrator)
            moderation_day.replace(session, office, MONTH, of.id or 0, numbers, runs)

    def moderates(self, office: Office, *people: Person) -> None:
        with office.record.writing() as session:
            for who in people:
                here(session, who).moderates = True

    def test_who_may_and_has_the_fewest_is_proposed(
        self, office: Office, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        self.moderates(office, cast.auditor, cast.head_of_service)
        with office.record.reading() as session:
            person, [place] = moderation_day.places_of(session, office, MONTH, both[0].id or 0)
            assert (person.name, place.ref) == ("Kofi Lindqvist", REF)
            assert (place.partner and place.partner.name, place.instead and place.instead.name, place.because) == (
                "Ottilie Bramwell",
                "Maren Castellane",
                "has 0 of this month",
            )

    def test_where_nobody_may_it_says_so(self, office: Office, both: tuple[Person, Person]) -> None:
        with office.record.reading() as session:
            _, [place] = moderation_day.places_of(session, office, MONTH, both[0].id or 0)
            assert (place.instead, place.because) == (None, "nobody else who moderates may read it")

    def test_they_read_it_and_are_asked_to_come(self, office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
        self.moderates(office, cast.head_of_service)
        read_by(office, both[1])
        self.instead(office, cast, both[0], {REF: cast.head_of_service})
        with office.record.reading() as session:
            found = find.moderations.must_be(session, REF)
            assert [(each.moderator.name, each.read_at is None) for each in found.readings] == [
                ("Maren Castellane", True),
                ("Ottilie Bramwell", False),
            ]
        assert [each[:2] for each in stands(office)] == [
            (both[0].email, Coming.NO),
            (both[1].email, Coming.ASKED),
            (cast.head_of_service.email, Coming.ASKED),
        ]
        assert told(office, "moderation_asked").count(cast.head_of_service.email) == 1

    def test_what_they_have_read_stays_theirs(self, office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
        self.moderates(office, cast.head_of_service)
        read_by(office, both[0])
        with pytest.raises(NotFound, match="nothing of this month that is still to be read"):
            self.instead(office, cast, both[0], {REF: cast.head_of_service})

    @pytest.mark.parametrize(
        ("who", "said"),
        [
            ("auditor", "Asha Thornbury did the audit."),
            ("team_manager", "Tomasz Ferreday manages or works with this child."),
        ],
    )
    def test_the_same_rules_hold(
        self, office: Office, cast: Cast, both: tuple[Person, Person], who: str, said: str
    ) -> None:
        self.moderates(office, getattr(cast, who))
        with pytest.raises(Faulty) as refused:
            self.instead(office, cast, both[0], {REF: getattr(cast, who)})
        assert [str(fault) for fault in refused.value.faults] == [f"{REF}: {REF}: {said}"]

    def test_nor_may_the_partner_read_for_both(self, office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
        with pytest.raises(Faulty) as refused:
            self.instead(office, cast, both[0], {REF: both[1]})
        assert [str(fault) for fault in refused.value.faults] == [f"{REF}: {REF}: Ottilie Bramwell reads it already."]

    def test_nobody_chosen_changes_nothing(self, office: Office, cast: Cast, both: tuple[Person, Person]) -> None:
        with pytest.raises(Refusal, match="Choose who reads in the place of Kofi Lindqvist"):
            self.instead(office, cast, both[0], {REF: None})


def test_what_is_read_stays_where_somebody_cannot_come(office: Office, both: tuple[Person, Person]) -> None:
    read_by(office, both[0])
    answers(office, both[0], coming=False)
    with office.record.reading() as session:
        found = find.moderations.must_be(session, REF)
        assert [each.read_at is not None for each in found.readings] == [True, False]
