"""`flask backup` and `flask restore`: what they say, who may, what they refuse; and no message goes out by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from pydantic import SecretStr
from sqlalchemy import select

import app as front_hall
from commands.tools import Tools
from programme.sign_in import Visit
from programme.words import NoticeState
from scheduler.sweeps.sealing import Sealing
from settings import Settings
from storage import find, migrate, tables
from storage.office import Office
from tests.cast import Cast, here
from tests.databases import KINDS, Databases, Kind

BY = ("--as", "bronwen@example.org")


@contextmanager
def hall(databases: Databases, kind: Kind) -> Iterator[tuple[Flask, Office]]:
    """The whole app on an empty database without tables."""
    with databases.lent(kind) as url:
        secret = SecretStr("for tests only, and long enough for it")
        built = front_hall.build(Settings(_env_file=None, database_url=url, secret_key=secret))
        handed: Tools = built.extensions["auditloop"]
        try:
            yield built, handed.office
        finally:
            handed.office.record.close()


def run(app: Flask, *words: str) -> tuple[int, str, str]:
    done = FlaskCliRunner(app).invoke(args=list(words))
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def file(app: Flask, office: Office, tmp_path: Path) -> Path:
    Sealing(office).sweep()
    made = tmp_path / "backup"
    assert run(app, "backup", str(made))[0] == 0
    return made


def test_a_backup_says_what_it_wrote_and_the_head_to_note(
    app: Flask, office: Office, cast: Cast, tmp_path: Path
) -> None:
    Sealing(office).sweep()
    with office.record.reading() as session:
        head = find.history.head(session)
    status, said, progress = run(app, "backup", str(tmp_path / "backup"))
    lines = said.splitlines()
    assert (status, lines[1:]) == (
        0,
        [
            f"Nothing has been changed: {len(cast.facts)} entries sealed, 0 wait.",
            f"The head of the chain, to be noted outside of this database: {head}",
        ],
    )
    assert lines[0].endswith("It holds children's records: encrypt it before it leaves this machine.")
    assert "Rows" in progress


def test_a_backup_is_never_written_over(app: Flask, file: Path) -> None:
    content = file.read_bytes()
    status, said, wrong = run(app, "backup", str(file))
    assert (status, said, "is there already" in wrong, file.read_bytes()) == (1, "", True, content)


def test_nothing_is_backed_up_from_tables_this_version_does_not_know(databases: Databases, tmp_path: Path) -> None:
    with hall(databases, "sqlite") as (app, _):
        status, _, wrong = run(app, "backup", str(tmp_path / "backup"))
    assert (status, wrong.startswith("The tables are at no revision"), list(tmp_path.glob("backup*"))) == (1, True, [])


@pytest.mark.parametrize("into", KINDS)
def test_a_restore_makes_the_tables_and_stands_in_the_history(
    databases: Databases, cast: Cast, file: Path, into: Kind
) -> None:
    with hall(databases, into) as (app, office):
        status, said, _ = run(app, "restore", str(file), *BY)
        assert status == 0
        assert said.splitlines()[1] == f"Nothing has been changed: {len(cast.facts)} entries sealed, 2 wait."
        with office.record.reading() as session:
            newest = find.history.lines(session, about="", on=None, before=None, at_most=2)
            assert [(each.kind, each.who) for each in newest] == [
                ("messages_paused", "Bronwen Achterberg"),
                ("record_restored", "Bronwen Achterberg"),
            ]
            assert find.people.count(session) == len(cast.everyone)


def test_after_a_restore_everybody_signs_in_anew(
    app: Flask, databases: Databases, office: Office, cast: Cast, tmp_path: Path
) -> None:
    """Who signed out, or moved on, since the backup was made would else be in again."""
    with office.record.writing() as session:
        visit, secret = Visit.begin(here(session, cast.auditor), at=office.real_now())
        session.add(visit)
    run(app, "backup", str(tmp_path / "backup"))
    with hall(databases, "sqlite") as (other, there):
        assert run(other, "restore", str(tmp_path / "backup"), *BY)[0] == 0
        with there.record.reading() as session:
            found = find.visits.visit(session, secret)
            assert found is not None
            assert found.ended_at is not None


def test_after_a_restore_no_message_goes_out_before_somebody_has_looked(databases: Databases, file: Path) -> None:
    """What was sent since the backup was made waits in it still, and would be sent again."""
    with hall(databases, "sqlite") as (app, office):
        _, said, _ = run(app, "restore", str(file), *BY)
        assert "flask messages resume --as bronwen@example.org" in said
        assert run(app, "deliver", "--until-empty")[0] == 0
        with office.record.reading() as session:
            assert (find.notices.paused(session), len(find.notices.in_state(session, NoticeState.WAITING))) == (True, 2)
        assert run(app, "messages", "resume", *BY)[0] == 0
        run(app, "deliver", "--until-empty")
        with office.record.reading() as session:
            assert find.notices.in_state(session, NoticeState.WAITING) == []


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("nobody@example.org", "nobody@example.org is not on the people list."),
        ("asha@example.org", "asha@example.org may not do this."),
    ],
)
def test_who_may_not_restores_nothing(databases: Databases, file: Path, who: str, sentence: str) -> None:
    with hall(databases, "sqlite") as (app, office):
        status, said, wrong = run(app, "restore", str(file), "--as", who)
        assert (status, said, sentence in wrong) == (1, "", True)
        with office.record.reading() as session:
            assert session.scalars(select(tables.person.c.id)).all() == []


def test_nothing_is_restored_over_something(app: Flask, file: Path) -> None:
    status, said, wrong = run(app, "restore", str(file), *BY)
    assert (status, said, "This database is not empty" in wrong) == (1, "", True)


def test_what_is_no_backup_touches_nothing(databases: Databases, file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-40])
    with hall(databases, "sqlite") as (app, _):
        status, said, wrong = run(app, "restore", str(file), *BY)
        assert (status, said, "is no whole backup" in wrong) == (1, "", True)
        assert migrate.current(app.extensions["auditloop"].settings.database_url) is None


def test_other_tables_than_the_ones_here_are_refused(databases: Databases, file: Path) -> None:
    with hall(databases, "sqlite") as (app, _):
        migrate.upgrade(app.extensions["auditloop"].settings.database_url, "0012")
        status, _, wrong = run(app, "restore", str(file), *BY)
        assert (status, wrong.startswith("The tables are at 0012, and this version of Auditloop knows")) == (1, True)
