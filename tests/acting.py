"""The steps of an action, taken on record by one of the cast, and what there is to see of them."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from programme.actions import Action, Confirmation
from programme.extending import Extension, Wanted
from programme.people import Person
from programme.refusals import Refusal
from storage import clock, extending, find
from storage.office import Office
from storage.session import Session
from tests.bot.test_actions import REF
from tests.cast import NOW, here

SAID = Confirmation("Visited at home.", NOW.date(), "She sleeps at home again.", NOW.date(), "Case note of today")
WHY = "The school is closed until then."
NEXT_WEEK, LATER, TOO_LATE = date(2017, 10, 16), date(2017, 10, 23), date(2017, 10, 24)
Write = Callable[[Session], object]


def does(office: Office, write: Write) -> None:
    with office.record.writing() as session:
        write(session)


def refused(office: Office, write: Write) -> Refusal:
    with pytest.raises(Refusal) as found, office.record.writing() as session:
        write(session)
    return found.value


def asks_for_time(office: Office, by: Person, until: date | None, why: str = WHY, ref: str = REF) -> Write:
    return lambda session: extending.ask(session, office, ref, Wanted(until, why), here(session, by))


def seen(office: Office, ref: str = REF) -> Action:
    with office.record.reading() as session:
        return find.actions.by_ref(session, ref)


def extensions(office: Office) -> list[Extension]:
    with office.record.reading() as session:
        return list(find.action_steps.extensions(session, find.actions.by_ref(session, REF)))


def told(office: Office, kind: str) -> list[str]:
    with office.record.reading() as session:
        return sorted(notice.person.email for notice in find.notices.of_kind(session, kind))


def on_behalf_of(office: Office, kind: str) -> list[tuple[str, str]]:
    with office.record.reading() as session:
        lines = find.history.lines(session, about=REF, on=None, before=None, at_most=50)
        return [(each.who, each.kind) for each in lines if each.kind == kind]


def it_is(office: Office, at: datetime) -> None:
    does(office, lambda session: clock.set_to(session, at))
