"""Many press at the same moment: one swap is made, once, and everybody else reads who was first."""

from collections import Counter

import pytest

from programme.refusals import Refusal
from programme.submissions import Submission
from programme.words import SubmissionState, SwapState
from storage import find, journal, swapping
from storage.office import Office
from tests.bot.swapping import REF, asked, somebody_free
from tests.cast import MONTH, NOW, Cast, here, whole_answers
from tests.storage.crowd import at_once

WON, LOST = "won", "lost"


def accept_often(office: Office, cast: Cast, *, threads: int, times: int) -> Counter[str]:
    """The one who was asked presses Accept so many times at once; what came of each press."""
    peer = somebody_free(office, cast)
    ref = asked(office, cast, peer).ref

    def press(_: int) -> list[str]:
        return [accept() for _ in range(times)]

    def accept() -> str:
        try:
            with office.record.writing() as session:
                swapping.accept(session, office, ref, here(session, peer))
        except Refusal:
            return LOST
        return WON

    pressed = Counter(each for mine in at_once(threads, press) for each in mine)
    with office.record.reading() as session:
        swap, turns = find.swaps.by_ref(session, ref), find.turns.of_months(session, [MONTH, "2017-11"])
        told = Counter(notice.person.email for notice in find.notices.of_kind(session, "swap_accepted"))
    assert swap.state is SwapState.ACCEPTED
    assert sorted((turn.month, turn.person.email) for turn in turns) == [
        (MONTH, peer.email),
        ("2017-11", cast.auditor.email),
        ("2017-11", cast.peer.email),
    ]
    assert told == Counter([peer.email, cast.auditor.email, cast.administrator.email])
    return pressed


def test_of_many_presses_one_counts(office: Office, cast: Cast) -> None:
    assert accept_often(office, cast, threads=8, times=5) == {WON: 1, LOST: 39}


def test_accepting_and_taking_back_at_once_is_one_of_them(office: Office, cast: Cast) -> None:
    peer = somebody_free(office, cast)
    ref = asked(office, cast, peer).ref

    def press(number: int) -> str:
        try:
            with office.record.writing() as session:
                if number % 2:
                    swapping.accept(session, office, ref, here(session, peer))
                else:
                    swapping.withdraw(session, office, ref, here(session, cast.auditor))
        except Refusal:
            return LOST
        return "accepted" if number % 2 else "withdrawn"

    [won] = [each for each in at_once(8, press) if each != LOST]
    with office.record.reading() as session:
        swap, audit = find.swaps.by_ref(session, ref), find.allocations.by_ref(session, REF)
        assert audit.holder is not None
        assert (swap.state.value, audit.holder.email == peer.email) == (won, won == "accepted")


@pytest.mark.soak
def test_of_a_thousand_presses_one_counts(office: Office, cast: Cast) -> None:
    assert accept_often(office, cast, threads=16, times=63) == {WON: 1, LOST: 16 * 63 - 1}


def test_a_return_and_an_accept_at_once_are_one_of_them(office: Office, cast: Cast) -> None:
    """Whoever holds the audit when the other waits for it: a form that is dead takes nothing in."""
    peer = somebody_free(office, cast)
    ref = asked(office, cast, peer).ref
    token = cast.allocation.token or ""

    def send() -> str:
        with office.record.writing() as session:
            audit, me = find.allocations.by_token(session, token, to_change=True), here(session, cast.auditor)
            arrived = Submission("SUB-1", "form", "r1", "d", "{}", NOW, SubmissionState.KEPT)
            circle = find.people.circle_of(session, audit.case, on=NOW.date())
            made, _, facts = audit.record_return(
                whole_answers(cast.tool), arrived, by=me, at=NOW, circle=circle, rules=office.rules
            )
            session.add_all([arrived, *([made] if made else [])])
            journal.write(session, facts, by=me, at=NOW)
        return "returned"

    def accept() -> str:
        with office.record.writing() as session:
            swapping.accept(session, office, ref, here(session, peer))
        return "accepted"

    def press(number: int) -> str:
        try:
            return accept() if number % 2 else send()
        except Refusal:
            return LOST

    [won] = [each for each in at_once(8, press) if each != LOST]
    with office.record.reading() as session:
        audit = find.allocations.by_ref(session, REF)
        assert audit.holder is not None
        assert (won == "returned", audit.holder.email == cast.auditor.email, audit.is_open) in (
            (True, True, False),
            (False, False, True),
        )
