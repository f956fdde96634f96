"""`flask tool form` and `flask tool link`: the script that makes a Google Form, and the map that it gives back."""

import json
from pathlib import Path

import click

from commands.imports import FILE, tool
from commands.speaking import AS, running_the_month
from commands.tools import office, tools
from programme.refusals import NotFound, Refusal
from programme.tool import AuditTool
from storage import find, journal
from storage.session import Session

__all__ = ["tool"]  # the group, with what hangs on it here


@tool.command("form")
@click.argument("version")
def print_form_script(version: str) -> None:
    """Print the script that makes the Google Form of VERSION, ready to paste."""
    with office().record.reading() as session:
        click.echo(tools().form_script(_version(session, version), office().link("/forms/returns")))


@tool.command("link")
@FILE
@AS
def link_form(file: Path, as_email: str) -> None:
    """Bring in the map that the script logged (FILE, JSON): from then on links come filled in."""
    said = _json(file)
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        linked = _version(session, str(said.get("version", "")))
        journal.write(session, tools().take_form_map(linked, said), by=by, at=office().now(session))
    click.echo(f"Audit tool {linked.version} knows its Google Form: {len(linked.form_items)} questions.")


def _version(session: Session, version: str) -> AuditTool:
    found = find.tools.by_version(session, version)
    if found is None:
        known = ", ".join(each.version for each in find.tools.every(session)) or "none yet"
        msg = f"There is no version '{version}' of the audit tool. Known: {known}."
        raise NotFound(msg)
    return found


def _json(file: Path) -> dict[str, object]:
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        msg = f"{file.name} is not JSON. Save there what the script logged, from {{ to }}."
        raise Refusal(msg) from error
    return said if isinstance(said, dict) else {}
