"""The seals on both databases: one chain whoever makes it, nothing lost or sealed twice, and no tampering unseen."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Executable, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from programme.facts import MessagesPaused
from programme.sealing import START, Head, Verdict
from scheduler.sweeps.sealing import Sealing
from storage import find, journal, sealing, tables
from storage.office import Office
from storage.session import Record, Session
from tests.cast import GIVEN_OUT_AT, NOW, Cast
from tests.databases import Kind
from tests.storage.crowd import at_once
from tests.storage.tampering import tamper

REF = "AUD-2017-10-02"


def write(session: Session, *about: str) -> None:
    journal.write(session, [MessagesPaused(about=each, paused=True) for each in about], by=None, at=NOW)


def entry(number: int) -> Any:  # noqa: ANN401 - a row to insert
    return insert(tables.history).values(id=number, at=NOW, kind="on_track", about=f"AUD-{number}", details={})


def looked(record: Record, noted: Head | None = None) -> Verdict:
    with record.reading() as session:
        return sealing.verify(session, noted=noted)


def count(record: Record, table: Any) -> int:  # noqa: ANN401 - a table
    with record.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def numbers(office: Office, cast: Cast) -> list[int]:  # noqa: ARG001 - the cast's history is what is sealed
    """The numbers of five entries, all sealed, in their order."""
    with office.record.writing() as session:
        write(session, "one more")
    Sealing(office).sweep()
    with office.record.reading() as session:
        return list(session.scalars(select(tables.history.c.id).order_by(tables.history.c.id)))


def test_before_anything_has_happened(record: Record) -> None:
    assert looked(record) == Verdict(waiting=0, head=START)


def test_what_is_not_sealed_yet_waits(record: Record, office: Office, cast: Cast) -> None:
    assert looked(record) == Verdict(waiting=len(cast.facts))
    Sealing(office).sweep()
    verdict = looked(record)
    assert (verdict.waiting, verdict.sealed, verdict.head.place, verdict.faults) == (
        0,
        len(cast.facts),
        len(cast.facts),
        [],
    )


def test_what_is_sealed_stays_as_it_was_when_the_chain_goes_on(
    record: Record, office: Office, numbers: list[int]
) -> None:
    noted = looked(record).head
    with record.writing() as session:
        write(session, "one", "two")
    Sealing(office).sweep()
    verdict = looked(record, noted)
    assert (verdict.sealed, verdict.faults, verdict.late) == (len(numbers) + 2, [], [])


def test_an_entry_that_comes_to_light_after_a_later_one_was_sealed(record: Record, office: Office) -> None:
    for number in (50, 40):
        with record.writing() as session:
            session.execute(entry(number))
        Sealing(office).sweep()
    verdict = looked(record)
    assert (verdict.sealed, verdict.waiting, verdict.late, verdict.faults) == (2, 0, [40], [])


def test_two_transactions_that_end_in_the_other_order(office: Office, database_kind: Kind) -> None:
    """Only PostgreSQL lets two write at once: the first to take a number is the last to be seen."""
    if database_kind == "sqlite":
        return
    with office.record.writing() as slow:
        write(slow, "slow")
        with office.record.writing() as quick:
            write(quick, "quick")
        Sealing(office).sweep()
        assert looked(office.record).sealed == 1
    Sealing(office).sweep()
    verdict = looked(office.record)
    assert (verdict.sealed, verdict.waiting, len(verdict.late), verdict.faults) == (2, 0, 1, [])


def test_eight_workers_make_one_chain_while_others_write(record: Record, office: Office, numbers: list[int]) -> None:
    def work(number: int) -> None:
        for turn in range(6):
            if number % 2:
                with record.writing() as session:
                    write(session, f"{number}-{turn}")
            Sealing(office).sweep()

    at_once(8, work)
    Sealing(office).sweep()
    verdict = looked(record)
    assert (verdict.waiting, verdict.sealed, verdict.faults) == (0, len(numbers) + 24, [])


def test_who_is_second_to_seal_leaves_it(record: Record, cast: Cast) -> None:
    """Both have looked before either has sealed."""
    with record.reading() as session:
        found = find.history.not_sealed(session, beyond=0, at_most=100)
    with record.writing() as session:
        assert sealing.seal(session, found)
    with record.writing() as session:
        assert not sealing.seal(session, found)
    assert looked(record).sealed == len(cast.facts)


def test_a_page_of_history_says_what_is_sealed(record: Record, cast: Cast, numbers: list[int]) -> None:
    with record.writing() as session:
        session.execute(insert(tables.history), [{"at": NOW, "kind": "on_track", "about": "AUD-1", "details": {}}])
    day = (GIVEN_OUT_AT, GIVEN_OUT_AT + timedelta(minutes=1))
    with record.reading() as session:
        newest = find.history.lines(session, about="", on=None, before=None, at_most=3)
        of_the_day = find.history.lines(session, about="", on=day, before=None, at_most=9)
        older = find.history.lines(session, about=cast.round.month, on=None, before=numbers[1], at_most=9)
    assert [(each.about, each.is_sealed) for each in newest] == [("AUD-1", False), ("one more", True), (REF, True)]
    assert [each.number for each in of_the_day] == numbers[3::-1]
    assert [(each.number, each.kind, each.who) for each in older] == [
        (numbers[0], "round_opened", "Bronwen Achterberg")
    ]


@pytest.mark.usefixtures("numbers")
@pytest.mark.parametrize(
    "change",
    [update(tables.seal).values(digest="0"), delete(tables.seal), text("DELETE FROM seal")],
    ids=["changed", "deleted", "deleted by hand"],
)
def test_a_seal_cannot_be_edited(record: Record, change: Executable) -> None:
    before = looked(record)
    with pytest.raises(DBAPIError, match="the history is only added to"), record.writing() as session:
        session.execute(change)
    assert looked(record) == before


@pytest.mark.usefixtures("numbers")
def test_nor_by_the_way_round_of_one_database(record: Record, database_kind: Kind) -> None:
    ways = {
        "sqlite": "INSERT OR REPLACE INTO seal (place, history_id, digest) VALUES (1, 1, '')",
        "postgresql": "TRUNCATE seal",
    }
    with pytest.raises(DBAPIError, match="the history is only added to"), record.writing() as session:
        session.execute(text(ways[database_kind]))


NOT_SO, GAP = "is not as it was sealed.", "seals were taken out or put in."
SECOND = "Entry {b}, or its seal at place 2, {not_so}"

TAMPERED: dict[str, tuple[list[str], list[str]]] = {
    "about": (["UPDATE history SET about = 'AUD-2017-10-09' WHERE id = {b}"], [SECOND]),
    "by whom": (["UPDATE history SET by_id = NULL WHERE id = {b}"], [SECOND]),
    "details": (["UPDATE history SET details = '{{}}{{' WHERE id = {b}"], [SECOND]),
    "whom it told": (
        ["UPDATE history SET told = '[]' WHERE id = {d}"],
        ["Entry {d}, or its seal at place 4, {not_so}"],
    ),
    "how that is written": (["UPDATE history SET told = replace(told, '[', '[ ') WHERE id = {b}"], [SECOND]),
    "when": (["UPDATE history SET at = '2017-10-01' WHERE id = {b}"], [SECOND]),
    "a seal": (["UPDATE seal SET digest = 'x' WHERE place = 5"], ["Entry {e}, or its seal at place 5, {not_so}"]),
    "an entry deleted": (
        ["DELETE FROM history WHERE id = {b}"],
        ["Entry {b} is gone from the history; it was sealed at place 2."],
    ),
    "a seal deleted": (["DELETE FROM seal WHERE place = 2"], ["After place 1 of the chain comes place 3: {gap}"]),
    "both deleted": (
        ["DELETE FROM seal WHERE place = 2", "DELETE FROM history WHERE id = {b}"],
        ["After place 1 of the chain comes place 3: {gap}"],
    ),
    "entries moved": (
        ["UPDATE history SET id = 999 WHERE id = {b}", "UPDATE history SET id = {b} WHERE id = {c}"],
        [SECOND, "Entry {c} is gone from the history; it was sealed at place 3."],
    ),
    "seals moved": (
        [
            "UPDATE seal SET place = 99 WHERE place = 2",
            "UPDATE seal SET place = 2 WHERE place = 3",
            "UPDATE seal SET place = 3 WHERE place = 99",
        ],
        [
            "Entry {c}, or its seal at place 2, {not_so}",
            "Entry {b}, or its seal at place 3, {not_so}",
            "Entry {d}, or its seal at place 4, {not_so}",
        ],
    ),
    "an entry put in with a seal": (
        [
            "UPDATE seal SET place = place + 10 WHERE place > 3",
            "UPDATE seal SET place = place - 9 WHERE place > 3",
            "INSERT INTO history (id, at, kind, about, details) VALUES (999, '2017-10-02', 'x', 'AUD-1', '{{}}')",
            "INSERT INTO seal (id, place, history_id, digest) VALUES (999, 4, 999, 'x')",
        ],
        [
            "Entry 999, or its seal at place 4, {not_so}",
            "Entry {d}, or its seal at place 5, {not_so}",
            "Entry {e}, or its seal at place 6, {not_so}",
        ],
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_no_tampering_goes_unseen(record: Record, database_kind: Kind, numbers: list[int], what: str) -> None:
    words = dict(zip("abcde", numbers, strict=True)) | {"not_so": NOT_SO, "gap": GAP}
    done, said = TAMPERED[what]
    tamper(record, database_kind, [each.format(**words) for each in done])
    assert looked(record).faults == [each.format(**words) for each in said]


def test_on_sqlite_no_time_and_no_number_are_told_not_stumbled_over(
    record: Record, database_kind: Kind, numbers: list[int]
) -> None:
    if database_kind == "postgresql":
        return  # it takes neither
    tamper(
        record,
        database_kind,
        [
            f"UPDATE history SET at = 'yesterday' WHERE id = {numbers[0]}",
            f"UPDATE history SET by_id = 'me' WHERE id = {numbers[1]}",
            f"UPDATE history SET details = x'ff' WHERE id = {numbers[2]}",
        ],
    )
    assert len(looked(record).faults) == 3


def test_the_newest_taken_away_with_their_seals(record: Record, database_kind: Kind, numbers: list[int]) -> None:
    noted = looked(record).head
    tamper(
        record,
        database_kind,
        ["DELETE FROM seal WHERE place > 3", f"DELETE FROM history WHERE id >= {numbers[3]}"],
    )
    assert looked(record).faults == []
    assert looked(record, noted).faults == [
        "The chain ends at place 3, and place 5 was noted: its newest part is gone."
    ]
