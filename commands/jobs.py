"""`flask jobs …`: how what happens by itself stands, and letting it try again what it set aside."""

from collections.abc import Sequence
from typing import Any

import click

from commands.speaking import AS, AS_JSON, Group, listed, running_the_month
from commands.tools import office
from programme.jobs import Job, SetAside
from storage import aside, find

jobs = Group("jobs", help="What the worker does by itself.")


@jobs.command("list")
@AS_JSON
def list_(*, as_json: bool) -> None:
    """Each job, how it stands, and what is set aside."""
    with office().record.reading() as session:
        at = office().real_now()
        things = find.jobs.set_aside(session)
        rows = [_row(job, job.how_it_stands(at), things) for job in find.jobs.every(session)]
    listed(rows, as_json=as_json, empty="No worker has run yet. Start one: flask worker")


def _row(job: Job, stands: str, things: Sequence[SetAside]) -> dict[str, Any]:
    return {
        "job": job.name,
        "stands": stands,
        "purpose": job.purpose,
        "last": f"{job.ended_at:%Y-%m-%d %H:%M} UTC" if job.ended_at else None,
        "failures": {"failures": job.failures, "the last": job.code} if job.failures else None,
        "set_aside": {each.about: f"{each.code}, {each.tries} times" for each in things if each.job == job.name}
        or None,
    }


@jobs.command("history")
@click.argument("job")
@AS_JSON
def history(job: str, *, as_json: bool) -> None:
    """What a job did that acts once for each date or quarter of an hour, for ninety days."""
    with office().record.reading() as session:
        rows = [{**run._asdict(), "outcome": run.outcome or "under way"} for run in find.jobs.runs_of(session, job)]
    listed(rows, as_json=as_json, empty=f"No run of {job} is kept. See: flask jobs list")


@jobs.command("release")
@click.argument("reference")
@AS
def release(reference: str, as_email: str) -> None:
    """Let what was set aside be tried again at once."""
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        aside.release(session, office(), reference, by)
    click.echo(f"{reference} is tried again at the worker's next turn.")
