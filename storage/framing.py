"""A month's frame of children's records, taken in from a table of rows: by command and page alike."""

from programme import case_file
from programme.calendar import first_of
from programme.case_file import Register
from programme.people import Person
from programme.rows import Table, must_have_columns
from storage import find, journal
from storage.office import Office
from storage.session import Session


def take_in(session: Session, office: Office, month: str, table: Table, by: Person) -> Register:
    """Add or change every record of the table and put it in the month's frame; all of it or nothing."""
    first_of(month)
    must_have_columns(table.headings, case_file.COLUMNS, case_file.OPTIONAL)
    roster = find.people.roster(session)
    frame = {entry.case.ref: entry for entry in find.cases.frame(session, month)}
    known = find.cases.by_refs(session, [row.cells.get("case_ref", "").strip() for row in table.rows])
    register = Register(month, roster.people, roster.teams, known, frame)
    facts = register.take_in(table.rows)
    session.add_all(register.frame.values())
    journal.write(session, facts, by=by, at=office.now(session))
    return register
