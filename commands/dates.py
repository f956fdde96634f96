"""`flask round dates`: every date of a month, and moving some of them before it is given out."""

from datetime import date, datetime

import click

from commands.forecast import round_
from commands.round import MONTH
from commands.speaking import AS, DRY_RUN, running_the_month
from commands.tools import office
from programme import dates
from storage import dating, find

__all__ = ["round_"]  # the group, with what hangs on it here

NAMES = {name.removesuffix("_on").removesuffix("_by").replace("_", "-"): name for name in dates.LABELS}


@round_.command("dates")
@MONTH
@click.option(
    "--move",
    "moves",
    multiple=True,
    nargs=2,
    type=(click.Choice([*NAMES]), click.DateTime(["%Y-%m-%d"])),
    metavar="DATE YYYY-MM-DD",
    help=f"Which date moves to which day: {', '.join(NAMES)}.",
)
@DRY_RUN
@AS
def show_or_move(month: str, moves: tuple[tuple[str, datetime], ...], as_email: str, *, dry_run: bool) -> None:
    """Show the dates of a month; with --move, move them and what follows. --dry-run shows what would move."""
    chosen: dict[str, date] = {NAMES[name]: day.date() for name, day in moves}
    with office().record.writing(only_try=dry_run) as session:
        by = running_the_month(session, as_email, on=office().today(session))
        of = find.rounds.of_month(session, month)
        lines = dates.lines(of, chosen, today=office().today(session), rules=office().rules)
        if chosen:
            dating.move(session, office(), month, chosen, by)
    for line in lines:
        moved = f" → {line.then:%A %-d %B %Y}" if line.moves else ""
        click.echo(f"{line.label}: {line.now:%A %-d %B %Y}{moved}{f' ({line.note})' if line.note else ''}")
    if chosen:
        click.echo("Nothing was changed: this was a dry run." if dry_run else "Moved. Reminders follow.")
