"""The allocation on its page: the preview with its reasons, what is said by hand, and looking again later."""

import pytest

from programme.allocations import Allocation
from programme.people import Person, RoleHeld
from programme.rota import Turn
from programme.words import AllocationState, Role, RoundState
from storage import find
from storage.office import Office
from tests.cast import MONTH, NOW, Cast, here
from tests.web.conftest import Browser
from tests.web.test_opening import words

PAGE, CASE, OTHER = f"/rounds/{MONTH}/allocate", "MDW-0417", "MDW-0502"


@pytest.fixture(autouse=True)
def second(office: Office, cast: Cast) -> Person:
    """October before anything was allocated, and a second auditor with a turn in it."""
    with office.record.writing() as session:
        find.rounds.of_month(session, MONTH).state = RoundState.OPEN
        for each in (cast.allocation, cast.peers_allocation):
            session.delete(find.allocations.by_ref(session, each.ref))
        asha = here(session, cast.auditor)
        who = Person("zita@example.org", "Zita Orban", [RoleHeld(Role.AUDITOR)], team=asha.team, group=asha.group)
        session.add_all([who, Turn(who, MONTH)])
    return who


def held(office: Office) -> dict[str, str]:
    with office.record.reading() as session:
        every = find.allocations.of_round(session, find.rounds.of_month(session, MONTH))
        return {each.case.ref: each.holder.name for each in every if each.holder}


def by_hand(do: str, case: str, who: str) -> dict[str, str]:
    return {"do": do, "case": case, "person": who}


def test_a_preview_with_a_reason_for_each_and_then_all_of_it(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.administrator)
    shown = words(client.get(PAGE).text)
    assert shown.replace("&#39;", "'").count("another service, no tie to the child's team") == 2
    assert held(office) == {}
    assert client.post(PAGE).status_code == 303
    assert sorted(held(office)) == [CASE, OTHER]
    assert "All of these are allocated already, and nothing has to move." in words(client.get(PAGE).text)


def test_a_preview_that_would_come_out_otherwise_by_now_is_not_done(
    browser: Browser, office: Office, cast: Cast
) -> None:
    client = browser(cast.administrator)
    client.post(PAGE, data={"seen": "another"})
    assert held(office) == {}


def test_what_is_said_by_hand_is_kept_shown_and_taken_back(browser: Browser, office: Office, cast: Cast) -> None:
    client, asha = browser(cast.administrator), cast.auditor
    assert client.post(PAGE, data=by_hand("pin", CASE, asha.email)).status_code == 303
    shown = client.get(PAGE).text
    assert f"{CASE} goes to {asha.name} (said by {cast.administrator.name})" in words(shown)
    assert "&lt;span" not in shown
    client.post(PAGE, data=by_hand("bar", OTHER, asha.email))
    client.post(PAGE)
    assert held(office) == {CASE: asha.name, OTHER: "Zita Orban"}
    client.post(PAGE, data=by_hand("free", CASE, asha.email))
    assert f"{CASE} goes to" not in words(client.get(PAGE).text)


def test_looking_again_moves_only_what_must_and_never_what_is_out(
    browser: Browser, office: Office, cast: Cast, second: Person
) -> None:
    """One of two is given out. Barring its auditor changes nothing; barring the other's moves that one."""
    client = browser(cast.administrator)
    client.post(PAGE, data=by_hand("pin", CASE, cast.auditor.email))
    client.post(PAGE)
    with office.record.writing() as session:
        given = find.allocations.in_state(session, find.rounds.of_month(session, MONTH), AllocationState.PLANNED)
        out: Allocation = next(each for each in given if each.case.ref == CASE)
        out.state, out.given_out_at = AllocationState.OUT, NOW
    client.post(PAGE, data=by_hand("bar", OTHER, second.email))
    shown = words(client.get(PAGE).text)
    assert "Zita Orban" in shown
    client.post(PAGE)
    assert held(office) == {CASE: cast.auditor.name}
    with office.record.reading() as session:
        assert find.allocations.by_ref(session, out.ref).state is AllocationState.OUT
