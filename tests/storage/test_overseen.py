"""What whoever oversees actions finds: the same that the rule lets them see, filtered, counted and in order."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from sqlalchemy import select

from programme.actions import Action, by_urgency
from programme.calendar import london
from programme.overseeing import BANDS, Band, Shown, Wanted, working_days_since
from programme.people import Person
from programme.ties import Deputy
from programme.words import ActionState, Priority
from storage import find
from storage.find.actions import WHOLE
from storage.office import Office
from storage.session import Session
from tests.cast import Cast, here
from tests.overseen import NOW, TODAY, many

ALL = Wanted(shown=Shown.ALL)


def stood(action: Action) -> bool:
    return action.state is not ActionState.WITHDRAWN or action.sent_at is not None


def every(session: Session) -> Sequence[Action]:
    return [each for each in session.scalars(select(Action).options(*WHOLE)) if stood(each)]


def found(session: Session, office: Office, who: Person | None, wanted: Wanted) -> list[str]:
    calendar = office.rules.calendar
    return [each.ref for each in find.actions.seen_by(session, who, wanted, at=NOW, calendar=calendar)]


def test_each_finds_what_the_rule_lets_them_see_and_nothing_else(office: Office, cast: Cast) -> None:
    seen: Counter[str] = Counter()
    for who in many(office, cast):
        with office.record.reading() as session:
            me = here(session, who)
            may = sorted(each.ref for each in every(session) if me.can_see_action(each, TODAY))
            assert sorted(found(session, office, me, ALL)) == may, who.name
            seen[who.name] = len(may)
    whole = seen[cast.administrator.name]
    assert [name for name, n in seen.items() if n == whole] == ["Bronwen Achterberg", "Leocadia Marsh"]
    assert [name for name, n in seen.items() if not n] == ["Asha Thornbury", "Yusuf Pemberley"]
    assert all(
        0 < n < whole for name, n in seen.items() if name in {"Tomasz Ferreday", "Idris Wolowicz", "Noor Valtonen"}
    )


def test_who_was_named_to_stand_in_finds_theirs_that_day_but_nobody_in_the_team_what_is_kept_from_it(
    office: Office, cast: Cast
) -> None:
    *_, deputy = many(office, cast)
    with office.record.writing() as session:
        head, stand_ins = (
            here(session, cast.childs_head_of_service),
            [here(session, cast.auditor), here(session, deputy)],
        )
        session.add_all([Deputy(head, each, TODAY, TODAY) for each in stand_ins])
    with office.record.reading() as session:
        head = here(session, cast.childs_head_of_service)
        for who in (cast.auditor, deputy):
            me = here(session, who)
            may = sorted(each.ref for each in every(session) if me.can_see_action(each, TODAY))
            assert sorted(found(session, office, me, ALL)) == may
            assert any(each.owner is head for each in every(session) if each.ref in may) is (who is cast.auditor)


def test_the_host_itself_finds_all(office: Office, cast: Cast) -> None:
    many(office, cast)
    with office.record.reading() as session:
        assert sorted(found(session, office, None, ALL)) == sorted(each.ref for each in every(session))


def is_in(band: Band, days: int) -> bool:
    return band.first <= days and (band.last is None or days <= band.last)


def open_for(office: Office, band: Band) -> Callable[[Action], bool]:
    calendar = office.rules.calendar
    return lambda action: (
        action.is_open
        and action.sent_at is not None
        and is_in(band, working_days_since(london(action.sent_at).date(), TODAY, calendar))
    )


def late_for(office: Office, band: Band) -> Callable[[Action], bool]:
    calendar = office.rules.calendar
    return lambda action: action.is_overdue(at=NOW) and is_in(band, working_days_since(action.due_on, TODAY, calendar))


STATES: dict[Shown, Callable[[Action], bool]] = {
    Shown.OPEN: lambda action: action.is_open,
    Shown.OVERDUE: lambda action: action.is_overdue(at=NOW),
    Shown.WAITING: lambda action: action.state is ActionState.WAITING,
    Shown.CONFIRMED: lambda action: action.state is ActionState.CONFIRMED,
    Shown.CHECKED: lambda action: action.state is ActionState.CHECKED,
    Shown.WITHDRAWN: lambda action: action.state is ActionState.WITHDRAWN,
    Shown.ALL: lambda _action: True,
}

FILTERS: dict[Wanted, Callable[[Action], bool]] = {
    replace(ALL, team="Meadow"): lambda action: action.allocation.case.team is not None,
    replace(ALL, team="Harbour"): lambda _action: False,
    replace(ALL, service="Care and Permanence"): lambda _action: True,
    replace(ALL, service="Help and Protection"): lambda _action: False,
    replace(ALL, owner="kofi@example.org"): lambda action: action.owner.email == "kofi@example.org",
    replace(ALL, priority=Priority.URGENT): lambda action: action.priority is Priority.URGENT,
}


def test_every_filter_lets_through_what_it_says(office: Office, cast: Cast) -> None:
    many(office, cast)
    wanted = FILTERS | {Wanted(shown=shown): fits for shown, fits in STATES.items()}
    for band in BANDS:
        wanted[Wanted(open_for=band)] = open_for(office, band)
        wanted[replace(ALL, late_for=band)] = late_for(office, band)
    with office.record.reading() as session:
        me, known = here(session, cast.administrator), every(session)
        for asked, fits in wanted.items():
            assert sorted(found(session, office, me, asked)) == sorted(each.ref for each in known if fits(each)), asked


@pytest.mark.parametrize("who", ["administrator", "childs_head_of_service", "team_manager", "auditor"])
def test_the_counts_are_those_of_the_lists(office: Office, cast: Cast, who: str) -> None:
    many(office, cast)
    with office.record.reading() as session:
        me, calendar = here(session, getattr(cast, who)), office.rules.calendar
        counts = find.overseen.counts(session, me, Wanted(), at=NOW, calendar=calendar)
        assert counts.by_state == {shown: len(found(session, office, me, Wanted(shown=shown))) for shown in Shown}
        assert list(counts.open_for) == [len(found(session, office, me, Wanted(open_for=band))) for band in BANDS]
        late = [Wanted(shown=Shown.OVERDUE, late_for=band) for band in BANDS]
        assert list(counts.late_for) == [len(found(session, office, me, each)) for each in late]
        assert sum(counts.open_for) == counts.by_state[Shown.OPEN]
        assert sum(counts.late_for) == counts.by_state[Shown.OVERDUE]


def test_what_is_open_is_in_the_order_of_the_programme(office: Office, cast: Cast) -> None:
    many(office, cast)
    with office.record.reading() as session:
        still_open = [each for each in every(session) if each.is_open]
        in_order = [each.ref for each in by_urgency(still_open, at=NOW)]
        assert found(session, office, here(session, cast.administrator), Wanted()) == in_order


def test_a_page_holds_fifty_and_none_is_lost_between_pages(office: Office, cast: Cast) -> None:
    many(office, cast)
    with office.record.reading() as session:
        me, calendar = here(session, cast.administrator), office.rules.calendar
        whole = found(session, office, me, ALL)
        pages = [
            [each.ref for each in find.actions.seen_by(session, me, ALL, at=NOW, calendar=calendar, page=number)]
            for number in range(1, 8)
        ]
        assert [ref for page in pages for ref in page] == whole
        assert {len(page) for page in pages[: len(whole) // 50]} == {50}
