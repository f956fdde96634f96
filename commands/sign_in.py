"""`flask sign-in link`: a one-time link, for whoever has the host: the first person in, or when Slack is down."""

import click

from commands.speaking import Group
from commands.tools import office
from programme.facts import SignInLinkMade
from programme.refusals import Refusal
from programme.sign_in import SignInLink
from storage import find, journal

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
        made, secret = SignInLink.make(person, leads_to="/", at=office().real_now())
        session.add(made)
        facts = [SignInLinkMade(about=person.reference, by_way_of="host")]
        journal.write(session, facts, by=None, at=office().now(session), on_behalf_of=person)
    click.echo(office().link(f"/sign-in/{secret}"))
