"""When a message may come: what can wait comes in the hours of a working day, to who is at work."""

from programme.chasing import is_reminding_time, next_reminding_time
from programme.notices import Dropped, Letter
from programme.people import Person
from storage.office import Office
from storage.session import Session


def in_the_hours(session: Session, office: Office, reader: Person, letter: Letter) -> Letter | Dropped:
    """Now, or not before the next morning on which anybody is reminded; where it was sent already it stands."""
    now = office.now(session)
    if reader.is_at_work_on(office.today(session)) and is_reminding_time(now, office.rules):
        return letter
    return Dropped("not now", instead=letter, until=next_reminding_time(now, office.rules))
