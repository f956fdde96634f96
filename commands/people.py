"""`flask people …`: the list of who takes part, and who is away or has moved on."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from commands.speaking import AS, AS_JSON, DRY_RUN, Group, acting, listed, running_the_month
from commands.tools import office, tools
from programme import leave_file, people_file
from programme.absences import Away
from programme.accounts import why_not_reached
from programme.people_file import Entry
from programme.refusals import NotAllowed, Refusal
from programme.rows import must_have_columns
from programme.words import AbsenceKind, Role
from storage import find, handing_on, introducing, staffing
from storage.session import Session
from storage.staffing import BroughtIn

DAY = click.DateTime(["%Y-%m-%d"])

WAYS = {"on": "by e-mail", "off": "in chat, or by e-mail where they are not there"}

people = Group("people", help="Who takes part.")


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@DRY_RUN
@AS
def import_file(file: Path, as_email: str, *, dry_run: bool) -> None:
    """Add or change the people in FILE (CSV or XLSX)."""
    table = tools().read_table(file)
    must_have_columns(table.headings, people_file.COLUMNS, people_file.OPTIONAL)
    entries = people_file.read(table.rows)
    with office().record.writing(only_try=dry_run) as session:
        first = "" if find.people.count(session) else _first_administrator(entries, as_email)
        by = None if first else running_the_month(session, as_email, on=office().today(session))
        changes = find.people.roster(session).changes(entries)
        brought = staffing.bring_in(session, office(), entries, by, first=first)
        _say(changes, brought, dry_run=dry_run)


def _first_administrator(entries: list[Entry], email: str) -> str:
    """On an empty list, whoever is an administrator in the file may bring it in."""
    wanted = email.strip().lower()
    if any(entry.email == wanted and Role.ADMINISTRATOR in entry.roles for entry in entries):
        return wanted
    msg = f"The people list is empty, and {email} is not an administrator in this file. Say who is, with --as."
    raise NotAllowed(msg, field="as")


def _say(changes: Sequence[str], brought: BroughtIn, *, dry_run: bool) -> None:
    click.echo(
        f"{brought.people} people {'would be ' if dry_run else ''}taken in, {len(changes)} of them new or changed."
    )
    for change in changes if dry_run else ():
        click.echo(f"  {change}")
    if brought.missing:
        click.echo(f"{len(brought.missing)} on the list are not in the file. Nobody was removed. Have they moved on?")
        for person in brought.missing:
            click.echo(f"  flask people leave {person.email} YYYY-MM-DD --as …")


@people.command("list")
@click.option("--unmatched", is_flag=True, help="Only those in post whom no message reaches in Slack, and why.")
@AS_JSON
def list_people(*, as_json: bool, unmatched: bool) -> None:
    """Everyone on the list."""
    with office().record.reading() as session:
        rows = _unmatched(session) if unmatched else _everyone(session)
    nobody = "Nobody is on the list yet. Bring it in: flask people import FILE --as EMAIL"
    listed(rows, as_json=as_json, empty="Everybody in post is reached in Slack." if unmatched else nobody)


def _everyone(session: Session) -> list[dict[str, object]]:
    return [
        {
            "email": person.email,
            "name": person.name,
            "roles": ";".join(sorted(person.roles)),
            "team": person.team.name if person.team else "",
            "group": person.group.name if person.group else "",
            "ends": person.ends,
        }
        for person in find.people.everyone(session)
    ]


def _unmatched(session: Session) -> list[dict[str, object]]:
    missing = find.people.not_reached_on_slack(session, on=office().today(session))
    return [{"email": person.email, "name": person.name, "why": why_not_reached(person)} for person in missing]


@people.command("match")
@click.argument("email")
@click.argument("slack_id", metavar="SLACK_ID")
@DRY_RUN
@AS
def match(email: str, slack_id: str, as_email: str, *, dry_run: bool) -> None:
    """The Slack account SLACK_ID, which came to the bot and was not known, is somebody's."""
    with office().record.writing(only_try=dry_run) as session:
        by = running_the_month(session, as_email, on=office().today(session))
        person = introducing.match(session, office(), email, slack_id, by)
    click.echo(f"{person.name} {'would be' if dry_run else 'is'} matched. What waited for them goes out.")


@people.command("unmatch")
@click.argument("email")
@DRY_RUN
@AS
def unmatch(email: str, as_email: str, *, dry_run: bool) -> None:
    """A wrong match is taken back: nothing more is sent there."""
    with office().record.writing(only_try=dry_run) as session:
        by = running_the_month(session, as_email, on=office().today(session))
        person = introducing.take_back(session, office(), email, by)
    click.echo(f"The match of {person.name} {'would be' if dry_run else 'is'} taken back.")


@people.command("leave")
@click.argument("email")
@click.argument("last_day", type=DAY)
@AS
def leave(email: str, last_day: datetime, as_email: str) -> None:
    """Somebody moves on: their last day."""
    with office().record.writing() as session:
        by = acting(session, as_email, on=office().today(session))
        person = staffing.named(session, email)
        staffing.move_on(session, office(), person, last_day.date(), by)
        still_open = handing_on.still_open(session, person).said
    click.echo(f"{email} moves on after {last_day:%-d %B %Y}.")
    if still_open:
        click.echo(f"Still open with them: {still_open}. Hand it on: flask people hand-on {email} --as …")


@people.command("stay")
@click.argument("email")
@AS
def stay(email: str, as_email: str) -> None:
    """Somebody who was to move on stays after all."""
    with office().record.writing() as session:
        by = acting(session, as_email, on=office().today(session))
        staffing.stay(session, office(), staffing.named(session, email), by)
    click.echo(f"{email} stays.")


@people.command("hand-on")
@click.argument("email")
@click.option("--to", "takers", multiple=True, metavar="AUD-…=EMAIL", help="Who takes an audit.")
@DRY_RUN
@AS
def hand_on(email: str, takers: tuple[str, ...], as_email: str, *, dry_run: bool) -> None:
    """What is open with somebody who moves on or cannot finish goes to somebody else."""
    with office().record.writing(only_try=dry_run) as session:
        by = running_the_month(session, as_email, on=office().today(session))
        chosen = dict(_parted(each) for each in takers)
        handed = handing_on.hand_on(session, office(), staffing.named(session, email), by, chosen)
    click.echo(f"{'This would be done. ' if dry_run else ''}{handed.said}")


def _parted(said: str) -> tuple[str, str]:
    ref, is_said, email = said.partition("=")
    if not is_said:
        msg = f"'{said}' does not say who takes it. Write AUD-2017-10-01=name@example.org."
        raise Refusal(msg, field="to")
    return ref.strip(), email.strip()


@people.command("absent")
@click.argument("email")
@click.argument("first_day", type=DAY)
@click.argument("last_day", type=DAY)
@click.option("--kind", type=click.Choice([*AbsenceKind]), help="Whether they finish what is open, or hand it over.")
@AS
def absent(email: str, first_day: datetime, last_day: datetime, kind: str | None, as_email: str) -> None:
    """Somebody is not at work, from FIRST_DAY to LAST_DAY."""
    said = Away(first_day.date(), last_day.date(), AbsenceKind(kind) if kind else None)
    with office().record.writing() as session:
        by = acting(session, as_email, on=office().today(session))
        [person] = find.people.with_absences(session, [staffing.named(session, email).id or 0])
        staffing.note_away(session, office(), person, said, by)
    click.echo(f"{email} is not at work from {first_day:%-d %B} to {last_day:%-d %B %Y}.")


@people.command("leave-import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@DRY_RUN
@AS
def leave_import(file: Path, as_email: str, *, dry_run: bool) -> None:
    """When many people are not at work: FILE is CSV, XLSX or a calendar (.ics)."""
    table = tools().read_table(file)
    must_have_columns(table.headings, leave_file.COLUMNS, leave_file.OPTIONAL)
    with office().record.writing(only_try=dry_run) as session:
        by = running_the_month(session, as_email, on=office().today(session))
        leave = leave_file.read(table.rows, find.people.roster(session).people)
        new = staffing.note_leave(session, office(), leave, by)
    click.echo(f"{len(leave)} absences read, {new} {'would be new' if dry_run else 'new'}.")


@people.command("tie")
@click.argument("email")
@click.argument("apart_from")
@AS
def tie(email: str, apart_from: str, as_email: str) -> None:
    """Somebody should not read APART_FROM: a child's record, or any of a team. Why is not asked."""
    with office().record.writing() as session:
        by = acting(session, as_email, on=office().today(session))
        person = find.people.whole(session, staffing.named(session, email).id or 0)
        staffing.declare(session, office(), person, apart_from, by)
    click.echo(f"{email} is not given {apart_from}.")


@people.command("email")
@click.argument("email")
@click.argument("choice", type=click.Choice(["on", "off"]))
@AS
def by_email(email: str, choice: str, as_email: str) -> None:
    """Messages reach somebody by e-mail (on), or in chat again (off)."""
    with office().record.writing() as session:
        by = acting(session, as_email, on=office().today(session))
        staffing.choose_way(session, office(), staffing.named(session, email), by, by_email=choice == "on")
    said = "by e-mail, once that is set up" if choice == "on" and not office().has_email else WAYS[choice]
    click.echo(f"Messages reach {email} {said}.")


@people.command("apart")
@click.argument("email")
@click.argument("other")
@AS
def apart(email: str, other: str, as_email: str) -> None:
    """Of two people neither reads what the other did. Why is not asked."""
    with office().record.writing() as session:
        by = acting(session, as_email, on=office().today(session))
        staffing.keep_apart(session, office(), staffing.named(session, email), other, by)
    click.echo(f"{email} and {other} are kept apart.")


@people.command("deputy")
@click.argument("email")
@click.argument("deputy")
@click.argument("first_day", type=DAY)
@click.argument("last_day", type=DAY)
@AS
def name_deputy(email: str, deputy: str, first_day: datetime, last_day: datetime, as_email: str) -> None:
    """DEPUTY stands in for somebody, from FIRST_DAY to LAST_DAY."""
    with office().record.writing() as session:
        by = acting(session, as_email, on=office().today(session))
        person = find.people.whole(session, staffing.named(session, email).id or 0)
        staffing.name_deputy(session, office(), person, deputy, (first_day.date(), last_day.date()), by)
    click.echo(f"{deputy} stands in for {email} from {first_day:%-d %B} to {last_day:%-d %B %Y}.")
