"""Many press at the same moment: one swap is made, once, and everybody else reads who was first.

Nobody is sent away because two waited for each other: that would come as a `Conflict`, which has no place here.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from programme.absences import Away
from programme.people import Person
from programme.policy import Policy, SwapRules
from programme.refusals import Refusal
from programme.rulebook import Rulebook
from programme.submissions import Submission
from programme.words import SubmissionState, SwapKind
from storage import clock, find, handing_on, journal, staffing, swapping
from storage.office import Office
from storage.session import Conflict, Session
from tests.bot.swapping import REF, asked, now, somebody_free
from tests.cast import MONTH, NOW, Cast, here, whole_answers
from tests.storage.crowd import at_once

OTHER, LATER = "AUD-2017-10-02", "2017-11"
DONE = ""
WON_BEFORE = "You have accepted this already. The audit is yours."

Act = Callable[[Session], object]


def press(office: Office, act: Act) -> str:
    """What came of it: done, or the sentence of a refusal."""
    try:
        with office.record.writing() as session:
            act(session)
    except Conflict:
        raise
    except Refusal as refusal:
        return str(refusal)
    return DONE


def race(office: Office, *acts: Act) -> list[str]:
    """What came of each act, all of them begun at once."""
    return at_once(len(acts), lambda number: press(office, acts[number]))


def accepting(office: Office, ref: str, by: Person) -> Act:
    return lambda session: swapping.accept(session, office, ref, here(session, by))


def undoing(office: Office, ref: str, by: Person) -> Act:
    return lambda session: swapping.undo(session, office, ref, here(session, by))


def returning(office: Office, cast: Cast, ref: str, by: Person) -> Act:
    """Through the form that `by` has now."""
    with office.record.reading() as session:
        token = find.allocations.by_ref(session, ref).token or ""

    def send(session: Session) -> None:
        audit, me = find.allocations.by_token(session, token, to_change=True), here(session, by)
        arrived = Submission("SUB-1", "form", "r1", "d", "{}", NOW, SubmissionState.KEPT)
        circle = find.people.circle_of(session, audit.case, on=NOW.date())
        made, _, facts = audit.record_return(
            whole_answers(cast.tool), arrived, by=me, at=NOW, circle=circle, rules=office.rules
        )
        session.add_all([arrived, *([made] if made else [])])
        journal.write(session, facts, by=me, at=NOW)

    return send


def stands(office: Office, swap: str, audit: str = REF) -> tuple[str, str]:
    """How a swap stands, and who has the audit."""
    with office.record.reading() as session:
        holder = find.allocations.by_ref(session, audit).holder
        return find.swaps.by_ref(session, swap).state.value, holder.name if holder else ""


def turns(office: Office) -> set[tuple[str, str]]:
    with office.record.reading() as session:
        return {(turn.month, turn.person.name) for turn in find.turns.of_months(session, [MONTH, LATER])}


def accept_often(office: Office, cast: Cast, *, swaps: int, threads: int, times: int) -> Counter[str]:
    """So many swaps, one after the other, each accepted by the three who were asked, so many times at once."""
    peers = [somebody_free(office, cast, name) for name in ("Ada Quill", "Bo Quill", "Cy Quill")]
    before, came_of = turns(office), Counter[str]()
    for _ in range(swaps):
        ref = asked(office, cast, *peers).ref
        said = at_once(threads, partial(_accept, office, ref, peers, times))
        state, winner = stands(office, ref)
        assert state == "accepted"
        [won, *_others] = [peer for peer in peers if peer.name == winner]
        assert turns(office) == before - {(MONTH, cast.auditor.name), (LATER, winner)} | {
            (MONTH, winner),
            (LATER, cast.auditor.name),
        }
        assert told(office, ref) == Counter([winner, cast.auditor.name, cast.administrator.name])
        words = {DONE: "won", now(office, ref).how_it_stands: "lost", WON_BEFORE: "lost"}
        came_of.update(words.get(each, each) for mine in said for each in mine)
        assert press(office, undoing(office, ref, won)) == DONE
        assert turns(office) == before
    return came_of


def _accept(office: Office, ref: str, peers: Sequence[Person], times: int, number: int) -> list[str]:
    by = peers[number % len(peers)]
    return [press(office, accepting(office, ref, by)) for _ in range(times)]


def told(office: Office, ref: str) -> Counter[str]:
    with office.record.reading() as session:
        of_kind = find.notices.of_kind(session, "swap_accepted")
        return Counter(notice.person.name for notice in of_kind if notice.about == ref)


def accept_and_decline(office: Office, cast: Cast) -> None:
    peer = somebody_free(office, cast)
    ref = asked(office, cast, peer).ref
    race(office, accepting(office, ref, peer), lambda s: swapping.decline(s, office, ref, here(s, peer)))
    assert stands(office, ref) in {("accepted", peer.name), ("declined", cast.auditor.name)}


def accept_and_withdraw(office: Office, cast: Cast) -> None:
    peer = somebody_free(office, cast)
    ref = asked(office, cast, peer).ref
    race(office, accepting(office, ref, peer), lambda s: swapping.withdraw(s, office, ref, here(s, cast.auditor)))
    assert stands(office, ref) in {("accepted", peer.name), ("withdrawn", cast.auditor.name)}


def accept_and_expire(office: Office, cast: Cast) -> None:
    peer = somebody_free(office, cast)
    ref = asked(office, cast, peer).ref

    def expire(session: Session) -> None:
        clock.set_to(session, NOW + timedelta(days=5))
        swapping.expire(session, office, ref)

    race(office, accepting(office, ref, peer), expire)
    assert stands(office, ref) in {("accepted", peer.name), ("expired", cast.auditor.name)}


def accept_and_return(office: Office, cast: Cast) -> None:
    """Whoever holds the audit when the other waits for it: a form that is dead takes nothing in."""
    peer = somebody_free(office, cast)
    ref = asked(office, cast, peer).ref
    came_of = race(office, accepting(office, ref, peer), returning(office, cast, REF, cast.auditor))
    with office.record.reading() as session:
        is_open = find.allocations.by_ref(session, REF).is_open
    assert (came_of.count(DONE), *stands(office, ref), is_open) in {
        (1, "accepted", peer.name, True),
        (1, "open", cast.auditor.name, False),
    }


def undo_and_return(office: Office, cast: Cast) -> None:
    peer = somebody_free(office, cast)
    ref = asked(office, cast, peer).ref
    assert press(office, accepting(office, ref, peer)) == DONE
    came_of = race(office, undoing(office, ref, peer), returning(office, cast, REF, peer))
    with office.record.reading() as session:
        is_open = find.allocations.by_ref(session, REF).is_open
    assert (came_of.count(DONE), *stands(office, ref), is_open) in {
        (1, "undone", cast.auditor.name, True),
        (1, "accepted", peer.name, False),
    }


def undo_and_plan(office: Office, cast: Cast) -> None:
    """Turns are made anew because somebody will be away, while two of them go back."""
    peer = somebody_free(office, cast)
    ref, day = asked(office, cast, peer).ref, NOW.date()
    before = turns(office)
    assert press(office, accepting(office, ref, peer)) == DONE

    def note_away(session: Session) -> None:
        person = find.people.whole(session, cast.peer.id or 0, to_change=True)
        staffing.note_away(session, office, person, Away(day, day), here(session, cast.administrator))

    came_of = race(office, undoing(office, ref, peer), note_away)
    assert (came_of, stands(office, ref)) == ([DONE, DONE], ("undone", cast.auditor.name))
    assert turns(office) >= before


def exchanges_cross(office: Office, cast: Cast) -> None:
    """Each of the two asks the other for the other's audit; both agree."""
    with office.record.writing() as session:
        emails = [cast.auditor.email], [cast.peer.email]
        one = swapping.ask(session, office, REF, emails[1], here(session, cast.auditor), SwapKind.EXCHANGE).ref
        other = swapping.ask(session, office, OTHER, emails[0], here(session, cast.peer), SwapKind.EXCHANGE).ref
    came_of = race(office, accepting(office, one, cast.peer), accepting(office, other, cast.auditor))
    assert sorted(came_of) == [DONE, "This request has ended. There is nothing more to do."]
    assert {stands(office, one, REF)[1], stands(office, one, OTHER)[1]} == {cast.auditor.name, cast.peer.name}
    assert stands(office, one, REF)[1] == cast.peer.name


def approve_and_withdraw(office: Office, cast: Cast) -> None:
    office = replace(office, rules=Rulebook.of(Policy(swaps=SwapRules(approval=True))))
    peer = somebody_free(office, cast)
    ref = asked(office, cast, peer).ref
    assert press(office, accepting(office, ref, peer)) == DONE
    race(
        office,
        lambda s: swapping.approve(s, office, ref, here(s, cast.administrator)),
        lambda s: swapping.withdraw(s, office, ref, here(s, cast.auditor)),
    )
    assert stands(office, ref) in {("accepted", peer.name), ("withdrawn", cast.auditor.name)}


def accept_and_move_on(office: Office, cast: Cast) -> None:
    """Who accepts has moved on, as somebody says at the same moment, and what is theirs is handed on after it."""
    peer = somebody_free(office, cast)
    ref = asked(office, cast, peer).ref

    def move_on(session: Session) -> None:
        person = find.people.whole(session, peer.id or 0, to_change=True)
        staffing.move_on(session, office, person, date(2017, 10, 1), here(session, cast.administrator))

    def hand_on(session: Session) -> None:
        person = find.people.whole(session, peer.id or 0, to_change=True)
        handing_on.hand_on(session, office, person, here(session, cast.administrator))

    acts: Sequence[Sequence[Act]] = [[accepting(office, ref, peer)], [move_on, hand_on]]
    [_accepted, moved_on] = at_once(2, lambda number: [press(office, act) for act in acts[number]])
    state, holder = stands(office, ref)
    assert moved_on == [DONE, DONE]
    assert (state, holder) in {
        ("declined", cast.auditor.name),
        ("accepted", cast.auditor.name),
        ("accepted", peer.name),
    }


RACES = [
    accept_and_decline,
    accept_and_withdraw,
    accept_and_expire,
    accept_and_return,
    undo_and_return,
    undo_and_plan,
    exchanges_cross,
    approve_and_withdraw,
    accept_and_move_on,
]

Race = Callable[[Office, Cast], None]


def test_of_many_presses_one_counts(office: Office, cast: Cast) -> None:
    assert accept_often(office, cast, swaps=2, threads=6, times=4) == {"won": 2, "lost": 46}


@pytest.mark.parametrize("run", RACES)
def test_of_two_at_once_one_is_first(office: Office, cast: Cast, run: Race) -> None:
    run(office, cast)


@pytest.mark.soak
class TestOften:
    def test_of_a_thousand_presses_one_counts(self, office: Office, cast: Cast) -> None:
        assert accept_often(office, cast, swaps=10, threads=8, times=125) == {"won": 10, "lost": 9990}

    @pytest.mark.parametrize("run", RACES)
    @pytest.mark.parametrize("_time", range(25))
    def test_of_two_at_once_one_is_first(self, office: Office, cast: Cast, run: Race, _time: int) -> None:
        run(office, cast)
