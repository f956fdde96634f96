"""`flask tool import`, `flask cases import` and `flask months import`: what comes in as a file, whole or not at all."""

from collections.abc import Mapping
from pathlib import Path
from tomllib import TOMLDecodeError
from tomllib import load as read_toml
from typing import Any

import click
from yaml import YAMLError, safe_load

from commands.speaking import AS, Group, running_the_month
from commands.tools import office, tools
from programme import month_file, tool_file
from programme.refusals import Refusal
from storage import find, framing, journal, tooling

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))

tool = Group("tool", help="The audit tool: questions and grade scale.")
cases = Group("cases", help="A month's frame of children's records.")
months = Group("months", help="Past months, as history.")


@tool.command("import")
@FILE
@AS
def import_tool(file: Path, as_email: str) -> None:
    """Bring in the audit tool in FILE (TOML)."""
    with file.open("rb") as opened:
        try:
            parsed = read_toml(opened)
        except (TOMLDecodeError, UnicodeDecodeError) as error:
            msg = f"{file.name} is not a TOML file that can be read: {error}"
            raise Refusal(msg) from error
    brought, facts = tool_file.read(parsed)
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        tooling.keep(session, office(), brought, facts, by=by)
    click.echo(f"Audit tool {brought.version}: {len(brought.questions)} questions taken in.")
    for warning in brought.warnings():
        click.echo(f"  {warning}")


@cases.command("import")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--sheet", metavar="KEY", help="A Google sheet instead of a file, by the key in its address.")
@click.option("--tab", default="", help="Which tab of the sheet; the first, if you do not say.")
@click.option("--round", "month", required=True, metavar="YYYY-MM", help="The month whose frame this is.")
@AS
def import_cases(file: Path | None, sheet: str | None, tab: str, month: str, as_email: str) -> None:
    """Bring in the frame of children's records in FILE (CSV or XLSX), or in a Google sheet."""
    if (file is None) is (sheet is None):
        raise click.UsageError("Name a FILE, or a sheet with --sheet KEY.")
    table = tools().read_table(file) if file else tools().read_sheet(sheet or "", tab)
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        register = framing.take_in(session, office(), month, table, by)
    click.echo(f"{len(table.rows)} children's records taken in; the frame for {month} has {len(register.frame)}.")


@months.command("import")
@FILE
@AS
def import_months(file: Path, as_email: str) -> None:
    """Bring in past months in FILE (YAML) as history."""
    parsed = _yaml(file)
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        known = frozenset(past.month for past in find.rounds.all_months(session))
        cases_known = find.cases.by_refs(session, month_file.case_refs(parsed))
        past_months = month_file.read(parsed, cases=cases_known, known_months=known)
        for past in past_months:
            session.add_all([past.round, *(each for row in past.rows for each in row if each)])
            journal.write(session, past.facts(), by=by, at=office().now(session))
    for past in past_months:
        click.echo(f"{past.round.month} {past.round.theme}: {len(past.rows)} rows taken in as history.")


def _yaml(file: Path) -> Mapping[str, Any]:
    try:
        parsed = safe_load(file.read_text(encoding="utf-8"))
    except (YAMLError, UnicodeDecodeError) as error:
        msg = f"{file.name} is not a YAML file that can be read: {error}"
        raise Refusal(msg) from error
    if not isinstance(parsed, dict):
        msg = f"{file.name} does not hold months. It needs a list under the name 'months'."
        raise Refusal(msg)
    return parsed
