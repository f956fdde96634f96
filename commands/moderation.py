"""`flask moderation …`: the pairs that read what came back."""

import click

from commands.speaking import AS, DRY_RUN, Group, running_the_month
from commands.tools import office
from programme.pairing import Pairing
from storage import pairing

moderation = Group("moderation", help="The second reading of what came back.")


@moderation.command("assign")
@click.argument("month")
@click.option("--only", multiple=True, metavar="AUD-…", help="Only this audit; may be given several times.")
@DRY_RUN
@AS
def assign(month: str, only: tuple[str, ...], as_email: str, *, dry_run: bool) -> None:
    """Name a pair from different services for each audit of MONTH that came back and has none."""
    if dry_run:
        with office().record.reading() as session:
            running_the_month(session, as_email, on=office().today(session))
            _say(pairing.preview(session, office(), month, only))
        return
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        made = pairing.assign(session, office(), month, by, only=only)
    _say(made)
    click.echo(f"{len(made.paired)} given to pairs; each moderator gets one message.")


def _say(made: Pairing) -> None:
    for each in made.paired:
        click.echo(f"{each.audit.ref}  {each.pair[0].email}  {each.pair[1].email}  {each.because}")
    for left in made.unpaired:
        click.echo(f"{left.audit.ref}  no pair: {left.because}")
