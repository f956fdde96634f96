"""In the demo anybody may be anybody, and time passes; anywhere else none of it exists."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from programme.people import AuditGroup, Person, RoleHeld
from programme.words import Role
from storage import find
from storage.office import Office
from tests.cast import Cast, here
from tests.web.conftest import pages
from web.demo import by_kind

FOREIGN = ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil"]


@pytest.fixture
def elsewhere(office: Office, cast: Cast) -> FlaskClient:  # noqa: ARG001 - the cast is on record
    return pages(replace(office, demo=False)).test_client()


def test_without_the_demo_its_pages_do_not_exist(elsewhere: FlaskClient, cast: Cast) -> None:
    answers = [
        elsewhere.get("/demo"),
        elsewhere.post("/demo", data={"email": cast.auditor.email}),
        elsewhere.post("/demo/next-day"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert elsewhere.get("/").location == "/sign-in?next=/"


def test_without_the_demo_nothing_leads_to_it(elsewhere: FlaskClient) -> None:
    page = elsewhere.get("/sign-in").text
    assert ("/demo" in page, "/audit" in page) == (False, True)


def test_choosing_signs_in_as_often_as_one_likes(nobody: FlaskClient, cast: Cast) -> None:
    assert nobody.post("/demo", data={"email": cast.peer.email}).location == "/"
    assert cast.peer.name in nobody.get("/me").text
    assert nobody.post("/demo", data={"email": cast.auditor.email}).location == "/"
    assert cast.auditor.name in nobody.get("/me").text


@pytest.mark.parametrize("email", ["", "nobody@example.org", "ASHA"])
def test_somebody_who_is_not_there(nobody: FlaskClient, email: str) -> None:
    assert nobody.post("/demo", data={"email": email}).status_code == 404


def test_whoever_has_moved_on_cannot_be_chosen(nobody: FlaskClient, office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        here(session, cast.peer).ends = office.today(session) - timedelta(days=1)
    assert cast.peer.name not in nobody.get("/demo").text
    assert nobody.post("/demo", data={"email": cast.peer.email}).status_code == 404


def test_the_way_one_came_is_kept(nobody: FlaskClient, cast: Cast) -> None:
    address = f"/returns/{cast.allocation.token}"
    assert nobody.get(address).location == f"/sign-in?next={address}"
    assert f'href="/demo?next={address}"' in nobody.get(f"/sign-in?next={address}").text
    assert f'name="next" value="{address}"' in nobody.get(f"/demo?next={address}").text
    assert nobody.post("/demo", data={"email": cast.auditor.email, "next": address}).location == address


@pytest.mark.parametrize("asked", FOREIGN)
def test_the_way_on_is_never_somebody_elses(nobody: FlaskClient, cast: Cast, asked: str) -> None:
    shown = [nobody.get(page, query_string={"next": asked}).text for page in ("/sign-in", "/demo")]
    assert ["evil" in page or "alert" in page for page in shown] == [False, False]
    sent = [nobody.post("/demo", data={"email": cast.auditor.email, "next": asked})]
    sent.append(nobody.post("/demo/next-day", data={"next": asked}))
    assert [answer.location for answer in sent] == ["/", "/"]


def test_the_next_day_is_the_next_working_day_at_five_past_nine(nobody: FlaskClient, office: Office) -> None:
    for day in (3, 4, 5, 6, 9):
        assert nobody.post("/demo/next-day", data={"next": "/help"}).location == "/help"
        with office.record.reading() as session:
            assert office.today(session) == date(2017, 10, day)
    assert "It is 9:05am on Monday 9 October 2017." in nobody.get("/help").text


def test_everybody_stands_once_under_what_they_are(office: Office, cast: Cast) -> None:
    with office.record.reading() as session:
        everyone, current = find.people.everyone(session), find.rounds.current(session)
        groups = {kind: [person.name for person in people] for kind, people in by_kind(everyone, current).items()}
    assert groups == {
        "Runs the month": [cast.administrator.name],
        "Leads on quality": [cast.head_of_quality.name],
        "This month's auditors": [cast.auditor.name],
        "Heads of Service": [cast.childs_head_of_service.name, cast.head_of_service.name],
        "Team Managers": [cast.peer.name, cast.team_manager.name],
        "Social workers": [cast.social_worker.name, cast.outsider.name],
    }


def test_before_any_month_nobodys_turn_is_shown() -> None:
    deputy = Person("a@example.org", "Amara Blythe", [RoleHeld(Role.DEPUTY_TEAM_MANAGER)], group=AuditGroup("Rowan"))
    assert by_kind([deputy], None) == {"Deputy Team Managers": [deputy]}
