"""The worker hands on what people leave behind, asks for empty places, and notices closed accounts."""

from datetime import date, time, timedelta

import pytest

from programme.absences import Away
from programme.accounts import Account
from programme.calendar import at_london
from programme.people import Person, RoleHeld
from programme.rota import Turn
from programme.words import AbsenceKind, AllocationState, NoticeState, Role
from scheduler.sweeps.introductions import AT_ONCE
from scheduler.sweeps.people import Accounts, LeftBehind
from storage import clock, find, staffing
from storage.office import Office
from tests.accounts import NOBODY, known, ours
from tests.cast import MONTH, Cast, here

MONDAY, LAST_DAY = date(2017, 10, 2), date(2017, 10, 3)


def goes_on_to(office: Office, day: date, hour: time = time(9, 30)) -> int:
    with office.record.writing() as session:
        clock.set_to(session, at_london(day, hour))
    return LeftBehind(office).sweep()


def told(office: Office, kind: str) -> list[str]:
    with office.record.reading() as session:
        waiting = find.notices.in_state(session, NoticeState.WAITING)
        return [each.person.name for each in waiting if each.kind == kind]


def holder(office: Office, cast: Cast) -> str:
    with office.record.reading() as session:
        audit = find.allocations.by_ref(session, cast.allocation.ref)
        return audit.holder.name if audit.holder else ""


@pytest.fixture
def spare(office: Office, cast: Cast) -> str:
    """Somebody of the auditor's group with a turn this month and nothing to do."""
    with office.record.writing() as session:
        asha = here(session, cast.auditor)
        who = Person("sol@example.org", "Sol Marchetti", [RoleHeld(Role.AUDITOR)], team=asha.team, group=asha.group)
        session.add_all([who, Turn(who, MONTH)])
    return who.name


def test_a_leavers_audit_is_handed_on_the_morning_after_once(office: Office, cast: Cast, spare: str) -> None:
    with office.record.writing() as session:
        asha = find.people.whole(session, cast.auditor.id or 0)
        staffing.move_on(session, office, asha, LAST_DAY, here(session, cast.administrator))
    assert (told(office, "work_to_hand_on"), goes_on_to(office, LAST_DAY)) == ([cast.administrator.name], 0)
    morning_after = LAST_DAY + timedelta(days=1)
    assert [goes_on_to(office, morning_after, hour) for hour in (time(6), time(9, 30), time(9, 31))] == [0, 2, 0]
    assert holder(office, cast) == spare
    assert told(office, "audit_handed_on") == [spare]
    assert told(office, "vacancy_asked") == [cast.head_of_service.name]


@pytest.mark.parametrize(
    ("kind", "moves"), [(AbsenceKind.HANDS_OVER, True), (AbsenceKind.FINISHES, False), (None, False)]
)
def test_only_who_hands_over_has_it_taken_from_them(
    office: Office, cast: Cast, spare: str, kind: AbsenceKind | None, *, moves: bool
) -> None:
    with office.record.writing() as session:
        asha = find.people.whole(session, cast.auditor.id or 0)
        staffing.note_away(session, office, asha, Away(LAST_DAY, date(2017, 11, 3), kind), asha)
    assert told(office, "work_to_hand_on") == ([cast.administrator.name] if moves else [])
    assert [goes_on_to(office, MONDAY), goes_on_to(office, LAST_DAY)] == [0, int(moves)]
    assert (holder(office, cast) == spare) is moves


def test_a_place_is_asked_for_every_ten_working_days_until_it_is_taken(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        who = find.people.whole(session, cast.peer.id or 0)
        staffing.move_on(session, office, who, date(2017, 9, 29), here(session, cast.head_of_service))
        find.allocations.by_ref(session, cast.peers_allocation.ref).state = AllocationState.WITHDRAWN
    days = [MONDAY, date(2017, 10, 3), date(2017, 10, 13), date(2017, 10, 16), date(2017, 10, 17)]
    assert [goes_on_to(office, day) for day in days] == [1, 0, 0, 1, 0]


def test_two_workers_ask_once(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        who = find.people.whole(session, cast.peer.id or 0)
        staffing.move_on(session, office, who, date(2017, 9, 29), here(session, cast.administrator))
        [ref] = [each.ref for each in find.vacancies.still_empty(session)]
    done = []
    for _ in range(2):
        with office.record.writing() as session:
            done.append(staffing.ask_for_place(session, office, ref))
    assert done == [True, False]


def gone_on(office: Office, cast: Cast) -> date | None:
    with office.record.reading() as session:
        return here(session, cast.auditor).slack_gone_on


def test_a_closed_account_is_noticed_once_and_its_return_too(office: Office, cast: Cast) -> None:
    with office.record.reading() as session:
        ids = {str(each.slack_user_id): each.slack_user_id for each in find.people.on_slack(session, on=MONDAY)}
    sweep = Accounts(office, known(ids))
    assert (sweep.sweep(), gone_on(office, cast)) == (0, None)
    account = ids.pop(str(cast.auditor.slack_user_id))
    assert [Accounts(office, known(ids)).sweep() for _ in range(2)] == [1, 0]
    assert (gone_on(office, cast), told(office, "slack_account_gone")) == (MONDAY, [cast.administrator.name])
    ids[str(account)] = account
    assert (Accounts(office, known(ids)).sweep(), gone_on(office, cast)) == (1, None)


@pytest.mark.usefixtures("cast")
def test_accounts_are_looked_at_some_at_a_time_round_and_round(office: Office) -> None:
    with office.record.writing() as session:
        session.add_all(
            Person(f"p{n}@example.org", f"P{n}", [RoleHeld(Role.AUDITOR)], slack_user_id=f"UP{n}") for n in range(30)
        )
        everybody = [str(each.slack_user_id) for each in find.people.on_slack(session, on=MONDAY)]
    asked: list[str] = []

    def look_up(account: str) -> Account:
        asked.append(account)
        return ours(account)

    sweep = Accounts(office, look_up)
    for _ in range(3):
        sweep.sweep()
    assert asked == [*everybody, *everybody][: 3 * AT_ONCE]


def test_where_slack_knows_nobody_nobody_has_left(office: Office, cast: Cast) -> None:
    assert (Accounts(office, lambda _account: NOBODY).sweep(), gone_on(office, cast)) == (0, None)


def test_while_slack_is_away_nobody_counts_as_gone(office: Office, cast: Cast) -> None:
    def unreachable(_account: str) -> Account:
        raise ConnectionError

    assert (Accounts(office, unreachable).sweep(), gone_on(office, cast)) == (0, None)
