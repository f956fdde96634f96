"""What was decided becomes history that nobody can edit, and one waiting message for each person it tells."""

import pytest
from sqlalchemy import Executable, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from programme.facts import CaseHandedBack, MessagesPaused, ReturnRecorded
from programme.words import NoticeState
from storage import find, journal, tables
from storage.session import Record
from tests.cast import GIVEN_OUT_AT, NOW, Cast, here
from tests.databases import Kind

HISTORY = tables.history.c


def test_one_entry_for_each_fact_and_one_message_for_each_person_told(record: Record, cast: Cast) -> None:
    told = (cast.administrator, cast.head_of_quality)
    facts = [CaseHandedBack(about="AUD-2017-10-01", tell=told), MessagesPaused(about="messages", paused=True)]
    with record.writing() as session:
        journal.write(session, facts, by=cast.administrator, at=NOW, on_behalf_of=cast.auditor)
    with record.reading() as session:
        entries = session.execute(select(tables.history).where(HISTORY.at == NOW).order_by(HISTORY.id)).all()
        assert [(e.kind, e.about, e.by_id, e.for_id, e.details) for e in entries] == [
            ("case_handed_back", "AUD-2017-10-01", cast.administrator.id, cast.auditor.id, {}),
            ("messages_paused", "messages", cast.administrator.id, cast.auditor.id, {"paused": "True"}),
        ]
        waiting = [n for n in find.notices.in_state(session, NoticeState.WAITING) if n.made_at == NOW]
        assert {(n.kind, n.about, n.person, n.key) for n in waiting} == {
            ("case_handed_back", "AUD-2017-10-01", here(session, person), f"{key}:{person.id}:{entries[0].id}")
            for person in told
            for key in ["case_handed_back:AUD-2017-10-01"]
        }


def test_the_month_so_far_is_in_the_history(record: Record, cast: Cast) -> None:
    with record.reading() as session:
        entries = session.execute(select(tables.history).order_by(HISTORY.id)).all()
        assert [(e.kind, e.about, e.by_id, e.at) for e in entries] == [
            (fact.kind(), fact.about, cast.administrator.id, GIVEN_OUT_AT) for fact in cast.facts
        ]


def test_what_the_programme_does_by_itself_is_nobodys_doing(record: Record, cast: Cast) -> None:
    with record.writing() as session:
        journal.write(session, [ReturnRecorded(about=cast.allocation.ref, version=1, in_time=True)], by=None, at=NOW)
    with record.reading() as session:
        entry = session.execute(select(tables.history).where(HISTORY.at == NOW)).one()
        assert (entry.by_id, entry.for_id, entry.details) == (None, None, {"version": "1", "in_time": "True"})


def test_a_decision_that_is_not_kept_leaves_neither_history_nor_message(record: Record, cast: Cast) -> None:
    def decide_and_fail() -> None:
        with record.writing() as session:
            journal.write(session, cast.facts, by=cast.administrator, at=NOW)
            raise LookupError

    with pytest.raises(LookupError):
        decide_and_fail()
    with record.reading() as session:
        assert session.scalar(select(func.count()).where(HISTORY.at == NOW)) == 0
        assert len(find.notices.in_state(session, NoticeState.WAITING)) == 2


@pytest.mark.parametrize(
    "change",
    [update(tables.history).values(about="AUD-2017-10-02"), delete(tables.history), text("DELETE FROM history")],
    ids=["changed", "deleted", "deleted by hand"],
)
def test_the_history_cannot_be_edited(record: Record, cast: Cast, change: Executable) -> None:
    with pytest.raises(DBAPIError, match="the history is only added to"), record.writing() as session:
        session.execute(change)
    with record.reading() as session:
        kept = session.execute(select(HISTORY.kind, HISTORY.about).order_by(HISTORY.id)).all()
        assert [tuple(entry) for entry in kept] == [(fact.kind(), fact.about) for fact in cast.facts]


@pytest.mark.usefixtures("cast")
def test_nor_by_the_way_round_of_one_database(record: Record, database_kind: Kind) -> None:
    ways = {
        "sqlite": "INSERT OR REPLACE INTO history (id, at, kind, about, details) VALUES (1, '2017', 'x', 'y', '{}')",
        "postgresql": "TRUNCATE history CASCADE",
    }
    with pytest.raises(DBAPIError, match="the history is only added to"), record.writing() as session:
        session.execute(text(ways[database_kind]))


def test_what_it_is_about_has_a_bound(record: Record) -> None:
    long = insert(tables.history).values(at=NOW, kind="x", about="y" * 41, details={})
    with pytest.raises(DBAPIError), record.writing() as session:
        session.execute(long)
