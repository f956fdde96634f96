"""`flask backup` and `flask restore`: everything in one file, and back into an empty database of either kind."""

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from commands.history import say
from commands.speaking import AS, Refusing, running_the_month
from commands.tools import office, tools
from storage import backing_up, backup_file, migrate, sealing


@click.command("backup", cls=Refusing)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write everything that is on record into FILE, which must not be there yet. Others may go on working."""
    revision = backing_up.at_head(tools().settings.database_url)
    with office().record.reading() as session:
        rows = backing_up.count(session)
        with click.progressbar(length=rows, label="Rows", file=sys.stderr) as bar:
            backing_up.write(session, office(), file, revision, bar.update)
        verdict = sealing.verify(session)
    click.echo(
        f"Written to {file}: {rows} rows. It holds children's records: encrypt it before it leaves this machine."
    )
    say(verdict)


@click.command("restore", cls=Refusing)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@AS
@with_appcontext
def restore(file: Path, as_email: str) -> None:
    """Bring everything in FILE back, into an empty database: all of it or nothing. Messages are paused then."""
    url = tools().settings.database_url
    contents = backup_file.checked(file)
    if migrate.current(url) is None:
        migrate.upgrade(url)
    backing_up.must_be_for(contents, backing_up.at_head(url))
    with office().record.writing() as session:
        with click.progressbar(length=contents.rows, label="Rows", file=sys.stderr) as bar:
            backing_up.fill(session, file, bar.update)
        by = running_the_month(session, as_email, on=office().today(session))
        backing_up.note(session, office(), contents, by)
    with office().record.reading() as session:
        verdict = sealing.verify(session)
    click.echo(f"Restored: {contents.rows} rows, as they were at {contents.made_at}.")
    say(verdict)
    click.echo(
        "Messages are paused: what was sent since then would be sent again. See what waits, then let them go:\n"
        f"  flask deliver --until-empty --dry-run\n  flask messages resume --as {as_email}"
    )
