"""App Home as a test reads it, and what happens to people so that there is something on it."""

from datetime import date, datetime, time
from typing import Any

from bot.home import view_for
from programme.actions import Action
from programme.calendar import at_london, end_of
from programme.people import Person, RoleHeld
from programme.words import ActionState, Priority, Role
from storage import clock, find
from storage.office import Office
from tests.bot.conftest import words_of
from tests.cast import NOW, Cast, here

TO_THE_PAGES = "Sign in to the pages"


def view(office: Office, person: Person) -> dict[str, Any]:
    with office.record.reading() as session:
        return view_for(session, office, here(session, person))


def home(office: Office, person: Person) -> list[str]:
    """Every line down to the way to the pages, which ends everybody's Home."""
    said = words_of(view(office, person)["blocks"]).split("\n")
    return said[: said.index(TO_THE_PAGES)]


def last_row(office: Office, person: Person) -> list[str]:
    """The buttons for the words of /audit."""
    said = words_of(view(office, person)["blocks"]).split("\n")
    return said[said.index(TO_THE_PAGES) + 1 : -1]


def raised(office: Office, cast: Cast, *wanted: tuple[Priority, date], owner: Person | None = None) -> None:
    """Actions of the auditor's audit, numbered as they are given; an immediate one is due at nine that day."""
    with office.record.writing() as session:
        audit, whose = find.allocations.by_ref(session, "AUD-2017-10-01"), here(session, owner or cast.team_manager)
        for n, (priority, day) in enumerate(wanted, start=1):
            due = at_london(day, time(9)) if priority is Priority.IMMEDIATE else end_of(day)
            made = (f"ACT-2017-10-01-{n}", audit, "Stepcanary", "Measurecanary", priority, due, whose)
            session.add(Action(*made, ActionState.SENT, sent_at=NOW))


def goes_on_to(office: Office, at: datetime) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at)


def joins(office: Office, name: str, *roles: Role) -> Person:
    """Somebody with these roles comes onto the list, and into chat."""
    first = name.split(maxsplit=1)[0]
    with office.record.writing() as session:
        held = [RoleHeld(role) for role in roles]
        person = Person(f"{first.lower()}@example.org", name, held, slack_user_id=f"U{first.upper()}")
        session.add(person)
    return person


def october(day: int) -> date:
    return date(2017, 10, day)
