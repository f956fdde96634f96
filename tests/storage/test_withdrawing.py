"""A month that was given out by mistake: everything out is taken back, and each who had heard of it is told once."""

from datetime import timedelta

import pytest

from programme.facts import ChildUnsafe
from programme.notices import Notice
from programme.refusals import Refusal
from programme.words import GIVEN_OUT_BY_MISTAKE, AllocationState, NoticeState, RoundState, SwapState, Way
from scheduler.sweeps.reminders import Reminders
from storage import find, journal, month, outbox
from storage.chasing import AUDITS
from storage.office import Office
from tests.bot.swapping import asked, somebody_free
from tests.cast import MONTH, NOW, Cast, here
from tests.storage.test_outbox import delivered, moved_to

FIRST, SECOND = "AUD-2017-10-01", "AUD-2017-10-02"
WHY = "The list was last month's."
SORRY = "Sorry: an audit came to you by mistake"


def withdraw(office: Office, cast: Cast, why: str = WHY) -> list[str]:
    with office.record.writing() as session:
        return [each.ref for each in month.withdraw(session, office, MONTH, here(session, cast.administrator), why)]


def waiting(office: Office) -> list[Notice]:
    with office.record.reading() as session:
        return list(find.notices.in_state(session, NoticeState.WAITING))


def test_every_audit_still_out_ends_and_the_account_balances(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        second = find.allocations.by_ref(session, SECOND)
        second.state, second.returned_at = AllocationState.RETURNED_IN_TIME, NOW
    assert withdraw(office, cast) == [FIRST]
    with office.record.reading() as session:
        of = find.rounds.of_month(session, MONTH)
        account, first = find.rounds.account_of(session, of), find.allocations.by_ref(session, FIRST)
        assert (account.given_out, account.withdrawn, account.returned_in_time, account.awaiting) == (2, 1, 1, 0)
        assert account.balances
        assert (first.state, first.reason, first.reason_words) == (
            AllocationState.WITHDRAWN,
            GIVEN_OUT_BY_MISTAKE,
            WHY,
        )
        with pytest.raises(Refusal, match="not open any more"):
            first.must_take_returns_from(here(session, cast.auditor))


def test_each_who_had_heard_of_it_gets_one_apology(office: Office, cast: Cast) -> None:
    """Kofi takes Asha's as well: he has two by now, and one apology."""
    with office.record.writing() as session:
        audit = find.allocations.by_ref(session, FIRST)
        facts = audit.hand_on_to(here(session, cast.peer), at=NOW)
        journal.write(session, facts, by=None, at=NOW)
    assert len(delivered(office)) == 2
    withdraw(office, cast)
    assert delivered(office) == [("kofi@example.org", SORRY)]


def test_who_had_not_heard_is_told_nothing_at_all(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        held, _ = find.notices.in_state(session, NoticeState.WAITING)
        outbox.hold(session, office, held.id or 0, here(session, cast.administrator), "Wait.")
    withdraw(office, cast)
    assert (delivered(office), waiting(office)) == ([], [])


def test_no_reminder_follows_and_what_waits_of_it_is_not_sent(office: Office, cast: Cast) -> None:
    delivered(office)
    moved_to(office, 6)
    Reminders(office, AUDITS).sweep()
    withdraw(office, cast)
    assert sorted(delivered(office)) == [("asha@example.org", SORRY), ("kofi@example.org", SORRY)]
    for day in (12, 16, 17, 19):
        moved_to(office, day)
        Reminders(office, AUDITS).sweep()
        assert delivered(office) == []


def test_an_alert_about_it_goes_out_all_the_same(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        facts = [ChildUnsafe(about=FIRST, tell=(here(session, cast.team_manager),))]
        journal.write(session, facts, by=None, at=NOW + timedelta(minutes=1))
    withdraw(office, cast)
    assert {(each.kind, each.way) for each in waiting(office)} == {
        ("child_unsafe", Way.CHAT),
        ("child_unsafe", Way.EMAIL),
    }


def test_a_request_to_swap_ends_and_who_was_asked_reads_so(office: Office, cast: Cast) -> None:
    free = somebody_free(office, cast)
    swap = asked(office, cast, free)
    delivered(office)
    withdraw(office, cast)
    with office.record.reading() as session:
        assert find.swaps.by_ref(session, swap.ref).state is SwapState.WITHDRAWN
        undrawn = [each.about for each in find.notices.in_state(session, NoticeState.SENT) if each.undrawn]
        assert {FIRST, SECOND, swap.ref} <= set(undrawn)
    assert free.email not in [to for to, _ in delivered(office)]


def test_nothing_is_withdrawn_twice_without_a_reason_or_later(office: Office, cast: Cast) -> None:
    with pytest.raises(Refusal, match="Say why"):
        withdraw(office, cast, "  ")
    assert len(waiting(office)) == 2
    assert withdraw(office, cast) == [FIRST, SECOND]
    with pytest.raises(Refusal, match="Nothing of October 2017 is out"):
        withdraw(office, cast)
    with office.record.writing() as session:
        find.rounds.of_month(session, MONTH).state = RoundState.MODERATING
        find.allocations.by_ref(session, FIRST).state = AllocationState.OUT
    with pytest.raises(Refusal, match="Nothing of October 2017 is out"):
        withdraw(office, cast)
