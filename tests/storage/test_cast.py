"""The cast that other tests lean on is on record as its page says."""

from programme.words import AllocationState, NoticeState, RoundState
from storage import find
from storage.office import Office
from tests.cast import GIVEN_OUT_AT, NOW, Cast, here


def test_the_month_is_given_out(office: Office, cast: Cast) -> None:
    with office.record.reading() as session:
        month = find.rounds.of_month(session, "2017-10")
        given = find.allocations.of_round(session, month)
        assert month.state is RoundState.DISTRIBUTED
        assert [(a.ref, a.holder, a.state, a.given_out_at) for a in given] == [
            ("AUD-2017-10-01", here(session, cast.auditor), AllocationState.OUT, GIVEN_OUT_AT),
            ("AUD-2017-10-02", here(session, cast.peer), AllocationState.OUT, GIVEN_OUT_AT),
        ]


def test_both_holders_have_a_message_waiting(office: Office, cast: Cast) -> None:
    with office.record.reading() as session:
        waiting = find.notices.in_state(session, NoticeState.WAITING)
        assert [(n.kind, n.about, n.person.email) for n in waiting] == [
            ("case_given_out", "AUD-2017-10-01", cast.auditor.email),
            ("case_given_out", "AUD-2017-10-02", cast.peer.email),
        ]


def test_the_clock_stands_where_it_was_set(office: Office) -> None:
    with office.record.reading() as session:
        assert office.now(session) == NOW
