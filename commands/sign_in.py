"""`flask sign-in link`: a one-time link, for whoever has the host: the first person in, or when Slack is down."""

import click

from commands.speaking import Group
from commands.tools import office
from programme.refusals import Refusal
from storage import coming_in, find

sign_in = Group("sign-in", help="Coming in without chat.")


@sign_in.command("link")
@click.argument("email")
def link(email: str) -> None:
    """Print a link that signs EMAIL in, once, within ten minutes."""
    with office().record.writing() as session:
        person = find.people.by_email(session, email)
        if person is None or not person.is_here_on(office().today(session)):
            msg = f"{email} is not on the people list."
            raise Refusal(msg, field="email")
        address = coming_in.link_for(session, office(), person, by_way_of="host")
    click.echo(address)
