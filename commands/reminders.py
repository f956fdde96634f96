"""`flask reminders …`: what a day's reminders would be, without sending any."""

from datetime import datetime

import click

from commands.speaking import AS_JSON, Group, acting, listed
from commands.tools import office
from programme.calendar import london
from programme.post_words import step_in_words
from storage import outbox

reminders = Group("reminders", help="Reminders to auditors, to owners of actions and to Heads of Service.")


@reminders.command("preview")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day; today if none is named.")
@click.option("--as", "as_email", metavar="EMAIL", default="", help="As this person may see it; all of it without.")
@AS_JSON
def preview(day: datetime | None, as_email: str, *, as_json: bool) -> None:
    """Who would be told what on a day, if nobody answers until then. Nothing is sent."""
    with office().record.reading() as session:
        on = day.date() if day else office().today(session)
        reader = acting(session, as_email, on=office().today(session)) if as_email else None
        rows = [
            {
                "when": f"{london(each.at):%Y-%m-%d %H:%M}",
                "to": each.to.email,
                "about": each.about,
                "step": each.step,
                "why": step_in_words(each.step),
            }
            for each in outbox.foreseen(session, office(), on=on)
            if reader is None or reader.can_see_messages_of(each.to)
        ]
    listed(rows, as_json=as_json, empty=f"Nobody is reminded of anything on {on:%A %-d %B %Y}.")
