"""`flask db …`: the tables, brought up to date or back."""

import click

from commands.speaking import Group
from commands.tools import tools
from storage import migrate

db = Group("db", help="The database's tables.")


@db.command("upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the tables up to date (safe when several start at once)."""
    migrate.upgrade(tools().settings.database_url, revision)
    click.echo(f"The tables are at {migrate.current(tools().settings.database_url)}.")


@db.command("downgrade")
@click.argument("revision")
@click.confirmation_option(prompt="This can lose what newer tables hold. Make a backup first. Go on?")
def downgrade(revision: str) -> None:
    """Bring the tables back to REVISION, or to `base`."""
    migrate.downgrade(tools().settings.database_url, revision)
    click.echo(f"The tables are at {migrate.current(tools().settings.database_url) or 'base'}.")


@db.command("current")
def current() -> None:
    """Say which revision the tables are at."""
    click.echo(migrate.current(tools().settings.database_url) or "There are no tables yet. Make them: flask db upgrade")
