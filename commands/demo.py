"""`flask demo …`: load the fictional borough's clock and move it. Only where DEMO is on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from commands.speaking import Group
from commands.tools import office, tools
from programme.calendar import LONDON, london
from programme.refusals import Refusal
from storage import clock
from storage.session import Session

demo = Group("demo", help="The demo's clock.")


@demo.command("load")
def load() -> None:
    """Load the fictional borough into an empty database."""
    tools().load_demo()
    with _clock_of_the_demo() as session:
        _say(session)


@demo.command("clock")
@click.argument("instant")
def set_clock(instant: str) -> None:
    """Set the demo's clock to INSTANT (2017-10-05T09:30, London time unless a zone is given)."""
    try:
        wanted = datetime.fromisoformat(instant)
    except ValueError as error:
        msg = f"'{instant}' is not a time. Write it as 2017-10-05T09:30."
        raise Refusal(msg) from error
    with _clock_of_the_demo() as session:
        clock.set_to(session, (wanted if wanted.tzinfo else wanted.replace(tzinfo=LONDON)).astimezone(UTC))
        _say(session)


@demo.command("next-day")
def next_day() -> None:
    """Go on to the next working day, 09:05."""
    with _clock_of_the_demo() as session:
        clock.set_to(session, office().rules.calendar.next_morning(office().today(session)))
        _say(session)


@contextmanager
def _clock_of_the_demo() -> Iterator[Session]:
    if not office().demo:
        msg = "This is not a demo, so its clock cannot be moved. A demo runs with DEMO=1."
        raise Refusal(msg)
    with office().record.writing() as session:
        yield session


def _say(session: Session) -> None:
    click.echo(f"The demo's clock stands at {london(office().now(session)):%A %-d %B %Y, %H:%M}.")
