"""The drill: everything goes into a file and comes back, into either database from either, all of it or nothing."""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from programme.facts import MessagesPaused
from programme.refusals import Refusal
from programme.words import AuditType
from scheduler.sweeps.sealing import Sealing
from storage import backing_up, backup_file, journal, migrate, sealing, tables
from storage.office import Office
from storage.session import Record
from tests.cast import NOW, Cast, here
from tests.databases import KINDS, Databases, Kind
from tests.storage.crowd import at_once

Everything = dict[str, list[tuple[Any, ...]]]


def everything(record: Record) -> Everything:
    with record.reading() as session:
        return {
            each.name: [tuple(row) for row in session.execute(select(each).order_by(each.c.id))]
            for each in tables.metadata.sorted_tables
        }


def backed_up(office: Office, file: Path) -> Path:
    with office.record.reading() as session:
        backing_up.write(session, office, file, migrate.head() or "", lambda _: None)
    return file


@contextmanager
def empty(databases: Databases, kind: Kind) -> Iterator[Record]:
    with databases.lent(kind, migrate.upgrade) as url:
        record = Record(url)
        try:
            yield record
        finally:
            record.close()


def fill(record: Record, file: Path) -> None:
    with record.writing() as session:
        backing_up.fill(session, file, lambda _: None)


@pytest.fixture
def file(full: Record, office: Office, cast: Cast, tmp_path: Path) -> Path:  # noqa: ARG001 - every table has a row
    """A backup of a record that has everything, sealed but for one entry, and links that point forwards and round."""
    with office.record.writing() as session:
        person = tables.person
        for one, other in ((cast.auditor, cast.peer), (cast.peer, cast.auditor)):
            session.execute(update(person).where(person.c.id == one.id).values(manager_id=other.id))
        awkward = "Asha Þórnbury 😀 \"'\\ \u2028"
        session.execute(update(person).where(person.c.id == cast.auditor.id).values(name=awkward))
    Sealing(office).sweep()
    with office.record.writing() as session:
        journal.write(session, [MessagesPaused(about="messages", paused=True)], by=None, at=NOW)
    return backed_up(office, tmp_path / "backup")


@pytest.mark.parametrize("into", KINDS)
def test_everything_comes_back_into_either_kind(databases: Databases, office: Office, file: Path, into: Kind) -> None:
    before = everything(office.record)
    with office.record.reading() as session:
        chain = sealing.verify(session)
    assert min(len(rows) for rows in before.values()) > 0
    assert backup_file.checked(file).rows == sum(len(rows) for rows in before.values())
    with empty(databases, into) as there:
        fill(there, file)
        assert everything(there) == before
        with there.reading() as session:
            assert sealing.verify(session, noted=chain.head) == chain
            assert (chain.faults, chain.waiting, chain.sealed > 0) == ([], 1, True)


@pytest.mark.parametrize("into", KINDS)
def test_what_was_restored_can_be_worked_with(databases: Databases, file: Path, into: Kind, office: Office) -> None:
    """Numbers go on after the highest there is, and what is written next is sealed after the chain that came back."""
    with empty(databases, into) as there:
        fill(there, file)
        with there.writing() as session:
            highest = max(session.scalars(select(tables.history.c.id)))
            journal.write(session, [MessagesPaused(about="messages", paused=False)], by=None, at=NOW)
            assert max(session.scalars(select(tables.history.c.id))) == highest + 1
        Sealing(Office(there, office.rules, office.address)).sweep()
        with there.reading() as session:
            verdict = sealing.verify(session)
        assert (verdict.waiting, verdict.faults) == (0, [])


def test_a_second_backup_of_what_was_restored_has_the_same_rows(
    databases: Databases, office: Office, file: Path, tmp_path: Path, database_kind: Kind
) -> None:
    with empty(databases, database_kind) as there:
        fill(there, file)
        again = backed_up(Office(there, office.rules, office.address), tmp_path / "again")
    lines = [gzip.decompress(each.read_bytes()).splitlines()[1:-1] for each in (file, again)]
    assert lines[0] == lines[1]


def test_an_audit_that_looks_again_at_another_comes_back(
    databases: Databases, office: Office, cast: Cast, tmp_path: Path, database_kind: Kind
) -> None:
    first = tables.allocation.c
    with office.record.writing() as session:
        row = session.execute(select(tables.allocation).where(first.ref == cast.allocation.ref)).one()._asdict()
        row |= {"ref": "AUD-2017-10-09", "kind": AuditType.RE_AUDIT, "first_id": row.pop("id"), "token": "t" * 20}
        session.execute(insert(tables.allocation).values(row))
    file = backed_up(office, tmp_path / "backup")
    with empty(databases, database_kind) as there:
        fill(there, file)
        assert everything(there) == everything(office.record)


def test_it_is_as_it_was_at_one_moment(databases: Databases, office: Office, cast: Cast, tmp_path: Path) -> None:
    """What others write while it is being made is not in it, neither whole nor by half."""
    before, late = everything(office.record), tmp_path / "late"

    def write_more(_: int) -> None:
        with office.record.writing() as session:
            told = (here(session, cast.peer),)
            journal.write(session, [MessagesPaused(about="m", paused=True, tell=told)], by=None, at=NOW)

    with office.record.reading() as session:
        backing_up.write(session, office, late, migrate.head() or "", write_more)
    assert len(everything(office.record)["history"]) > len(before["history"])
    with empty(databases, "sqlite") as there:
        fill(there, late)
        assert everything(there) == before


def test_the_file_is_for_its_owner_alone_and_never_written_over(office: Office, file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    content = file.read_bytes()
    with pytest.raises(Refusal, match="is there already"):
        backed_up(office, file)
    assert (file.read_bytes(), sorted(file.parent.glob("backup*"))) == (content, [file])


def test_a_half_made_one_is_neither_used_nor_written_over(office: Office, file: Path) -> None:
    half = file.with_name("other.part")
    half.write_bytes(b"somebody else's")
    with pytest.raises(Refusal, match="another backup is being made"):
        backed_up(office, file.with_name("other"))
    assert half.read_bytes() == b"somebody else's"


def test_where_nothing_can_be_written(office: Office, tmp_path: Path, cast: Cast) -> None:  # noqa: ARG001
    with pytest.raises(Refusal, match="cannot be written: No such file or directory"):
        backed_up(office, tmp_path / "no" / "such" / "place")


@pytest.mark.usefixtures("cast")
def test_a_backup_that_fails_leaves_nothing(office: Office, tmp_path: Path) -> None:
    def fail(_: int) -> None:
        raise LookupError

    with pytest.raises(LookupError), office.record.reading() as session:
        backing_up.write(session, office, tmp_path / "backup", "0001", fail)
    assert [each.name for each in tmp_path.glob("backup*")] == []


def repacked(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    """What somebody does who unpacks it, changes lines, and packs it again."""
    return lambda content: gzip.compress(b"".join(change(gzip.decompress(content).splitlines(keepends=True))))


def with_a_new_digest(lines: list[bytes]) -> list[bytes]:
    return [*lines[:-1], json.dumps({"sha256": sha256(b"".join(lines[:-1])).hexdigest()}).encode()]


HARMED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "something else": lambda _: b"PRAGMA foreign_keys",
    "another kind of gzip": lambda _: gzip.compress(b'{"kind": "x"}\n'),
    "half": lambda content: content[: len(content) // 2],
    "without its end": lambda content: content[:-1],
    "without its check": lambda content: content[:-8],
    "one bit": lambda content: bytes([*content[:900], content[900] ^ 1, *content[901:]]),
    "more": lambda content: content + gzip.compress(b"[1]\n"),
    "a letter": repacked(lambda lines: [each.replace(b"Rowan", b"Rohan") for each in lines]),
    "a line less": repacked(lambda lines: [*lines[:5], *lines[6:]]),
    "two lines in another order": repacked(lambda lines: [*lines[:5], lines[6], lines[5], *lines[7:]]),
    "a line twice": repacked(lambda lines: [*lines[:5], lines[5], *lines[5:]]),
    "no digest": repacked(lambda lines: lines[:-1]),
    "nothing but its head": repacked(lambda lines: lines[:1]),
    "no line of JSON": repacked(lambda lines: with_a_new_digest([lines[0], b"[1, 2\n", *lines[2:]])),
    "a cell less": repacked(lambda lines: with_a_new_digest([lines[0], b"[1]\n", *lines[2:]])),
    "deep": repacked(lambda lines: with_a_new_digest([lines[0], b"[" * 100_000 + b"\n", *lines[2:]])),
}


@pytest.mark.parametrize("harm", HARMED)
def test_what_is_cut_short_or_changed_is_refused_before_anything_is_written(
    databases: Databases, file: Path, database_kind: Kind, harm: str
) -> None:
    file.write_bytes(HARMED[harm](file.read_bytes()))
    with pytest.raises(Refusal, match="no whole backup"):
        backup_file.checked(file)
    with empty(databases, database_kind) as there:
        before = everything(there)
        with pytest.raises(Refusal):
            fill(there, file)
        assert everything(there) == before


def test_a_table_that_is_not_ours_is_refused(databases: Databases, file: Path, database_kind: Kind) -> None:
    changed = repacked(lambda lines: with_a_new_digest([lines[0].replace(b'"heard"', b'"unheard"'), *lines[1:]]))
    file.write_bytes(changed(file.read_bytes()))
    assert backup_file.checked(file).rows > 0
    with empty(databases, database_kind) as there:
        before = everything(there)
        with pytest.raises(Refusal, match="a table 'unheard' that is not ours"):
            fill(there, file)
        assert everything(there) == before


def test_another_revision_is_refused(file: Path) -> None:
    with pytest.raises(Refusal, match=r"made with the tables at 00.., and here they are at 9999. Restore it with"):
        backing_up.must_be_for(backup_file.checked(file), "9999")


def test_nothing_is_restored_over_something(office: Office, file: Path) -> None:
    before = everything(office.record)
    with pytest.raises(Refusal, match=r"This database is not empty: it has rows in '.*'. Stop web and worker"):
        fill(office.record, file)
    assert everything(office.record) == before


def test_two_who_restore_at_once_restore_once(databases: Databases, file: Path, database_kind: Kind) -> None:
    with empty(databases, database_kind) as there:

        def restore(_: int) -> bool:
            try:
                fill(there, file)
            except Refusal:
                return False
            return True

        assert sorted(at_once(2, restore)) == [False, True]
