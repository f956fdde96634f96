"""App Home as Slack keeps it: its own mark of the view goes along, and what changed meanwhile is drawn anew."""

from bot import names
from programme.people import Person
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE, Door, slack_id
from tests.bot.swapping import asked, free
from tests.cast import Cast
from tests.twins import signing
from tests.twins.slack import Fault

__all__ = ["free"]

pytestmark = ON_ONE_DATABASE


def marks(door: Door) -> list[str | None]:
    """Which mark each try to publish brought along."""
    return [said.get("hash") for said in door.twin.called("views.publish")]


def test_it_is_published_over_what_was_published_last(office: Office, door: Door, cast: Cast, free: Person) -> None:
    before = door.home_of(cast.auditor)
    first = door.twin.homes[slack_id(cast.auditor)]["hash"]
    asked(office, cast, free)
    assert door.at_home(slack_id(cast.auditor)) != before
    assert marks(door) == [None, first]


def test_a_view_that_changed_meanwhile_is_drawn_anew(office: Office, door: Door, cast: Cast, free: Person) -> None:
    me = slack_id(cast.auditor)
    before = door.home_of(cast.auditor)
    door.twin.homes[me]["hash"] = "somebody was quicker"
    asked(office, cast, free)
    assert [door.at_home(me) == before for _ in range(2)] == [True, False]
    assert [bool(mark) for mark in marks(door)] == [False, True, False]


def test_what_nothing_has_changed_in_is_not_published_again(door: Door, cast: Cast) -> None:
    door.home_of(cast.auditor)
    door.send(signing.event(slack_id(cast.auditor), names.HOME_OPENED, tab="home", view={"id": "V1"}))
    door.draw_homes()
    assert marks(door) == [None]


def test_who_opens_it_while_slack_is_away_sees_it_when_slack_is_back(door: Door, cast: Cast) -> None:
    door.twin.fail_next("views.publish", Fault(drop=True), Fault(status=503, error="service_unavailable"))
    door.send(signing.event(slack_id(cast.auditor), names.HOME_OPENED, tab="home"))
    for _ in range(2):
        door.draw_homes()
        assert door.twin.homes == {}
    assert door.at_home(slack_id(cast.auditor)).startswith(f"Hello, {cast.auditor.name}")
