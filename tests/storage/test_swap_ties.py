"""What ties people counts in a swap as in an allocation: when it is asked for, and again when it is accepted."""

from collections.abc import Callable
from datetime import date

import pytest

from programme.people import Person, RoleHeld
from programme.refusals import Refusal
from programme.rota import Turn
from programme.steering import Steer
from programme.ties import Conflict, KeptApart, Posting
from programme.words import AllocationState, Reason, Role, SteerKind
from storage import find, swapping
from storage.office import Office
from storage.session import Session
from tests.cast import MONTH, Cast, here

Tie = Callable[[Session, Cast, Person], object]


def declared(session: Session, cast: Cast, who: Person) -> object:
    case = find.allocations.by_ref(session, cast.allocation.ref).case
    return Conflict(who, date(2017, 1, 9), case=case)


def former(session: Session, cast: Cast, who: Person) -> object:
    case = find.allocations.by_ref(session, cast.allocation.ref).case
    assert case.team is not None
    return Posting(who, case.team, date(2016, 1, 4), date(2017, 6, 30))


def apart(session: Session, cast: Cast, who: Person) -> object:
    one, other = sorted((who, here(session, cast.social_worker)), key=lambda each: each.id or 0)
    return KeptApart(one, other)


def barred(session: Session, cast: Cast, who: Person) -> object:
    case = find.allocations.by_ref(session, cast.allocation.ref).case
    return Steer(MONTH, case, who, SteerKind.BARRED, here(session, cast.administrator))


def handed_back(session: Session, cast: Cast, who: Person) -> object:
    other = find.allocations.by_ref(session, cast.peers_allocation.ref)
    other.case = find.allocations.by_ref(session, cast.allocation.ref).case
    other.holder, other.state, other.reason = who, AllocationState.WITHDRAWN, Reason.PART_IN_CASE
    return other


@pytest.fixture
def free(office: Office, cast: Cast) -> Person:
    """Somebody with a turn next month and nothing to do in this."""
    with office.record.writing() as session:
        beside = here(session, cast.peer)
        who = Person(
            "lindiwe@example.org", "Lindiwe", [RoleHeld(Role.TEAM_MANAGER)], team=beside.team, group=beside.group
        )
        session.add_all([who, Turn(who, "2017-11")])
    return who


def may_be_asked(office: Office, cast: Cast) -> list[str]:
    with office.record.reading() as session:
        audit = find.allocations.by_ref(session, cast.allocation.ref)
        peers = swapping.who_may_be_asked(session, office, audit, here(session, cast.auditor))
        return [each.person.name for each in peers]


@pytest.mark.parametrize("tie", [declared, former, apart, barred, handed_back])
def test_who_is_tied_is_not_offered_nor_may_accept(office: Office, cast: Cast, free: Person, tie: Tie) -> None:
    assert may_be_asked(office, cast) == [free.name]
    with office.record.writing() as session:
        swap = swapping.ask(session, office, cast.allocation.ref, [free.email], here(session, cast.auditor))
    with office.record.writing() as session:
        session.add(tie(session, cast, here(session, free)))
    assert free.name not in may_be_asked(office, cast)
    with office.record.writing() as session, pytest.raises(Refusal, match="cannot take it"):
        swapping.accept(session, office, swap.ref, here(session, free))
