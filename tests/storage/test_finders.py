"""Each finder finds what its name says, and nothing beside it."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from programme.allocations import Allocation
from programme.cases import Case, FrameEntry
from programme.notices import Notice
from programme.people import Person, RoleHeld, Team
from programme.refusals import NotFound
from programme.rounds import Round
from programme.words import AccountStanding, AllocationState, NoticeState, Role, RoundState
from storage import clock, find
from storage.session import Record
from tests.cast import MONTH, NOW, Cast, here
from tests.databases import Kind

TODAY = NOW.date()
HOUR = timedelta(hours=1)


def emails(people: Sequence[Person | None]) -> list[str]:
    return [person.email for person in people if person]


def childs_record(session: Session, cast: Cast) -> Case:
    return find.allocations.by_ref(session, cast.allocation.ref).case


def test_the_circle_is_the_team_its_head_and_those_who_watch_over_all(record: Record, cast: Cast) -> None:
    with record.writing() as session:
        deputy = Person("amara@example.org", "Amara Blythe", [RoleHeld(Role.DEPUTY_TEAM_MANAGER)])
        deputy.team = here(session, cast.team_manager).team
        session.add(deputy)
    with record.reading() as session:
        circle = find.people.circle_of(session, childs_record(session, cast), on=TODAY)
        assert emails([circle.team_manager, circle.head_of_service]) == ["tomasz@example.org", "idris@example.org"]
        assert emails(circle.deputies) == ["amara@example.org"]
        assert emails(circle.heads_of_quality) == ["leocadia@example.org"]
        assert emails(circle.administrators) == ["bronwen@example.org"]
        assert circle.directors == ()


def test_nobody_who_has_moved_on_is_in_the_circle(record: Record, cast: Cast) -> None:
    leavers = (cast.team_manager, cast.childs_head_of_service, cast.head_of_quality)
    with record.writing() as session:
        for person in leavers:
            here(session, person).ends = TODAY
    with record.reading() as session:
        last_day = find.people.circle_of(session, childs_record(session, cast), on=TODAY)
        assert emails([last_day.team_manager, last_day.head_of_service]) == ["tomasz@example.org", "idris@example.org"]
        after = find.people.circle_of(session, childs_record(session, cast), on=TODAY + timedelta(days=1))
        assert (after.team_manager, after.head_of_service, after.heads_of_quality) == (None, None, ())


def test_a_past_records_circle_is_those_who_watch_over_all(record: Record, cast: Cast) -> None:
    with record.reading() as session:
        circle = find.people.circle_of(session, Case("OLD-1", None, "", ""), on=TODAY)
        assert (circle.team_manager, circle.deputies, circle.head_of_service) == (None, (), None)
        assert emails(circle.heads_of_quality) == [cast.head_of_quality.email]


def test_a_role_is_found_among_those_in_post(record: Record, cast: Cast) -> None:
    with record.writing() as session:
        here(session, cast.administrator).starts = TODAY
    with record.reading() as session:
        wanted = (Role.ADMINISTRATOR, Role.HEAD_OF_QUALITY)
        before = find.people.with_role(session, *wanted, on=TODAY - timedelta(days=1))
        assert emails(before) == ["leocadia@example.org"]
        assert emails(find.people.with_role(session, *wanted, on=TODAY)) == [
            "bronwen@example.org",
            "leocadia@example.org",
        ]


def test_a_person_is_found_however_the_address_is_written(record: Record, cast: Cast) -> None:
    with record.reading() as session:
        assert find.people.by_email(session, " Asha@Example.ORG ") is here(session, cast.auditor)
        assert find.people.by_slack(session, "UASHA") is here(session, cast.auditor)
        assert find.people.by_slack(session, "uasha") is None


def add_to_sample(session: Session, ref: str, place: int | None, team: Team | None) -> Case:
    case = Case(ref, team, "Child in Need", "0 to 4")
    session.add(FrameEntry(MONTH, case, drawn_as=place))
    return case


def test_those_drawn_and_with_nobody_wait_in_the_order_of_the_draw(record: Record, cast: Cast) -> None:
    with record.writing() as session:
        team = here(session, cast.team_manager).team
        for ref, place in (("MDW-0009", 5), ("MDW-0001", 4), ("MDW-0100", None)):
            add_to_sample(session, ref, place, team)
        session.add(FrameEntry("2017-11", Case("MDW-0011", team, "Child in Need", "0 to 4"), drawn_as=1))
    with record.reading() as session:
        assert [case.ref for case in find.cases.waiting_for_an_auditor(session, MONTH)] == ["MDW-0001", "MDW-0009"]


def test_a_record_that_was_handed_back_waits_again(record: Record, cast: Cast) -> None:
    with record.writing() as session:
        auditor = here(session, cast.auditor)
        audit = find.allocations.by_ref(session, cast.allocation.ref, to_change=True)
        audit.hand_back(by=auditor, circle=find.people.circle_of(session, audit.case, on=TODAY))
    with record.reading() as session:
        waiting = find.cases.waiting_for_an_auditor(session, MONTH)
        assert [case.ref for case in waiting] == [cast.allocation.case.ref]
        held = find.allocations.load_by_holder(session, find.rounds.of_month(session, MONTH))
        assert held == {here(session, cast.peer): 1}


def test_a_number_is_never_used_twice_though_one_was_handed_back(record: Record, cast: Cast) -> None:
    with record.writing() as session:
        month = find.rounds.of_month(session, MONTH, to_change=True)
        assert find.allocations.next_number(session, month) == 3
        given = find.allocations.by_ref(session, cast.allocation.ref)
        given.state = AllocationState.WITHDRAWN
        session.flush()
        assert find.allocations.next_number(session, month) == 3
        again = Allocation(
            "AUD-2017-10-03", month, given.case, AllocationState.PLANNED, given.holder, month.due_on, token="t"
        )
        session.add(again)
        session.flush()
        assert find.allocations.next_number(session, month) == 4


def test_a_person_is_shown_only_their_own(record: Record, cast: Cast) -> None:
    with record.reading() as session:
        shown = {who: [a.ref for a in find.allocations.held_by(session, here(session, who))] for who in cast.everyone}
        assert {who.name: refs for who, refs in shown.items() if refs} == {
            cast.auditor.name: ["AUD-2017-10-01"],
            cast.peer.name: ["AUD-2017-10-02"],
        }


@pytest.mark.usefixtures("cast")
def test_what_is_not_there_is_said_kindly(record: Record) -> None:
    with record.reading() as session:
        with pytest.raises(NotFound, match="We cannot find that audit"):
            find.allocations.by_ref(session, "AUD-2017-10-99")
        with pytest.raises(NotFound, match="We cannot find that audit"):
            find.allocations.by_token(session, "guessed")
        with pytest.raises(NotFound, match="no round for 2017-11"):
            find.rounds.of_month(session, "2017-11")


def test_the_current_round_is_the_latest_run_here_and_not_closed(record: Record, cast: Cast) -> None:
    with record.writing() as session:
        session.add(Round("2018-01", "Imported", RoundState.CLOSED, imported=True))
    with record.reading() as session:
        current = find.rounds.current(session)
        assert current is not None
        assert current.month == cast.round.month
        assert [month.month for month in find.rounds.all_months(session)] == ["2018-01", MONTH]


def test_what_is_locked_is_read_as_it_is_now(record: Record, cast: Cast) -> None:
    with record.writing() as session:
        seen = find.allocations.by_ref(session, cast.allocation.ref)
        session.execute(text("UPDATE allocation SET reason_words = 'meanwhile'"))
        assert find.allocations.by_ref(session, cast.allocation.ref, to_change=True) is seen
        assert seen.reason_words == "meanwhile"


def a_notice(person: Person, key: str, **also: object) -> Notice:
    given: dict[str, object] = {"state": NoticeState.WAITING, "due_at": NOW, "made_at": NOW, **also}
    return Notice(key, "case_given_out", "AUD-2017-10-01", person, **given)  # type: ignore[arg-type]


def test_messages_go_urgent_first_then_as_they_fall_due(record: Record, cast: Cast) -> None:
    with record.writing() as session:
        auditor = here(session, cast.auditor)
        session.add_all(
            [
                a_notice(auditor, "later", due_at=NOW + HOUR),
                a_notice(auditor, "urgent", urgent=True),
                a_notice(auditor, "resting", retry_at=NOW + HOUR),
                a_notice(auditor, "rested", due_at=NOW - HOUR, retry_at=NOW - HOUR),
                a_notice(auditor, "forsaken", state=NoticeState.LEASED, leased_until=NOW - HOUR, due_at=NOW - 3 * HOUR),
                a_notice(auditor, "in hand", state=NoticeState.LEASED, leased_until=NOW + HOUR),
                a_notice(auditor, "sent", state=NoticeState.SENT, sent_at=NOW),
            ]
        )
    taken = []
    with record.writing() as session:
        while notice := find.notices.next_to_send(session, now=NOW, real_now=NOW):
            taken.append(notice.key.partition(":")[0])
            notice.lease("worker", real_now=NOW)
            session.flush()
        assert find.notices.waiting_count(session) == 8
    assert taken == ["urgent", "forsaken", "rested", "case_given_out", "case_given_out"]


PLAIN = {"sqlite": ("SELECT 1", "EXPLAIN QUERY PLAN"), "postgresql": ("SET LOCAL enable_seqscan = off", "EXPLAIN")}


def test_claiming_reads_only_what_is_still_to_be_sent(record: Record, database_kind: Kind) -> None:
    """Or a year of sent messages would slow every claim. The plan is asked of the very statement that claims."""
    before, explain = PLAIN[database_kind]
    asked: list[tuple[str, tuple[object, ...]]] = []
    with record.writing() as session:
        session.execute(text(before))
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *seen: asked.append((seen[2], seen[3])))
        find.notices.next_to_send(session, now=NOW, real_now=NOW)
        plan = connection.exec_driver_sql(f"{explain} {asked[0][0]}", asked[0][1]).all()
    assert "ix_notice_to_send" in str(plan)


def test_messages_pause_and_go_on(record: Record) -> None:
    for paused in (True, False, True):
        with record.writing() as session:
            find.notices.set_paused(session, paused=paused)
        with record.reading() as session:
            assert find.notices.paused(session) is paused


def test_the_demos_clock_stands_nowhere_until_it_is_set(record: Record) -> None:
    with record.reading() as session:
        assert clock.stands_at(session) is None
    with record.writing() as session:
        clock.set_to(session, NOW)
    with record.reading() as session:
        assert clock.stands_at(session) == NOW


def test_the_account_is_counted_by_how_each_ended(full: Record) -> None:
    with full.reading() as session:
        counted = find.rounds.account_of(session, find.rounds.of_month(session, MONTH))
        assert (counted.given_out, counted.returned_in_time, counted.awaiting, counted.balances) == (2, 1, 1, True)


def test_a_return_is_found_whole(full: Record, cast: Cast) -> None:
    with full.reading() as session:
        audit = find.allocations.by_ref(session, cast.allocation.ref)
        found = find.submissions.return_of(session, audit)
        assert found is not None
        assert [judged.question_key for judged in found.judgements] == [q.key for q in cast.tool.questions]
        assert [(voice.voice, voice.how) for voice in found.voices] == [
            (voice, "By telephone.") for voice in ("child", "mother", "father", "carer")
        ]
        assert [seen.tag for seen in found.outcomes] == ["good_practice_example"]
        assert [(a.ref, a.owner.email) for a in find.actions.of_allocation(session, audit)] == [
            ("ACT-2017-10-01-1", cast.team_manager.email)
        ]
        assert find.submissions.same(session, "form", "1", "0" * 64) is not None
        assert find.submissions.same(session, "form", "1", "1" * 64) is None


def test_missing_on_slack_is_who_was_looked_up_in_vain_and_does_not_read_email(record: Record, cast: Cast) -> None:
    """Where a council uses no Slack nobody is looked up, so nobody is missed there."""
    with record.writing() as session:
        away = [here(session, each) for each in (cast.auditor, cast.peer, cast.team_manager, cast.outsider)]
        unasked, asked, reads_email, taken_back = away
        for each in away:
            each.slack_user_id, each.slack_standing = None, AccountStanding.NONE
        unasked.slack_standing, taken_back.slack_standing = None, AccountStanding.TAKEN_BACK
        reads_email.prefers_email = True
    with record.reading() as session:
        missing = find.people.missing_on_slack(session, on=TODAY)
        assert emails(missing) == [asked.email]
        seen = find.checklist.seen(session, find.rounds.of_month(session, MONTH), today=TODAY)
        assert seen.not_on_slack == 1
