"""`flask returns …`: audits from a file or the response sheet, and what waits for a decision."""

import sys
from pathlib import Path

import click

from commands.imports import FILE
from commands.speaking import AS, AS_JSON, Group, listed
from commands.tools import office, tools
from storage import find

returns = Group("returns", help="Audits as they come back.")


@returns.command("import")
@FILE
@AS
@click.option("--dry-run", is_flag=True, help="Say what would be taken in or held, and change nothing.")
def import_returns(file: Path, as_email: str, *, dry_run: bool) -> None:
    """Take in the audits in FILE (CSV or XLSX), all of them or none."""
    table = tools().read_table(file)
    with click.progressbar(length=len(table.rows), label="Audits", file=sys.stderr) as bar:
        said = tools().returns.import_rows(table, as_email, dry_run=dry_run, progress=lambda _done, _of: bar.update(1))
    click.echo(said)


@returns.command("poll")
def poll() -> None:
    """Look into the response sheet now."""
    click.echo(tools().returns.poll())


@returns.command("held")
@AS_JSON
def held(*, as_json: bool) -> None:
    """What arrived and waits for a decision, oldest first."""
    with office().record.reading() as session:
        rows = [
            {
                "ref": each.ref,
                "audit": each.allocation.ref if each.allocation else "",
                "from": each.respondent,
                "by": each.source,
                "arrived": each.arrived_at,
                "because": each.held_because,
                "to_mend": "; ".join(str(fault) for fault in each.to_mend),
            }
            for each in find.submissions.held(session)
        ]
    listed(rows, as_json=as_json, empty="Nothing is held.")
