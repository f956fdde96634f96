"""What the worker does, by hand: `flask worker`, `flask socket`, `flask sweep`, `flask deliver`, `flask messages …`."""

import click
from flask.cli import with_appcontext

from commands.speaking import AS, DRY_RUN, Group, running_the_month
from commands.tools import office, tools
from programme.notices import Letter
from programme.words import NoticeState
from storage import find, outbox

messages = Group("messages", help="All messages, at once.")


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Send messages and do what is due, until stopped."""
    tools().worker().run_until_told()


@click.command("socket")
@with_appcontext
def socket() -> None:
    """Listen to Slack by Socket Mode: for trying out, where Slack cannot reach this machine."""
    settings = tools().settings
    if settings.is_https and not settings.is_local:
        msg = (
            f"Socket Mode is for trying out only. Slack sends what happens to {settings.address}/slack/events:"
            " turn Socket Mode off in the app's settings and start the web process."
        )
        raise click.ClickException(msg)
    if not settings.slack_app_token.get_secret_value():
        msg = "SLACK_APP_TOKEN is missing. Make one with the scope connections:write in the app's settings."
        raise click.ClickException(msg)
    tools().run_socket()


@click.command("sweep")
@with_appcontext
def sweep() -> None:
    """Do once what the worker does by itself."""
    tools().worker().sweep_once()


@click.command("deliver")
@click.option("--until-empty", is_flag=True, required=True, help="Send everything that is due, then stop.")
@DRY_RUN
@with_appcontext
def deliver(*, until_empty: bool, dry_run: bool) -> None:
    """Send what is due now."""
    if dry_run:
        _preview()
    elif until_empty:
        click.echo(f"{tools().worker().deliver_until_empty()} messages dealt with.")


def _preview() -> None:
    with office().record.reading() as session:
        for notice in find.notices.in_state(session, NoticeState.WAITING):
            drawn = tools().render(session, notice)
            said = drawn.text if isinstance(drawn, Letter) else f"not sent now: {drawn.why}"
            click.echo(f"{notice.due_at:%Y-%m-%d %H:%M}  {notice.person.email}  {notice.about}  {said}")


@messages.command("pause")
@AS
def pause(as_email: str) -> None:
    """Hold all messages back but those that say a child may be unsafe now; nothing is lost."""
    with office().record.writing() as session:
        outbox.pause(session, office(), running_the_month(session, as_email, on=office().today(session)))
    click.echo("No message goes out until: flask messages resume --as …")


@messages.command("resume")
@AS
def resume(as_email: str) -> None:
    """Let messages go out again, of the same only the newest, and none at night."""
    with office().record.writing() as session:
        outbox.resume(session, office(), running_the_month(session, as_email, on=office().today(session)))
    click.echo("Messages go out again.")
