"""`flask report …`: the month at a glance, and its way from draft to issued."""

import json
from pathlib import Path

import click

from commands.speaking import AS, Group, acting
from commands.tools import office
from programme.refusals import Refusal
from storage import find, reporting

MONTH = click.argument("month")
FORMAT = click.option("--format", "as_format", default="json", show_default=True, help="Only json for now.")
INTO = click.option(
    "-o", "into", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Write it to this file."
)

report = Group("report", help="The month's report.")


@report.command("show")
@MONTH
@FORMAT
@INTO
def show(month: str, as_format: str, into: Path | None) -> None:
    """Print the month's figures."""
    if as_format != "json":
        msg = f"A report cannot be written as '{as_format}' yet. Use --format json, or look at the page."
        raise Refusal(msg, field="format")
    with office().record.reading() as session:
        said = reporting.figures(session, office(), find.rounds.of_month(session, month))
    written = json.dumps(said, ensure_ascii=False, indent=2)
    if into is None:
        click.echo(written)
    else:
        into.write_text(f"{written}\n", encoding="utf-8")
        click.echo(f"Written to {into}.")


@report.command("draft")
@MONTH
@AS
def draft(month: str, as_email: str) -> None:
    """Draft the report of MONTH: what is still out is not returned any more."""
    with office().record.writing() as session:
        by = acting(session, as_email, on=office().today(session))
        drafted = reporting.draft(session, office(), month, by)
    click.echo(f"The report for {drafted.round.name} is drafted. To read it: flask report show {month}")


@report.command("sign-off")
@MONTH
@AS
def sign_off(month: str, as_email: str) -> None:
    """Sign the report off, as leadership or the Director."""
    with office().record.writing() as session:
        by = acting(session, as_email, on=office().today(session))
        signed = reporting.sign_off(session, office(), month, by)
    click.echo(f"The report for {signed.round.name} is signed off. The Head of Quality can issue it.")


@report.command("issue")
@MONTH
@click.option("--gap", default="", help="Where the account does not balance: what is missing and why, to be printed.")
@AS
def issue(month: str, gap: str, as_email: str) -> None:
    """Issue the report: its figures are frozen."""
    with office().record.writing() as session:
        by = acting(session, as_email, on=office().today(session))
        issued = reporting.issue(session, office(), month, by, gap=gap)
    click.echo(f"The report for {issued.round.name} is issued. Its figures stay as they are.")
