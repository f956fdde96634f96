"""Five to five on a Friday before a bank holiday: an auditor finds a child who is unsafe, and nobody is at their desk.

The alert goes wider until somebody has it, at any hour; the child is seen on Saturday; nobody is written to on Sunday
and on the holiday; and it stands in Tuesday's message until a Head of Service who does not own it agrees.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from programme.allocations import Allocation
from programme.words import Role
from storage import find
from storage.session import Session
from tests.bot.conftest import ON_ONE_DATABASE
from tests.databases import Databases, Kind
from tests.journeys import alerts
from tests.journeys.browser import picture
from tests.journeys.month import Month, done, email_of, given_out, month_begun

pytestmark = ON_ONE_DATABASE

DIRECTOR = "marguerite.oyelaran@fernleigh.example"


@pytest.fixture
def may(databases: Databases, database_kind: Kind, tmp_path: Path) -> Iterator[Month]:
    """Of 2018: it begins on Tuesday 1 May, and Monday 7 May is a bank holiday."""
    begins = datetime(2018, 5, 1, 9, tzinfo=UTC)
    with databases.lent(database_kind) as url, month_begun(tmp_path, url, begins, sample=1) as month:
        yield month


def test_a_child_who_is_unsafe_at_five_to_five(may: Month) -> None:
    may.at(1)
    [audit] = given_out(may, 1)
    may.at(4, time(16, 55))
    with may.page(email_of(audit), f"/returns/{audit.token}") as page:
        told = alerts.raised_in_the_form(may, audit, page)
        head = head_of(may, audit)
        others = sorted(heads(may) - {head})
        assert heard(may) == sorted(told)
        for hour, wider in ((time(17, 25), told), (time(17, 55), others), (time(18, 55), [DIRECTOR])):
            before = heard(may)
            may.at(4, hour)
            assert heard(may) == sorted([*before, *wider])
        alerts.sent_in(may, audit, page, rang="The duty team", at="16:57")
    alerts.taken_in_hand(may, DIRECTOR, [*told, *others, DIRECTOR])
    may.at(5, time(11, 30))
    alerts.said_to_be_safe(may, DIRECTOR, day="2018-05-05", hour="10:15")
    quiet = heard_of_everything(may)
    for day in (6, 7):
        may.at(day)
    assert heard_of_everything(may) == quiet
    may.at(8)
    assert stands_for(may) == sorted([*told, *others, DIRECTOR])
    with may.page(head, "/safety/SAFE-2018-05-01") as page:
        picture(page, "alert-to-agree")
        page.get_by_role("button", name="I agree").click()
        done(page)
        picture(page, "alert-ended")
    may.sweep()
    assert may.somebody(DIRECTOR).message("agreed on")["ts"]
    may.at(9)
    assert stands_for(may) == sorted([*told, *others, DIRECTOR])


def head_of(may: Month, audit: Allocation) -> str:
    head = may.circle(audit).head_of_service
    assert head is not None
    return head.email


def heads(may: Month) -> set[str]:
    def found(session: Session) -> set[str]:
        return {each.email for each in find.people.with_role(session, Role.HEAD_OF_SERVICE, on=may.first)}

    return may.look(found)


def heard(may: Month) -> list[str]:
    """Who has been told of the alert so far, once for each time."""
    return sorted(each.person.email for each in may.sent() if each.kind in {"child_unsafe", "alert_repeated"})


def heard_of_everything(may: Month) -> int:
    return sum(may.messages().values())


def stands_for(may: Month) -> list[str]:
    """Who was told in a day's message that it has not come to its end."""

    def found(session: Session) -> list[str]:
        return sorted(each.person.email for each in find.notices.of_kind(session, "alert_stands"))

    return may.look(found)
