"""Audits close by themselves, once, when nothing is left of them; and open again when something is."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import func, select

from programme.calendar import at_london
from programme.closing_policy import CheckRules
from programme.people import Person
from programme.rulebook import Rulebook
from programme.words import Priority
from scheduler.sweeps.checks import Checks
from scheduler.sweeps.closing import ClosingAudits
from storage import checking, clock, find, tables
from storage.office import Office
from tests.bot.test_actions import REF as ACTION
from tests.cast import Cast, here
from tests.checked import MISSING, confirm, every_one, learning, told
from tests.moderated import REF, agreed_and_sent, agreed_by, judged, pair, read_by, returned, sent_out
from tests.storage.crowd import at_once


def with_outcome(office: Office, cast: Cast, *priorities: Priority) -> None:
    """Its outcome stands, and with it its actions have begun."""
    returned(office, cast, sets=priorities)
    agreed_and_sent(office, cast, pair(office, cast))


def never(office: Office) -> Office:
    """Where the lot falls on no action."""
    return replace(office, rules=Rulebook.of(replace(office.rules.policy, checks=CheckRules(one_in=10**9))))


def closed(office: Office) -> bool:
    with office.record.reading() as session:
        return find.closings.of_audit(session, find.allocations.by_ref(session, REF)) is not None


def left(office: Office) -> list[str]:
    with office.record.reading() as session:
        return list(find.closings.what_is_left(session, find.allocations.by_ref(session, REF)).said())


def happened(office: Office, kind: str) -> int:
    with office.record.reading() as session:
        return (
            session.scalar(select(func.count()).where(tables.history.c.about == REF, tables.history.c.kind == kind))
            or 0
        )


def shows(office: Office, by: Person) -> None:
    with office.record.writing() as session:
        checking.shown(session, office, ACTION, here(session, by))


def goes_on_to(office: Office, day: date) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(day, time(9, 30)))


def test_one_without_actions_closes_with_its_outcome(office: Office, cast: Cast) -> None:
    returned(office, cast, sets=())
    assert (ClosingAudits(office).sweep(), left(office)) == (0, ["its outcome is to come"])
    both = pair(office, cast)
    read_by(office, *both)
    assert ClosingAudits(office).sweep() == 0
    agreed_by(office, both[0], judged())
    assert (ClosingAudits(office).sweep(), left(office)) == (0, ["its outcome is to come"])
    sent_out(office, cast)
    assert ([ClosingAudits(office).sweep() for _ in range(2)], closed(office)) == ([1, 0], True)
    assert told(office, "audit_closed") == sorted([cast.auditor.email, cast.team_manager.email])


def test_an_open_action_keeps_it_open(office: Office, cast: Cast) -> None:
    with_outcome(office, cast, Priority.STANDARD)
    assert (ClosingAudits(office).sweep(), left(office)) == (0, ["1 action to be done"])


def test_so_does_a_confirmation_of_which_nobody_has_said_whether_it_is_checked(office: Office, cast: Cast) -> None:
    with_outcome(office, cast, Priority.STANDARD)
    confirm(office, cast)
    assert (ClosingAudits(office).sweep(), left(office)) == (0, ["1 action to be checked"])
    Checks(never(office)).sweep()
    assert (ClosingAudits(office).sweep(), closed(office)) == (1, True)


def test_and_a_check_that_is_not_made(office: Office, cast: Cast) -> None:
    kwame = learning(office)
    with_outcome(office, cast, Priority.STANDARD)
    confirm(office, cast)
    Checks(every_one(office)).sweep()
    assert (ClosingAudits(office).sweep(), left(office)) == (0, ["1 action to be checked"])
    shows(office, kwame)
    assert (ClosingAudits(office).sweep(), closed(office)) == (1, True)


def test_reopened_it_is_open_until_all_is_done_again(office: Office, cast: Cast) -> None:
    kwame = learning(office)
    with_outcome(office, cast, Priority.STANDARD)
    confirm(office, cast)
    Checks(never(office)).sweep()
    ClosingAudits(office).sweep()
    with office.record.writing() as session:
        found = find.actions.by_ref(session, ACTION, to_change=True)
        found.reopen(at=office.now(session), rules=office.rules)
    assert ([ClosingAudits(office).sweep() for _ in range(2)], closed(office)) == ([1, 0], False)
    goes_on_to(office, date(2017, 10, 5))
    confirm(office, cast)
    Checks(every_one(office)).sweep()
    assert (ClosingAudits(office).sweep(), closed(office)) == (0, False)
    with office.record.writing() as session:
        checking.reopen(session, office, ACTION, MISSING, here(session, kwame))
    goes_on_to(office, date(2017, 10, 6))
    confirm(office, cast)
    Checks(never(office)).sweep()
    assert (ClosingAudits(office).sweep(), closed(office)) == (1, True)
    assert (happened(office, "audit_closed"), happened(office, "audit_reopened")) == (2, 1)


@pytest.mark.parametrize("workers", [4])
def test_of_many_workers_one_closes_it(office: Office, cast: Cast, workers: int) -> None:
    with_outcome(office, cast)
    assert sorted(at_once(workers, lambda _: ClosingAudits(office).sweep())) == [0] * (workers - 1) + [1]
    assert (happened(office, "audit_closed"), len(told(office, "audit_closed"))) == (1, 2)
