"""`flask reminders …`: what a day's reminders would be, without sending any."""

from datetime import datetime

import click

from commands.speaking import AS_JSON, Group, listed
from commands.tools import office
from programme.calendar import london
from programme.chasing import HEAD_TOLD
from storage import chasing
from storage.chasing import ACTIONS, AUDITS, MODERATION, Ladder, Subject
from storage.session import Session

reminders = Group("reminders", help="Reminders to auditors, to owners of actions and to Heads of Service.")


@reminders.command("preview")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day; today if none is named.")
@AS_JSON
def preview(day: datetime | None, *, as_json: bool) -> None:
    """Who would be told what on a day, if nobody answers until then. Nothing is sent."""
    with office().record.reading() as session:
        on = day.date() if day else office().today(session)
        mornings = chasing.mornings(session, office(), on=on)
        when = f"{london(mornings[-1]):%Y-%m-%d %H:%M}" if mornings else ""
        rows = [
            {"when": when, "to": to, "about": about, "step": step}
            for to, about, step in [
                *_told(session, AUDITS, mornings),
                *_told(session, ACTIONS, mornings),
                *_told(session, MODERATION, mornings),
            ]
        ]
    listed(rows, as_json=as_json, empty=f"Nobody is reminded of anything on {on:%A %-d %B %Y}.")


def _told(session: Session, ladder: Ladder[Subject], mornings: list[datetime]) -> list[tuple[str, str, str]]:
    """To whom, about what, by which step."""
    told: list[tuple[str, str, str]] = []
    leader = chasing.who_leads(session, at=mornings[-1]) if mornings else None
    for chased in chasing.foreseen(session, office(), ladder, days=mornings):
        head = leader(chased.person) if leader and chased.due.tells_head else None
        told += [(head.email, chased.ref, HEAD_TOLD)] if head else []
        told += [(chased.person.email, chased.ref, step)] if (step := chased.hears) else []
    return told
