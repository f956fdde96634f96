"""How the command line speaks: a refusal on stderr with exit status 1, and who a command acts as."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import click
from flask.cli import AppGroup

from programme.people import Person
from programme.refusals import Faulty, NotAllowed, Refusal
from storage import find
from storage.session import Session

AS = click.option(
    "--as", "as_email", metavar="EMAIL", required=True, help="Who you are: your address on the people list."
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would be done or sent, and leave everything as it is.")


class Refusing(click.Command):
    """A command in which a refusal is an answer: its sentence on stderr, exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            click.echo(refusal.sentence, err=True)
            for fault in refusal.faults if isinstance(refusal, Faulty) else ():
                click.echo(f"  {fault}", err=True)
            ctx.exit(1)


class Group(Refusing, AppGroup):
    """A group of such commands."""


def acting(session: Session, email: str, *, on: date) -> Person:
    """The person a command acts as; they must be on the list and in post."""
    person = find.people.by_email(session, email)
    if person is None or not person.is_here_on(on):
        msg = f"{email} is not on the people list. Say who you are with --as."
        raise Refusal(msg, field="as")
    return person


def running_the_month(session: Session, email: str, *, on: date) -> Person:
    """The administrator or the Head of Quality, by address."""
    person = acting(session, email, on=on)
    if not person.can_run_rounds():
        msg = f"{email} may not do this. The administrator and the Head of Quality run the month."
        raise NotAllowed(msg)
    return person


def listed(rows: Iterable[Mapping[str, object]], *, as_json: bool, empty: str) -> None:
    """Print rows as JSON or as lines; say so when there is nothing."""
    rows = list(rows)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        return
    for row in rows:
        click.echo("  ".join(filter(None, map(_said, row.values()))))
    if not rows:
        click.echo(empty)


def _said(value: object) -> str:
    """One value in a line; what is a mapping in JSON reads 'name: value, name: value'."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {each}" for name, each in value.items())
    return "" if value is None else str(value)
