"""'Unsafe now' on the form: the alert goes at once, the page says whom to ring, and nothing that was typed is lost."""

import re
from datetime import date, time

import pytest

from programme.absences import Absence
from programme.calendar import at_london
from programme.safety import Alert
from programme.words import AllocationState, Priority
from storage import clock, find
from storage.office import Office
from tests.cast import Cast, here
from tests.forms.filling import RIGHT, address, fill_in, parts, post, send, without
from tests.web.conftest import Browser

UNSAFE = {"unsafe": "no"}
TYPED = {"core.plan": "2", "core.voice.evidence": "She is known well."}
RANG = {"rang": "yes", "spoken_to": "The Team Manager", "spoken_at": "09:00"}
BOTH_WAYS = 2
"""Messages for each who is told: one in chat, one by e-mail."""


def alert_of(office: Office, cast: Cast) -> Alert | None:
    with office.record.reading() as session:
        return find.alerts.of_audit(session, cast.allocation.ref)


def told(office: Office, *kinds: str) -> set[str]:
    """Everybody any of these messages is for."""
    with office.record.reading() as session:
        return {notice.person.email for kind in kinds for notice in find.notices.of_kind(session, kind)}


def words_in(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_alert_goes_at_once_whatever_else_is_empty(browser: Browser, office: Office, cast: Cast) -> None:
    answer = browser(cast.auditor).post(address(cast), data=UNSAFE)
    alert = alert_of(office, cast)
    assert (answer.status_code, alert is not None and alert.ref) == (200, "SAFE-2017-10-01")
    near = {cast.team_manager.email, cast.childs_head_of_service.email, cast.head_of_quality.email}
    assert told(office, "child_unsafe") == near
    assert told(office, "action_raised") == {cast.team_manager.email}
    with office.record.reading() as session:
        audit = find.allocations.by_ref(session, cast.allocation.ref)
        [action] = find.actions.of_allocation(session, audit)
    assert (audit.state, action.priority, action.due_at) == (
        AllocationState.OUT,
        Priority.IMMEDIATE,
        at_london(date(2017, 10, 3), time(9, 5)),
    )


def test_the_page_says_whom_to_ring_in_order(browser: Browser, cast: Cast) -> None:
    page = browser(cast.auditor).post(address(cast), data=UNSAFE).text
    ring = [words_in(each) for each in re.findall(r"<li>(.*?)</li>", page[page.index("app-ring") :], re.DOTALL)]
    assert ring[:4] == [
        f"{cast.team_manager.name} , now",
        f"{cast.childs_head_of_service.name} , if not reached within 30 minutes",
        f"{cast.head_of_quality.name} , if not reached within 30 minutes",
        "Out of hours: the duty team",
    ]
    assert "This page is not a referral." in words_in(page)


@pytest.mark.parametrize("answer", ["no", "staff"])
def test_from_any_page_and_what_was_typed_there_comes_back(
    browser: Browser, office: Office, cast: Cast, answer: str
) -> None:
    """The button asks first whom the worry is about, as nobody may be told who should not be."""
    client = browser(cast.auditor)
    page = post(client, cast, "core", TYPED, unsafe="ask").text
    assert ("Is the worry about the conduct of a member of staff?" in page, alert_of(office, cast)) == (True, None)
    assert "Ring now" in client.post(address(cast, "core"), data={"unsafe": answer}).text
    back = client.post(address(cast, "core"), data=RANG)
    assert (back.status_code, back.location) == (303, address(cast, "core"))
    page = client.get(address(cast, "core")).text
    assert ["She is known well." in page, "The alert is out since" in page] == [True, True]
    alert = alert_of(office, cast)
    assert alert is not None
    assert alert.staff_conduct == (answer == "staff")


def test_pressed_by_mistake_it_tells_nobody_and_loses_nothing(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    post(client, cast, "safety", {"safety": "unsafe_now", "safety_detail": "Not seen."})
    assert "Ring now" in client.get(address(cast, "core")).text
    back = client.post(address(cast, "safety"), data={"unsafe": "mistake"})
    assert (back.location, alert_of(office, cast)) == (address(cast, "safety"), None)
    page = client.get(address(cast, "safety")).text
    assert ["Not seen." in page, 'value="unsafe_now" checked' in page] == [True, False]


@pytest.mark.parametrize(
    ("rang", "sentence"),
    [
        ({"spoken_to": " "}, "Say whom you spoke to."),
        ({"spoken_at": "soon"}, "Say when you spoke to them, today, like 09:40."),
        ({"spoken_at": "23:00"}, "Say when you spoke to them, today, like 09:40."),
    ],
)
def test_whom_and_when_are_needed(browser: Browser, cast: Cast, rang: dict[str, str], sentence: str) -> None:
    client = browser(cast.auditor)
    client.post(address(cast), data=UNSAFE)
    answer = client.post(address(cast), data=RANG | rang)
    assert (answer.status_code, sentence in answer.text) == (422, True)


def test_the_form_is_not_taken_before_the_call(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    fill_in(client, cast, without("safety"))
    unsafe = {"safety": "unsafe_now", "staff_conduct": "no", "safety_detail": "Not seen for weeks."}
    assert "Ring now" in post(client, cast, "safety", unsafe).text
    assert "Ring now" in send(client, cast).text
    assert client.post(address(cast, "check"), data=RANG).location == address(cast, "check")
    assert send(client, cast).location == address(cast)
    with office.record.reading() as session:
        audit = find.allocations.by_ref(session, cast.allocation.ref)
        actions = find.actions.of_allocation(session, audit)
        alerts = find.notices.of_kind(session, "child_unsafe")
    assert audit.state is AllocationState.RETURNED_IN_TIME
    assert [action.ref for action in actions] == ["ACT-2017-10-01-1", "ACT-2017-10-01-2"]
    assert [action.priority for action in actions].count(Priority.IMMEDIATE) == 1
    assert len(alerts) == BOTH_WAYS * 3


def test_chosen_without_saying_about_whom_it_asks_first(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    page = post(client, cast, "safety", {"safety": "unsafe_now"}).text
    assert ("Is the worry about the conduct of a member of staff?" in page, alert_of(office, cast)) == (True, None)
    client.post(address(cast, "safety"), data=UNSAFE)
    assert alert_of(office, cast) is not None


def test_pressed_twice_it_is_one_alert(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    for _ in range(2):
        client.post(address(cast), data=UNSAFE)
    with office.record.reading() as session:
        assert len(find.notices.of_kind(session, "child_unsafe")) == BOTH_WAYS * 3


def test_of_a_worry_about_staff_nobody_in_the_team_hears(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    page = client.post(address(cast), data=UNSAFE | {"unsafe": "staff"}).text
    outside = {cast.childs_head_of_service.email, cast.head_of_quality.email}
    assert told(office, "child_unsafe", "action_raised") == outside
    assert [name in page for name in (cast.team_manager.name, cast.social_worker.name)] == [False, False]
    assert "designated officer" in page
    client.post(address(cast), data=RANG)
    unsafe = {"safety": "unsafe_now", "staff_conduct": "yes", "safety_detail": "Not seen for weeks."}
    fill_in(client, cast, RIGHT | unsafe)
    assert send(client, cast).status_code == 303
    assert told(office, "child_unsafe", "action_raised", "alert_repeated", "alert_taken") == outside


def test_on_a_saturday_night_and_when_away_it_goes_all_the_same(browser: Browser, office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, 7), time(2)))
        session.add(Absence(here(session, cast.team_manager), date(2017, 10, 1), date(2017, 10, 20)))
    browser(cast.auditor).post(address(cast), data=UNSAFE)
    with office.record.reading() as session:
        due = {notice.person.email: notice.due_at for notice in find.notices.of_kind(session, "child_unsafe")}
    assert due[cast.team_manager.email] == at_london(date(2017, 10, 7), time(2))


def test_enter_in_a_field_neither_sends_nor_alarms(browser: Browser, office: Office, cast: Cast) -> None:
    """A browser presses the first button of the form."""
    client = browser(cast.auditor)
    for part in parts(cast):
        page = client.get(address(cast, part.name)).text
        form = page[page.index('<form method="post" novalidate>') :]
        [name, value] = re.findall(r'<button[^>]*name="(\w+)" value="(\w+)"', form)[0]
        on_it = {field: said for field, said in RIGHT.items() if field in part.fields}
        answer = post(client, cast, part.name, on_it, **{name: value})
        assert (answer.status_code, alert_of(office, cast)) == (303, None)
    with office.record.reading() as session:
        assert find.allocations.by_ref(session, cast.allocation.ref).state is AllocationState.OUT


def test_out_of_hours_the_duty_team_comes_first(browser: Browser, office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, 2), time(21, 40)))
    page = browser(cast.auditor).post(address(cast), data=UNSAFE).text
    ring = [words_in(each) for each in re.findall(r"<li>(.*?)</li>", page[page.index("app-ring") :], re.DOTALL)]
    assert ring[:2] == ["The duty team , now", f"{cast.team_manager.name} , now"]
