"""`flask round pin|bar|free`: what is said by hand of one line of the allocation."""

from collections.abc import Callable

import click

from commands.round import MONTH
from commands.sample import CASE, round_
from commands.speaking import AS, running_the_month
from commands.tools import office
from programme.people import Person
from programme.steering import Steer
from storage import allocating
from storage.office import Office
from storage.session import Session

__all__ = ["round_"]  # the group, with what hangs on it here

WHO = click.argument("email", metavar="AUDITOR")

Say = Callable[[Session, Office, str, str, str, Person], Steer]


@round_.command("pin")
@MONTH
@CASE
@WHO
@AS
def pin(month: str, case_ref: str, email: str, as_email: str) -> None:
    """Give a child's record to this auditor, where no hard rule keeps it from them."""
    _say(allocating.pin, month, case_ref, email, as_email)
    click.echo(f"{case_ref} goes to {email}. Look at it: flask round allocate {month} --as {as_email}")


@round_.command("bar")
@MONTH
@CASE
@WHO
@AS
def bar(month: str, case_ref: str, email: str, as_email: str) -> None:
    """Keep a child's record from this auditor."""
    _say(allocating.bar, month, case_ref, email, as_email)
    click.echo(f"{case_ref} does not go to {email}. Look at it: flask round allocate {month} --as {as_email}")


@round_.command("free")
@MONTH
@CASE
@WHO
@AS
def free(month: str, case_ref: str, email: str, as_email: str) -> None:
    """Take back what was said by hand of a child's record and an auditor."""
    _say(allocating.free, month, case_ref, email, as_email)
    click.echo(f"Nothing is said by hand of {case_ref} and {email} any more.")


def _say(say: Say, month: str, case_ref: str, email: str, as_email: str) -> None:
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        say(session, office(), month, case_ref, email, by)
