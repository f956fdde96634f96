"""The steps of a month, as chat, pages and commands take them; two at once are in test_races."""

import pytest
from sqlalchemy import select

from programme.matching import Matching
from programme.refusals import NotFound, Refusal
from programme.words import AllocationState, NoticeState, RoundState
from storage import allocating, find, month, tables
from storage.office import Office
from tests.cast import MONTH, NOW, Cast, here
from tests.storage.test_races import more_to_allocate


def lines(matching: Matching) -> list[tuple[str, str]]:
    return [(line.case.ref, line.person.name) for line in matching.placed]


def looked_at(office: Office) -> Matching:
    with office.record.reading() as session:
        return allocating.preview(session, office, MONTH)


def allocate(office: Office, cast: Cast, *, seen: str = "") -> list[str]:
    with office.record.writing() as session:
        made = allocating.allocate(session, office, MONTH, here(session, cast.administrator), seen=seen).made
        return [f"{each.ref} {each.case.ref} {each.holder.name if each.holder else ''} {each.state}" for each in made]


def give_out(office: Office, cast: Cast, *, most: int | None = None) -> list[str]:
    with office.record.writing() as session:
        return [
            each.ref for each in month.give_out(session, office, MONTH, here(session, cast.administrator), most=most)
        ]


def test_looking_changes_nothing(office: Office, cast: Cast) -> None:
    more_to_allocate(office.record, cast)
    assert lines(looked_at(office)) == lines(looked_at(office))
    with office.record.reading() as session:
        assert len(find.allocations.of_round(session, find.rounds.of_month(session, MONTH))) == 2


def test_what_was_looked_at_is_what_is_allocated(office: Office, cast: Cast) -> None:
    more_to_allocate(office.record, cast)
    preview = looked_at(office)
    assert allocate(office, cast, seen=preview.mark) == [
        f"AUD-2017-10-0{number} {case} {name} planned" for number, (case, name) in enumerate(lines(preview), start=3)
    ]


def test_nobody_is_told_before_it_is_given_out(office: Office, cast: Cast) -> None:
    more_to_allocate(office.record, cast)
    allocate(office, cast)
    with office.record.reading() as session:
        assert len(find.notices.in_state(session, NoticeState.WAITING)) == 2
    assert give_out(office, cast) == ["AUD-2017-10-03", "AUD-2017-10-04"]
    with office.record.reading() as session:
        told = find.notices.in_state(session, NoticeState.WAITING)[2:]
        out = find.allocations.in_state(session, find.rounds.of_month(session, MONTH), AllocationState.OUT)
        assert [(each.about, each.due_at) for each in told] == [("AUD-2017-10-03", NOW), ("AUD-2017-10-04", NOW)]
        assert [each.given_out_at for each in out[2:]] == [NOW, NOW]


def test_giving_out_goes_on_where_it_stopped(office: Office, cast: Cast) -> None:
    more_to_allocate(office.record, cast)
    allocate(office, cast)
    assert [give_out(office, cast, most=1), give_out(office, cast, most=5)] == [["AUD-2017-10-03"], ["AUD-2017-10-04"]]


def test_both_steps_are_in_the_history_with_who_took_them(office: Office, cast: Cast) -> None:
    more_to_allocate(office.record, cast)
    allocate(office, cast)
    give_out(office, cast)
    with office.record.reading() as session:
        history, me = tables.history.c, here(session, cast.administrator)
        entries = session.execute(select(tables.history).where(history.at == NOW).order_by(history.id)).all()
    assert [(entry.kind, entry.about, entry.by_id) for entry in entries] == [
        ("round_allocated", MONTH, me.id),
        ("case_given_out", "AUD-2017-10-03", me.id),
        ("case_given_out", "AUD-2017-10-04", me.id),
    ]


def test_nothing_is_left_to_do(office: Office, cast: Cast) -> None:
    with pytest.raises(Refusal, match="There is nothing to allocate for October 2017"):
        allocate(office, cast)
    with pytest.raises(Refusal, match="Everything that is allocated is given out already"):
        give_out(office, cast)


def test_a_refused_step_changes_nothing(office: Office, cast: Cast) -> None:
    more_to_allocate(office.record, cast)
    with pytest.raises(Refusal, match="Something has changed since you looked"):
        allocate(office, cast, seen="another")
    assert len(lines(looked_at(office))) == 2


@pytest.mark.parametrize("state", [RoundState.MODERATING, RoundState.CLOSED])
def test_a_month_that_is_past_giving_out(office: Office, cast: Cast, state: RoundState) -> None:
    more_to_allocate(office.record, cast)
    with office.record.writing() as session:
        find.rounds.of_month(session, MONTH).state = state
    for step in (lambda: looked_at(office), lambda: allocate(office, cast), lambda: give_out(office, cast)):
        with pytest.raises(Refusal, match=f"is {state}; nothing more is drawn or given out in it"):
            step()


def test_a_month_that_is_none(office: Office) -> None:
    with office.record.reading() as session, pytest.raises(NotFound, match="There is no round for 2031-01"):
        allocating.preview(session, office, "2031-01")
