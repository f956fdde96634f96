"""`flask history verify`: whether anything of what was sealed was changed, taken out, put in or moved."""

import json

import click

from commands.speaking import AS_JSON, Group
from commands.tools import office
from programme.sealing import Head, Verdict
from storage import sealing

NAMED_AT_MOST = 20

history = Group("history", help="Who did what, and when.")


@history.command("verify")
@click.option("--head", "noted", metavar="PLACE:SEAL", help="A head of the chain that was noted before.")
@AS_JSON
def verify(noted: str | None, *, as_json: bool) -> None:
    """Look at every entry and every seal; exit status 1 where something is not as it was sealed."""
    head = Head.read(noted) if noted else None
    with office().record.reading() as session:
        verdict = sealing.verify(session, noted=head)
    if as_json:
        click.echo(json.dumps(_as_json(verdict), ensure_ascii=False, indent=2))
    else:
        say(verdict)
    if not verdict.is_well:
        raise SystemExit(1)


def say(verdict: Verdict) -> None:
    """What is wrong on stderr; else that nothing is, and the head, to be noted outside of this database."""
    if not verdict.is_well:
        click.echo("\n".join(["The history is not as it was sealed.", *verdict.faults]), err=True)
        return
    click.echo(f"Nothing has been changed: {verdict.sealed} entries sealed, {verdict.waiting} wait.")
    if verdict.late:
        newest = ", ".join(map(str, verdict.late[-NAMED_AT_MOST:]))
        click.echo(
            f"{len(verdict.late)} were sealed after one with a higher number, as of two that are written at the same"
            f" moment; many, or old ones, want a look: {newest}"
        )
    if verdict.sealed:
        click.echo(f"The head of the chain, to be noted outside of this database: {verdict.head}")


def _as_json(verdict: Verdict) -> dict[str, object]:
    return {
        "well": verdict.is_well,
        "sealed": verdict.sealed,
        "waiting": verdict.waiting,
        "head": str(verdict.head),
        "late": verdict.late,
        "faults": verdict.faults,
    }
