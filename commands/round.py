"""`flask round …`: a month from opening to closing, one command a step."""

import click

from commands.speaking import AS, AS_JSON, DRY_RUN, Group, listed, running_the_month
from commands.tools import office
from programme.matching import Matching
from programme.rounds import Round, dates_out_of_month
from programme.words import AllocationState
from storage import allocating, find
from storage import month as months
from storage.session import Session

MONTH = click.argument("month")

round_ = Group("round", help="One month's audit.")


@round_.command("open")
@MONTH
@click.option("--theme", required=True, help="What this month looks at.")
@click.option("--group", "group_name", default="", help="Whose turn it is; the rota says so where nobody else does.")
@click.option("--target", type=int, help="How many audits are wanted; the policy says so where nobody else does.")
@AS
def open_(month: str, theme: str, group_name: str, target: int | None, as_email: str) -> None:
    """Open the round of MONTH (2017-10), with the dates the policy gives it."""
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        opened = months.open_month(session, office(), month, by, theme=theme, group=group_name, target=target)
    _say_dates(opened)


def _say_dates(opened: Round) -> None:
    dates = {"given out": opened.distribute_on, "due": opened.due_on, "moderation": opened.moderate_on}
    said = ", ".join(f"{step} {day:%a %-d %b}" for step, day in dates.items() if day)
    click.echo(f"{opened.name}: {opened.theme}. Target {opened.target}. {said}.")
    for late in dates_out_of_month(opened):
        click.echo(f"  {opened.name} has too few working days: {late}.")


@round_.command("allocate")
@MONTH
@click.option("--apply", is_flag=True, help="Do it. Without this, only a preview is shown.")
@AS
def allocate(month: str, as_email: str, *, apply: bool) -> None:
    """Match the sample to auditors: a preview, each line with its reason, or the real thing with --apply."""
    with office().record.reading() as session:
        running_the_month(session, as_email, on=office().today(session))
        _say_matching(allocating.preview(session, office(), month))
    if not apply:
        click.echo("This is a preview. To do it: add --apply")
        return
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        done = allocating.allocate(session, office(), month, by)
    click.echo(f"{done.said}. To give them out: flask round distribute {month} --as {as_email}")


def _say_matching(matching: Matching) -> None:
    for line in matching.placed:
        click.echo(f"{line.case.ref}  {line.person.email}  {line.reason}")
    for move in matching.moves:
        to = f"to {move.after.email}" if move.after else "to nobody"
        click.echo(f"{move.case.ref}  moves from {move.before.email} {to}: {move.because}")
    for out in matching.left_out:
        refs = ", ".join(case.ref for case in out.cases)
        click.echo(f"{refs}  not placed: {out.said}")


@round_.command("distribute")
@MONTH
@click.option("--most", type=click.IntRange(min=1), help="Give out so many now; the others keep till later.")
@DRY_RUN
@AS
def distribute(month: str, most: int | None, as_email: str, *, dry_run: bool) -> None:
    """Give out what is allocated, in order; the worker sends the messages."""
    if dry_run:
        _preview_distribution(month, most, as_email)
        return
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        given = months.give_out(session, office(), month, by, most=most)
    click.echo(f"{len(given)} given out; the worker sends the messages.")


def _preview_distribution(month: str, most: int | None, as_email: str) -> None:
    with office().record.reading() as session:
        running_the_month(session, as_email, on=office().today(session))
        of = find.rounds.of_month(session, month)
        for allocation in find.allocations.in_state(session, of, AllocationState.PLANNED)[:most]:
            to = allocation.holder.email if allocation.holder else ""
            click.echo(f"{allocation.ref}  {allocation.case.ref}  to {to}")


@round_.command("withdraw")
@MONTH
@click.option("--reason", required=True, help="Why; auditors do not read it.")
@click.option("--yes", "sure", is_flag=True, help="Do not ask once more.")
@DRY_RUN
@AS
def withdraw(month: str, reason: str, as_email: str, *, sure: bool, dry_run: bool) -> None:
    """Take back a month that was given out by mistake; whoever had heard of it gets one apology."""
    with office().record.writing(only_try=True) as session:
        by = running_the_month(session, as_email, on=office().today(session))
        out = [audit.ref for audit in months.withdraw(session, office(), month, by, reason)]
    click.echo(f"Still out: {', '.join(out)}.")
    if dry_run:
        return
    if not sure:
        click.confirm(f"Withdraw {len(out)} and tell whoever had heard of it? This cannot be undone", abort=True)
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        withdrawn = months.withdraw(session, office(), month, by, reason)
    click.echo(f"{len(withdrawn)} withdrawn; the worker sends the apologies.")


@round_.command("show")
@MONTH
@AS_JSON
def show(month: str, *, as_json: bool) -> None:
    """The round: every allocation and how it stands."""
    with office().record.reading() as session:
        of = find.rounds.of_month(session, month)
        rows = [
            {
                "ref": allocation.ref,
                "case": allocation.case.ref,
                "holder": allocation.holder.email if allocation.holder else "",
                "state": allocation.state.value,
                "due": allocation.due_on,
                "returned": allocation.returned_at,
            }
            for allocation in find.allocations.of_round(session, of)
        ]
        if not as_json:
            _say_account(session, of)
    listed(rows, as_json=as_json, empty="Nothing is allocated yet: flask round allocate")


def _say_account(session: Session, of: Round) -> None:
    account = find.rounds.account_of(session, of)
    click.echo(f"{of.name}, {of.theme}: {of.state}. Target {of.target or 'not recorded'}.")
    click.echo(f"{account.given_out} given out, {account.returned} returned, {account.awaiting} still out.")


@round_.command("close")
@MONTH
@AS
def close(month: str, as_email: str) -> None:
    """Close the round; nothing more is expected in it."""
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        closed = months.close(session, office(), month, by)
    click.echo(f"{closed.name} is closed.")
