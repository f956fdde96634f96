"""Who is away, who has moved on and what ties them, on record; and what follows from each."""

from collections.abc import Callable
from datetime import date

import pytest

from programme.absences import Absence, Away
from programme.notices import Notice
from programme.people import AuditGroup, Person, RoleHeld
from programme.people_file import COLUMNS, read
from programme.refusals import NotAllowed, NotFound, Refusal
from programme.rota import Turn
from programme.rows import Row
from programme.vacancies import Vacancy
from programme.words import AbsenceKind, AllocationState, NoticeState, OfferState, Role, SwapState
from storage import find, handing_on, staffing, swapping
from storage.office import Office
from storage.session import Session
from tests.cast import MONTH, Cast, here

HALF_TERM = Away(date(2017, 10, 23), date(2017, 10, 27))


def whole(session: Session, person: Person) -> Person:
    return find.people.whole(session, here(session, person).id or 0)


def away_of(session: Session, person: Person) -> list[tuple[date, date, AbsenceKind | None]]:
    return [(each.first_day, each.last_day, each.kind) for each in whole(session, person).absences]


def test_the_same_days_said_twice_stand_once_and_their_kind_is_put_right(office: Office, cast: Cast) -> None:
    for kind in (None, AbsenceKind.FINISHES, None):
        with office.record.writing() as session:
            me = whole(session, cast.auditor)
            staffing.note_away(session, office, me, Away(HALF_TERM.first_day, HALF_TERM.last_day, kind), me)
    with office.record.reading() as session:
        assert away_of(session, cast.auditor) == [(date(2017, 10, 23), date(2017, 10, 27), AbsenceKind.FINISHES)]


@pytest.mark.parametrize(
    ("on", "left"),
    [
        ((2017, 10, 23), [(date(2017, 10, 23), date(2017, 10, 27), None)]),
        ((2017, 9, 28), [(date(2017, 9, 28), date(2017, 10, 1), None)]),
    ],
)
def test_who_is_back_is_back_from_today(
    office: Office, cast: Cast, on: tuple[int, int, int], left: list[tuple[date, date, None]]
) -> None:
    """Monday 2 October. What has begun ends yesterday; what has not begun is taken away."""
    with office.record.writing() as session:
        session.add(Absence(here(session, cast.auditor), date(*on), date(2017, 10, 27)))
    with office.record.writing() as session:
        me = whole(session, cast.auditor)
        staffing.come_back(session, office, me, me.absences[0].id or 0, me)
    with office.record.reading() as session:
        assert away_of(session, cast.auditor) == ([] if on[1] == 10 else left)


def test_what_is_over_cannot_be_taken_back(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        session.add(Absence(here(session, cast.auditor), date(2017, 9, 4), date(2017, 9, 8)))
    with office.record.writing() as session:
        me = whole(session, cast.auditor)
        with pytest.raises(Refusal, match="That is over already"):
            staffing.come_back(session, office, me, me.absences[0].id or 0, me)


def test_nobody_says_for_others_what_is_not_theirs_to_say(office: Office, cast: Cast) -> None:
    steps: list[Callable[[Session, Person, Person], object]] = [
        lambda session, who, me: staffing.note_away(session, office, who, HALF_TERM, me),
        lambda session, who, me: staffing.move_on(session, office, who, date(2017, 10, 31), me),
        lambda session, who, me: staffing.declare(session, office, who, "MDW-0417", me),
        lambda session, who, me: staffing.keep_apart(session, office, who, "kofi@example.org", me),
        lambda session, who, me: staffing.name_deputy(
            session, office, who, "kofi@example.org", (date(2017, 10, 3), date(2017, 10, 4)), me
        ),
    ]
    for step in steps:
        with pytest.raises(NotAllowed), office.record.writing() as session:
            step(session, whole(session, cast.auditor), here(session, cast.outsider))
    with pytest.raises(NotFound), office.record.reading() as session:
        staffing.must_see(session, here(session, cast.outsider), cast.auditor.id or 0)


def test_who_moves_on_leaves_a_place_that_the_next_of_the_group_takes(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        head, peer = here(session, cast.head_of_service), whole(session, cast.peer)
        staffing.move_on(session, office, peer, date(2017, 10, 20), head)
        staffing.move_on(session, office, peer, date(2017, 10, 27), head)
    with office.record.reading() as session:
        [place] = find.vacancies.still_empty(session)
        assert (place.left.name, place.since, place.group and place.group.name) == (
            cast.peer.name,
            date(2017, 10, 28),
            "Linden",
        )
        known = roster_rows(session)
    joiner = known[0] | {"email": "joan@example.org", "name": "Joan Aldous", "group": "Linden", "manager": ""}
    with office.record.writing() as session:
        administrator = here(session, cast.administrator)
        brought = staffing.bring_in(session, office, read([Row(2, joiner)]), administrator)
        assert (brought.people, len(brought.missing)) == (1, len(known) - 1)
    with office.record.reading() as session:
        assert [each.ref for each in find.vacancies.still_empty(session)] == []
        taken = find.vacancies.by_id(session, place.id or 0)
        assert (taken.filled_by and taken.filled_by.name, taken.filled_on) == ("Joan Aldous", date(2017, 10, 2))


def roster_rows(session: Session) -> list[dict[str, str]]:
    """The people list as a file, the auditor first."""
    everybody = sorted(find.people.everyone(session), key=lambda who: who.email != "asha@example.org")
    empty = dict.fromkeys(COLUMNS, "")
    return [
        empty
        | {
            "email": who.email,
            "name": who.name,
            "roles": ";".join(who.roles),
            "team": who.team.name if who.team else "",
            "service": who.own_service.name if who.own_service else "",
            "group": who.group.name if who.group else "",
        }
        for who in everybody
    ]


def test_who_ends_by_the_file_leaves_a_place_too(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        row = roster_rows(session)[0] | {"ends": "2017-10-31"}
        staffing.bring_in(session, office, read([Row(2, row)]), here(session, cast.administrator))
    with office.record.reading() as session:
        assert [(each.left.name, each.since) for each in find.vacancies.still_empty(session)] == [
            (cast.auditor.name, date(2017, 11, 1))
        ]


def test_what_is_open_with_a_leaver_is_told_and_handed_on(office: Office, cast: Cast) -> None:
    """A third with a turn and nothing to do takes the audit; the swap that was asked for falls away."""
    ref = cast.allocation.ref
    with office.record.writing() as session:
        find.allocations.by_ref(session, cast.peers_allocation.ref).state = AllocationState.WITHDRAWN
    with office.record.writing() as session:
        swapping.ask(session, office, ref, [cast.peer.email], here(session, cast.auditor))
    with office.record.writing() as session:
        asha, by = whole(session, cast.auditor), here(session, cast.administrator)
        staffing.move_on(session, office, asha, date(2017, 10, 3), by)
        assert handing_on.still_open(session, asha).said == "1 audit, 1 swap"
        [told] = [each.person.name for each in waiting(session, "work_to_hand_on")]
        assert told == cast.administrator.name
        assert handing_on.proposed(session, office, handing_on.still_open(session, asha)) == {}
    with office.record.writing() as session:
        spare_auditor(session, cast)
    with office.record.writing() as session:
        asha, by = whole(session, cast.auditor), here(session, cast.administrator)
        handed = handing_on.hand_on(session, office, asha, by)
        assert handed.said == "Handed on: 1 audit, 1 swap."
    with office.record.reading() as session:
        audit = find.allocations.by_ref(session, ref)
        assert (audit.holder and audit.holder.name, audit.state, audit.token != cast.allocation.token) == (
            "Spare",
            AllocationState.OUT,
            True,
        )
        [swap] = find.swaps.every(session)
        assert (swap.state, [offer.state for offer in swap.offers]) == (SwapState.WITHDRAWN, [OfferState.CLOSED])
        assert [each.person.name for each in waiting(session, "audit_handed_on")] == ["Spare"]
        assert handing_on.still_open(session, whole(session, cast.auditor)).said == ""


def waiting(session: Session, kind: str) -> list[Notice]:
    return [each for each in find.notices.in_state(session, NoticeState.WAITING) if each.kind == kind]


def spare_auditor(session: Session, cast: Cast) -> Person:
    """Somebody of the auditor's own team, with a turn this month and nothing to do."""
    asha = here(session, cast.auditor)
    spare = Person("spare@example.org", "Spare", [RoleHeld(Role.AUDITOR)], team=asha.team, group=asha.group)
    session.add_all([spare, Turn(spare, MONTH)])
    session.flush()
    return spare


def test_where_nobody_has_room_it_stays_and_a_choice_by_hand_is_judged(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        asha, by = whole(session, cast.auditor), here(session, cast.administrator)
        handed = handing_on.hand_on(session, office, asha, by)
        assert handed.said == (
            f"Nothing was handed on. Nobody has room for {cast.allocation.ref}: choose who takes it."
        )
        with pytest.raises(Refusal, match="may not take"):
            handing_on.hand_on(session, office, asha, by, {cast.allocation.ref: cast.outsider.email})
    with office.record.writing() as session:
        asha, by = whole(session, cast.auditor), here(session, cast.administrator)
        assert handing_on.hand_on(session, office, asha, by, {cast.allocation.ref: cast.peer.email}).audits == 1


def test_ties_stand_once_and_can_be_taken_back(office: Office, cast: Cast) -> None:
    team = cast.allocation.case.team
    assert team is not None
    for _ in range(2):
        with office.record.writing() as session:
            me = whole(session, cast.auditor)
            staffing.declare(session, office, me, cast.allocation.case.ref, me)
            staffing.declare(session, office, me, team.name.upper(), me)
            staffing.keep_apart(session, office, me, cast.peer.email, here(session, cast.administrator))
    with office.record.writing() as session:
        me = whole(session, cast.auditor)
        assert [each.apart_from for each in me.conflicts] == [cast.allocation.case.ref, team.name]
        [pair] = find.ties.apart_from(session, here(session, cast.peer))
        staffing.take_back_tie(session, office, me, me.conflicts[0].id or 0, me)
        staffing.no_more_apart(session, office, me, pair.id or 0, here(session, cast.administrator))
    with office.record.reading() as session:
        assert [each.apart_from for each in whole(session, cast.auditor).conflicts] == [team.name]
        assert find.ties.apart_from(session, here(session, cast.auditor)) == []


@pytest.mark.parametrize("said", ["", "XYZ-9999"])
def test_what_is_neither_a_record_nor_a_team_is_refused(office: Office, cast: Cast, said: str) -> None:
    with office.record.writing() as session:
        me = whole(session, cast.auditor)
        with pytest.raises(Refusal):
            staffing.declare(session, office, me, said, me)


def test_a_deputy_stands_in_from_day_to_day(office: Office, cast: Cast) -> None:
    days = (date(2017, 10, 9), date(2017, 10, 13))
    with office.record.writing() as session:
        head = whole(session, cast.head_of_service)
        staffing.name_deputy(session, office, head, cast.peer.email, days, head)
    with office.record.writing() as session:
        head = whole(session, cast.head_of_service)
        assert [(each.deputy.name, each.first_day, each.last_day) for each in head.deputies] == [
            (cast.peer.name, *days)
        ]
        for deputy, (first, last) in [
            (cast.peer.email, days),
            (head.email, days),
            ("nobody@example.org", days),
            (cast.outsider.email, days[::-1]),
            (cast.outsider.email, (None, days[1])),
        ]:
            with pytest.raises(Refusal):
                staffing.name_deputy(session, office, head, deputy, (first, last), head)


def test_a_place_is_asked_for_again_after_some_days(office: Office, cast: Cast) -> None:
    place = Vacancy(cast.peer, date(2017, 10, 2), AuditGroup("Linden"))
    place.id = 7
    calendar = office.rules.calendar
    assert not place.is_to_be_asked_for(date(2017, 10, 1), calendar, every=10)
    assert place.is_to_be_asked_for(date(2017, 10, 2), calendar, every=10)
    place.ask([cast.head_of_service], on=date(2017, 10, 2))
    assert [place.is_to_be_asked_for(date(2017, 10, day), calendar, every=10) for day in (13, 16)] == [False, True]
    ages = [date(2017, 9, 25), date(2017, 10, 2), date(2017, 10, 9), date(2017, 10, 31)]
    assert [place.age(day) for day in ages] == [
        "empty from 2 October 2017",
        "empty since this week",
        "empty for 1 week",
        "empty for 4 weeks",
    ]


def test_said_twice_is_known_and_nobody_is_told_again(office: Office, cast: Cast) -> None:
    for _ in range(2):
        with office.record.writing() as session:
            asha, by = whole(session, cast.auditor), here(session, cast.administrator)
            away = Away(date(2017, 10, 2), date(2017, 10, 31), AbsenceKind.HANDS_OVER)
            staffing.note_away(session, office, asha, away, asha)
            staffing.move_on(session, office, asha, date(2017, 10, 31), by)
    with office.record.reading() as session:
        assert len(waiting(session, "work_to_hand_on")) == 2  # once for the absence, once for the leaving
        assert len(find.vacancies.still_empty(session)) == 1


def test_who_stays_after_all_leaves_no_place(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        staffing.move_on(
            session, office, whole(session, cast.auditor), date(2017, 10, 31), here(session, cast.administrator)
        )
    with office.record.writing() as session:
        row = roster_rows(session)[0]
        staffing.bring_in(session, office, read([Row(2, row)]), here(session, cast.administrator))
        assert whole(session, cast.auditor).ends == date(2017, 10, 31)
        staffing.stay(session, office, whole(session, cast.auditor), here(session, cast.administrator))
    with office.record.reading() as session:
        assert (whole(session, cast.auditor).ends, find.vacancies.still_empty(session)) == (None, [])


def test_one_of_two_absences_is_taken_back_and_the_other_stands(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        me = here(session, cast.auditor)
        session.add_all(
            [Absence(me, date(2017, 10, 9), date(2017, 10, 13)), Absence(me, date(2017, 10, 9), date(2017, 10, 20))]
        )
    with office.record.writing() as session:
        me = whole(session, cast.auditor)
        staffing.come_back(session, office, me, me.absences[0].id or 0, me)
    with office.record.reading() as session:
        assert away_of(session, cast.auditor) == [(date(2017, 10, 9), date(2017, 10, 20), None)]
