"""Two, or twenty, at the same moment: nothing is lost, nothing is doubled, and the loser is told."""

import subprocess
import sys

import pytest
from sqlalchemy import Connection, event, func, insert, select, update

from programme.facts import MessagesPaused
from programme.people import AuditGroup, Person, RoleHeld, Team
from programme.refusals import Refusal
from programme.rota import Turn
from programme.sign_in import SignInLink
from programme.submissions import Submission
from programme.words import AllocationState, NoticeState, Role, SubmissionState
from storage import allocating, find, journal, tables
from storage import month as months
from storage.office import Office
from storage.session import Conflict, Record
from tests import cast as people
from tests.cast import MONTH, NOW, Cast, here
from tests.storage.crowd import at_once
from tests.storage.test_finders import add_to_sample

WON, LOST = "won", "lost"

COUNT_UP = """
import sys
from storage import find
from storage.session import Record

record = Record(sys.argv[1])
for _ in range(40):
    with record.writing() as session:
        find.rounds.of_month(session, "2017-10", to_change=True).target += 1
"""


def url_of(record: Record) -> str:
    return record.engine.url.render_as_string(hide_password=False)


def count_up(record: Record, *, many: int, times: int) -> int:
    """Each of many threads reads the round's target and writes one more, so many times; what it comes to."""

    def add(_: int) -> None:
        for _ in range(times):
            with record.writing() as session:
                held = find.rounds.of_month(session, MONTH, to_change=True)
                held.target = (held.target or 0) + 1

    at_once(many, add)
    with record.reading() as session:
        return find.rounds.of_month(session, MONTH).target or 0


def edit_until_kept(record: Record, cast: Cast, *, many: int, times: int) -> str:
    """Each adds a mark to what it read without holding it, and tries again when told that somebody was first."""

    def mark(number: int) -> None:
        for _ in range(times):
            while not kept(number):
                pass

    def kept(number: int) -> bool:
        with record.reading() as session:
            seen = find.allocations.by_ref(session, cast.allocation.ref)
        seen.reason_words += "abcdefghijklmnop"[number]
        try:
            with record.writing() as session:
                session.add(seen)
        except Conflict:
            return False
        return True

    at_once(many, mark)
    with record.reading() as session:
        return find.allocations.by_ref(session, cast.allocation.ref).reason_words


def claim_all(record: Record, cast: Cast, *, many: int, notices: int) -> list[str]:
    """Every message that any of the workers came to hold."""
    with record.writing() as session:
        told = (here(session, cast.auditor),)
        facts = [MessagesPaused(about=f"{number}", paused=True, tell=told) for number in range(notices)]
        journal.write(session, facts, by=None, at=NOW)

    def claim(number: int) -> list[str]:
        mine: list[str] = []
        while (key := claim_one(f"worker {number}")) is not None:
            mine.append(key)
        return mine

    def claim_one(worker: str) -> str | None:
        with record.writing() as session:
            notice = find.notices.next_to_send(session, now=NOW, real_now=NOW)
            if notice is None:
                return None
            notice.lease(worker, real_now=NOW)
            return notice.key

    return [key for mine in at_once(many, claim) for key in mine]


@pytest.mark.usefixtures("cast")
def test_sixteen_who_count_up_at_once_lose_nothing(record: Record, cast: Cast) -> None:
    assert count_up(record, many=16, times=30) == (cast.round.target or 0) + 16 * 30


def test_processes_that_count_up_at_once_lose_nothing(record: Record, cast: Cast) -> None:
    started = [subprocess.Popen([sys.executable, "-c", COUNT_UP, url_of(record)]) for _ in range(3)]
    assert [process.wait(timeout=60) for process in started] == [0, 0, 0]
    with record.reading() as session:
        assert find.rounds.of_month(session, MONTH).target == (cast.round.target or 0) + 3 * 40


def test_no_edit_silently_undoes_another(record: Record, cast: Cast) -> None:
    marks = edit_until_kept(record, cast, many=4, times=5)
    assert sorted(marks) == sorted("abcd" * 5)


def test_four_workers_claim_each_message_once(record: Record, cast: Cast) -> None:
    claimed = claim_all(record, cast, many=4, notices=60)
    with record.reading() as session:
        leased = [notice.key for notice in find.notices.in_state(session, NoticeState.LEASED)]
    assert len(leased) == 62
    assert sorted(claimed) == sorted(leased)


def test_of_two_who_allocate_at_once_one_does_it_all(office: Office, cast: Cast) -> None:
    more_to_allocate(office.record, cast)

    def allocate(_: int) -> list[str]:
        try:
            with office.record.writing() as session:
                by = here(session, cast.administrator)
                return [made.ref for made in allocating.allocate(session, office, MONTH, by).made]
        except Refusal as refused:
            return [refused.sentence]

    none_left = "There is nothing to allocate for October 2017: nothing more of the sample can be placed."
    assert sorted(at_once(2, allocate)) == [["AUD-2017-10-03", "AUD-2017-10-04"], [none_left]]


def more_to_allocate(record: Record, cast: Cast) -> None:
    """Two more children's records in the sample, and two more auditors in the group whose turn it is."""
    with record.writing() as session:
        for place in (3, 4):
            add_to_sample(session, f"MDW-090{place}", place, here(session, cast.team_manager).team)
        group = here(session, cast.auditor).group
        team = here(session, cast.auditor).team
        session.add_all(Turn(auditor(name, group, team), MONTH) for name in ("Ines", "Oluwaseun"))


def auditor(name: str, group: AuditGroup | None, team: Team | None) -> Person:
    return Person(f"{name.lower()}@example.org", name, [RoleHeld(Role.AUDITOR)], team=team, group=group)


def test_of_two_who_give_out_at_once_one_does_it_all(office: Office, cast: Cast) -> None:
    more_to_allocate(office.record, cast)
    with office.record.writing() as session:
        allocating.allocate(session, office, MONTH, here(session, cast.administrator))

    def give_out(_: int) -> int:
        try:
            with office.record.writing() as session:
                return len(months.give_out(session, office, MONTH, here(session, cast.administrator)))
        except Refusal:
            return 0

    assert sorted(at_once(2, give_out)) == [0, 2]
    with office.record.reading() as session:
        assert len(find.notices.in_state(session, NoticeState.WAITING)) == 4


def test_a_return_sent_twice_at_once_is_one_return(office: Office, cast: Cast) -> None:
    answers = people.whole_answers(cast.tool)

    def send(number: int) -> str:
        submission = Submission(f"SUB-{number}", "form", f"{number}", "0" * 64, "{}", NOW, SubmissionState.KEPT)
        try:
            with office.record.writing() as session:
                audit = find.allocations.by_token(session, cast.allocation.token or "", to_change=True)
                by = here(session, cast.auditor)
                circle = find.people.circle_of(session, audit.case, on=NOW.date())
                made, _, facts = audit.record_return(
                    answers, submission, by=by, at=NOW, circle=circle, rules=office.rules
                )
                session.add(made)
                journal.write(session, facts, by=by, at=NOW)
        except Refusal as refused:
            return refused.sentence
        return WON

    in_already = "This audit is in already. Thank you; there is nothing more to do."
    assert sorted(at_once(4, send)) == sorted([WON, in_already, in_already, in_already])
    with office.record.reading() as session:
        assert session.scalar(select(func.count()).select_from(tables.audit_return)) == 1
        assert session.scalar(select(func.count()).select_from(tables.submission)) == 1
        kept = find.allocations.by_ref(session, cast.allocation.ref)
        assert kept.state is AllocationState.RETURNED_IN_TIME


def test_a_sign_in_link_lets_one_of_two_in(record: Record, cast: Cast) -> None:
    with record.writing() as session:
        link, secret = SignInLink.make(here(session, cast.auditor), leads_to="/", at=NOW)
        session.add(link)

    def come_in(_: int) -> str:
        try:
            with record.writing() as session:
                found = find.visits.link(session, secret, to_consume=True)
                assert found is not None
                session.add(found.consume(at=NOW)[0])
        except Refusal:
            return LOST
        return WON

    assert sorted(at_once(4, come_in)) == [LOST, LOST, LOST, WON]


def test_of_two_who_make_the_same_thing_one_is_told(record: Record) -> None:
    def make(_: int) -> str:
        try:
            with record.writing() as session:
                session.execute(insert(tables.service).values(name="Early Help"))
        except Conflict:
            return LOST
        return WON

    assert sorted(at_once(4, make)) == [LOST, LOST, LOST, WON]


def test_what_a_worker_takes_meanwhile_is_not_dropped_for_a_newer_one(record: Record, cast: Cast) -> None:
    with record.writing() as session:
        told = (here(session, cast.auditor),)
        journal.write(session, [MessagesPaused(about="x", paused=True, tell=told)] * 2, by=None, at=NOW)
        older = [find.notices.of_kind(session, "messages_paused")[0].id]
    n, taken = tables.notice, {"state": NoticeState.LEASED, "leased_by": "w", "leased_until": NOW}

    def take(connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        if older and statement.startswith("UPDATE notice"):
            connection.execute(update(n).where(n.c.id == older.pop()).values(taken))

    with record.writing() as session:
        event.listen(session.connection(), "before_cursor_execute", take)
        find.outbox.drop_what_a_newer_one_says(session)
    with record.reading() as session:
        kept = [each.state for each in find.notices.of_kind(session, "messages_paused")]
    assert kept == [NoticeState.LEASED, NoticeState.WAITING]


def test_reading_does_not_wait_for_who_is_writing(record: Record, cast: Cast) -> None:
    with record.writing() as writing:
        find.rounds.of_month(writing, MONTH, to_change=True).theme = "Grandparents"
        writing.flush()
        with record.reading() as reading:
            assert find.rounds.of_month(reading, MONTH).theme == cast.round.theme


@pytest.mark.soak
class TestForLong:
    def test_counting_up(self, record: Record, cast: Cast) -> None:
        assert count_up(record, many=16, times=600) == (cast.round.target or 0) + 16 * 600

    def test_two_hundred_edits_of_one_thing(self, record: Record, cast: Cast) -> None:
        marks = edit_until_kept(record, cast, many=10, times=20)
        assert sorted(marks) == sorted("abcdefghij" * 20)

    def test_claiming(self, record: Record, cast: Cast) -> None:
        claimed = claim_all(record, cast, many=8, notices=2000)
        assert len(claimed) == 2002
        assert len(set(claimed)) == 2002
