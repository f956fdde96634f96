"""`flask actions …`: what is to be done for children, as far as the host may list it: references, owners and days."""

from collections.abc import Callable

import click

from commands.speaking import AS_JSON, Group, acting, listed
from commands.tools import office
from programme.calendar import london
from programme.overseeing import BANDS, Shown, Wanted, as_row
from programme.words import Priority
from storage import find

actions = Group("actions", help="What audits ask to be done for children.")

FILTERS = (
    click.option("--service", default="", metavar="NAME", help="Of children of this service's teams."),
    click.option("--team", default="", metavar="NAME", help="Of this team's children."),
    click.option("--owner", default="", metavar="EMAIL", help="Of this owner."),
    click.option(
        "--priority", default="", type=click.Choice(["", *(each.value for each in Priority)]), show_choices=True
    ),
    click.option(
        "--open-for", default="", type=click.Choice(["", *(band.key for band in BANDS)]), help="Working days."
    ),
    click.option(
        "--late-for", default="", type=click.Choice(["", *(band.key for band in BANDS)]), help="Working days."
    ),
    click.option("--as", "as_email", default="", metavar="EMAIL", help="Only what this person may see."),
    AS_JSON,
)


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """The filters of the page, as options."""
    for option in reversed(FILTERS):
        command = option(command)
    return command


@actions.command("list")
@click.option("--state", default=Shown.OPEN.value, type=click.Choice([each.value for each in Shown]), show_default=True)
@filtered
def list_actions(*, state: str, as_json: bool, as_email: str, **said: str) -> None:
    """Those still to do, the most pressing first; or those that stand otherwise."""
    _list(Wanted.of(said | {"state": state}), as_email, as_json=as_json, empty="There is no such action.")


@actions.command("overdue")
@filtered
def overdue(*, as_json: bool, as_email: str, **said: str) -> None:
    """Those whose day is past, the most pressing first."""
    _list(Wanted.of(said | {"state": Shown.OVERDUE}), as_email, as_json=as_json, empty="No action is overdue.")


def _list(wanted: Wanted, as_email: str, *, as_json: bool, empty: str) -> None:
    with office().record.reading() as session:
        at, calendar = office().now(session), office().rules.calendar
        reader = acting(session, as_email, on=london(at).date()) if as_email else None
        found = find.actions.seen_by(session, reader, wanted, at=at, calendar=calendar)
        rows = [as_row(each, at=at, calendar=calendar) for each in found]
    listed(rows, as_json=as_json, empty=empty)
