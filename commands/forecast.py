"""`flask round forecast` and `flask round target`: what a month is likely to bring, and what it aims at."""

import json

import click

from commands.round import MONTH
from commands.speaking import AS, AS_JSON, running_the_month
from commands.steering import round_
from commands.tools import office
from storage import forecasting

__all__ = ["round_"]  # the group, with what hangs on it here


@round_.command("forecast")
@MONTH
@AS
@AS_JSON
def foresee(month: str, as_email: str, *, as_json: bool) -> None:
    """How many audits are likely to come back, what that rests on, and how to close the gap."""
    with office().record.reading() as session:
        running_the_month(session, as_email, on=office().today(session))
        made = forecasting.made(session, office(), month)
    if as_json:
        of, who = made.returns, made.moderators
        said = {"target": made.target, "at_best": made.at_best, "low": of.low, "likely": of.likely, "high": of.high}
        said |= {"moderators": who.likely, "moderators_needed": made.moderators_needed}
        click.echo(json.dumps(said, indent=2))
        return
    for line in (made.first_line, made.likely_line, *made.lines, made.moderators_line):
        click.echo(line)
    for way in made.ways:
        click.echo(f"  {way.words}{f': about {way.adds} more' if way.adds else ''}")


@round_.command("target")
@MONTH
@click.argument("target", type=int)
@AS
def aim_at(month: str, target: int, as_email: str) -> None:
    """Set another target for the month; your name stands with it."""
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        of = forecasting.set_target(session, office(), month, target, by)
    click.echo(f"{of.name} aims at {target}, by {by.name}.")
