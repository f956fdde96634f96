"""`flask people …`: the list of who takes part, and who is away or has moved on."""

from datetime import date, datetime
from pathlib import Path

import click

from commands.speaking import AS, AS_JSON, Group, acting, listed, running_the_month
from commands.tools import office, tools
from programme import people_file
from programme.absences import Absence
from programme.people import Person
from programme.people_file import Entry, Roster
from programme.refusals import NotAllowed, Refusal
from programme.rows import must_have_columns
from programme.words import Role
from storage import find, journal, turning
from storage.session import Session

DAY = click.DateTime(["%Y-%m-%d"])

people = Group("people", help="Who takes part.")


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@AS
def import_file(file: Path, as_email: str) -> None:
    """Add or change the people in FILE (CSV or XLSX)."""
    table = tools().read_table(file)
    must_have_columns(table.headings, people_file.COLUMNS)
    entries = people_file.read(table.rows)
    with office().record.writing() as session:
        now = office().now(session)
        first = None if find.people.count(session) else _first_administrator(entries, as_email)
        by = None if first else running_the_month(session, as_email, on=office().today(session))
        roster = find.people.roster(session)
        facts = roster.take_in(entries, on=office().today(session))
        session.add_all(roster.people.values())
        session.flush()
        journal.write(session, facts, by=by or roster.people[str(first)], at=now)
        turning.follow(session, office(), by=by, at=now)
        _say(entries, roster)


def _first_administrator(entries: list[Entry], email: str) -> str:
    """On an empty list, whoever is an administrator in the file may bring it in."""
    wanted = email.strip().lower()
    if any(entry.email == wanted and Role.ADMINISTRATOR in entry.roles for entry in entries):
        return wanted
    msg = f"The people list is empty, and {email} is not an administrator in this file. Say who is, with --as."
    raise NotAllowed(msg, field="as")


def _say(entries: list[Entry], roster: Roster) -> None:
    click.echo(f"{len(entries)} people taken in.")
    missing = roster.missing_from(entries)
    if missing:
        click.echo(f"{len(missing)} on the list are not in the file. Nobody was removed. Have they moved on?")
        for person in missing:
            click.echo(f"  flask people leave {person.email} YYYY-MM-DD --as …")


@people.command("list")
@AS_JSON
def list_people(*, as_json: bool) -> None:
    """Everyone on the list."""
    with office().record.reading() as session:
        rows = [
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
    listed(rows, as_json=as_json, empty="Nobody is on the list yet. Bring it in: flask people import FILE --as EMAIL")


@people.command("leave")
@click.argument("email")
@click.argument("last_day", type=DAY)
@AS
def leave(email: str, last_day: datetime, as_email: str) -> None:
    """Somebody moves on: their last day."""
    with office().record.writing() as session:
        by = running_the_month(session, as_email, on=office().today(session))
        person = _named(session, email)
        now = office().now(session)
        journal.write(session, person.moves_on(last_day.date()), by=by, at=now)
        turning.follow(session, office(), by=by, at=now)
    click.echo(f"{email} moves on after {last_day:%-d %B %Y}.")


@people.command("absent")
@click.argument("email")
@click.argument("first_day", type=DAY)
@click.argument("last_day", type=DAY)
@AS
def absent(email: str, first_day: datetime, last_day: datetime, as_email: str) -> None:
    """Somebody is not at work, from FIRST_DAY to LAST_DAY."""
    with office().record.writing() as session:
        by = acting(session, as_email, on=office().today(session))
        person = _named(session, email)
        if not by.can_record_absence_of(person):
            msg = f"{as_email} may not say when {email} is not at work."
            raise NotAllowed(msg)
        absence = Absence(person, *_days(first_day.date(), last_day.date()))
        session.add(absence)
        journal.write(session, absence.facts(), by=by, at=office().now(session), on_behalf_of=person)
    click.echo(f"{email} is not at work from {first_day:%-d %B} to {last_day:%-d %B %Y}.")


def _days(first: date, last: date) -> tuple[date, date]:
    if last < first:
        msg = "The last day is before the first."
        raise Refusal(msg, field="last_day")
    return first, last


def _named(session: Session, email: str) -> Person:
    person = find.people.by_email(session, email)
    if person is None:
        msg = f"{email} is not on the people list."
        raise Refusal(msg, field="email")
    return person
