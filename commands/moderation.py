"""`flask moderation …`: the day on which pairs read what came back."""

from datetime import datetime

import click

from commands.speaking import AS, DRY_RUN, Group, running_the_month
from commands.tools import office
from programme.moderation_day import Meeting
from programme.pairing import Pairing
from storage import moderation_day, pairing

HOUR = click.DateTime(["%H:%M"])

moderation = Group("moderation", help="The second reading of what came back.")


@moderation.command("assign")
@click.argument("month")
@click.option(
    "--only", multiple=True, metavar="AUD-…", help="Only this audit, before the day; several times if wanted."
)
@click.option("--begins", type=HOUR, help="When the day begins, like 10:00; the policy's hour if it is not said.")
@click.option("--ends", type=HOUR, help="When it ends.")
@click.option("--place", help="A room, or the link of a video call.")
@DRY_RUN
@AS
def assign(
    month: str,
    only: tuple[str, ...],
    begins: datetime | None,
    ends: datetime | None,
    place: str | None,
    as_email: str,
    *,
    dry_run: bool,
) -> None:
    """Open the moderation day of MONTH: a pair from different services for each audit that came back and has none."""
    with office().record.writing(only_try=dry_run) as session:
        by = running_the_month(session, as_email, on=office().today(session))
        if only:
            made = pairing.assign(session, office(), month, by, only=only)
        else:
            usual = moderation_day.meeting_of(session, office(), month)
            meeting = Meeting(
                begins.time() if begins else usual.begins,
                ends.time() if ends else usual.ends,
                usual.place if place is None else place,
            )
            made = moderation_day.open_(session, office(), month, by, meeting=meeting).pairing
    _say(made)
    many = len(made.paired)
    click.echo(
        f"{many} would be given to pairs." if dry_run else f"{many} given to pairs; each moderator gets one message."
    )


def _say(made: Pairing) -> None:
    for each in made.paired:
        click.echo(f"{each.audit.ref}  {each.pair[0].email}  {each.pair[1].email}  {each.because}")
    for left in made.unpaired:
        click.echo(f"{left.audit.ref}  no pair: {left.because}")
