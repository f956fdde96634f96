"""`flask round sample|release|pick|partner`: what is audited in a month."""

import click

from commands.rota import round_
from commands.round import MONTH
from commands.speaking import AS, DRY_RUN, running_the_month
from commands.tools import office
from programme import coverage
from programme.drawing import Frame, draw
from programme.refusals import Refusal
from storage import find, sampling

__all__ = ["round_"]  # the group, with what hangs on it here

CASE = click.argument("case_ref", metavar="CASE")


@round_.command("sample")
@MONTH
@click.option("--size", type=click.IntRange(min=1), help="How many children's records to draw.")
@click.option("--seed", type=int, help="Any number; the same seed and frame give the same sample.")
@click.option("--check", is_flag=True, help="Draw once more from what was kept, and see that it is the same.")
@DRY_RUN
@AS
def sample(month: str, size: int | None, seed: int | None, as_email: str, *, check: bool, dry_run: bool) -> None:
    """Draw the month's sample at random from its frame, or check the one that was drawn."""
    if check:
        _say_checked(month, as_email)
        return
    if size is None or seed is None:
        raise click.UsageError("Say --size and --seed, or --check.")
    if dry_run:
        _say_what_would_be(month, as_email, size, seed)
        return
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        drawn = sampling.draw(session, office(), month, by, size=size, seed=seed)
        frame = Frame.kept(drawn.frame)
    click.echo(f"{size} of {len(frame.records)} children's records drawn with seed {seed}.")
    _say_left_out(frame)
    click.echo("Their social workers and Team Managers are told; the worker sends the messages.")


def _say_checked(month: str, as_email: str) -> None:
    with office().record.reading() as session:
        running_the_month(session, as_email, on=office().today(session))
        checked = sampling.check(session, month)
    for ref in checked.drawn.places:
        click.echo(ref)
    for ref in checked.drawn.reserves:
        click.echo(f"{ref}  reserve")
    click.echo(f"The same as on record. Seed {checked.sample.seed}, digest {checked.sample.digest}")


def _say_what_would_be(month: str, as_email: str, size: int, seed: int) -> None:
    with office().record.reading() as session:
        running_the_month(session, as_email, on=office().today(session))
        find.rounds.of_month(session, month)
        if find.samples.of_month(session, month):
            msg = "This month's sample has been drawn. See it again with --check."
            raise Refusal(msg)
        frame = sampling.frame(session, office(), month)
    drawn = draw(frame, size=size, seed=seed)
    for each in coverage.coverage(frame.records, drawn.places):
        click.echo(f"{each.kind}  {each.name}  {each.drawn} of {each.known}")
    _say_left_out(frame)
    click.echo("Nothing has been drawn: this was a dry run.")


def _say_left_out(frame: Frame) -> None:
    for because, many in coverage.left_out(frame.records):
        click.echo(f"  not drawn, {because}: {many}")


@round_.command("release")
@MONTH
@CASE
@click.option("--to", "email", required=True, metavar="EMAIL", help="The one auditor who reads it.")
@AS
def release(month: str, case_ref: str, email: str, as_email: str) -> None:
    """Let a restricted record, or one on hold, be drawn, for one auditor. Only the Head of Quality may."""
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        sampling.release(session, office(), month, case_ref, email, by)
    click.echo(f"{case_ref} may be drawn; only {email} reads it.")


@round_.command("pick")
@MONTH
@CASE
@click.option("--because", required=True, help="Why this record and not one at random.")
@AS
def pick(month: str, case_ref: str, because: str, as_email: str) -> None:
    """Put a record into the sample by hand; it is counted apart."""
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        sampling.pick(session, office(), month, case_ref, because, by)
    click.echo(f"{case_ref} is in the sample, picked by hand.")


@round_.command("partner")
@MONTH
@click.option("--service", required=True, help="The partner service.")
@click.option("--audits", type=int, required=True, help="How many audits it made.")
@AS
def partner(month: str, service: str, audits: int, as_email: str) -> None:
    """Enter how many audits a partner service made; they are shown apart from our own."""
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        entered = sampling.enter_partner(session, office(), month, service, audits, by)
    click.echo(f"{entered.service}: {entered.audits} audits in {month}, beside our own.")
