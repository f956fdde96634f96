"""Modals as Slack really opens them: a trigger once and for three seconds, and never over what somebody quicker did."""

import pytest

from bot import names
from bot.calls import TOO_LATE
from programme.people import Person
from tests.bot.conftest import ON_ONE_DATABASE, Door, slack_id, words_of
from tests.bot.swapping import REF, free
from tests.cast import Cast
from tests.twins import signing
from tests.twins.signing import Signed
from tests.twins.slack import TRIGGER_LIVES_SECONDS

pytestmark = ON_ONE_DATABASE

__all__ = ["free"]

REASON = "AUD-2017-10-01, due on Friday 13 October."


def cannot_do(cast: Cast, trigger: str) -> Signed:
    return signing.press(slack_id(cast.auditor), names.CANNOT_DO, REF, trigger=trigger)


def told(door: Door) -> list[tuple[str, str, str]]:
    return [(each["channel"], each["user"], each["text"]) for each in door.twin.called("chat.postEphemeral")]


def test_a_trigger_that_is_late_is_told_and_pressing_again_opens(door: Door, cast: Cast) -> None:
    late = cannot_do(cast, door.twin.trigger())
    door.twin.now += TRIGGER_LIVES_SECONDS + 0.1
    assert door.send(late).status_code == 200
    assert told(door) == [("D1", "UASHA", TOO_LATE)]
    door.press(cast.auditor, names.CANNOT_DO, REF)
    assert door.modal_words.split("\n")[0] == REASON


def test_a_trigger_that_is_used_twice_opens_once_and_pressing_again_opens(door: Door, cast: Cast) -> None:
    trigger = door.twin.trigger()
    opens, again = (
        cannot_do(cast, trigger),
        signing.press(slack_id(cast.auditor), names.MORE_TIME, REF, trigger=trigger),
    )
    assert [door.send(each).status_code for each in (opens, again)] == [200, 200]
    assert ([view["callback_id"] for view in door.twin.views], told(door)) == (
        [names.REASON_VIEW],
        [("D1", "UASHA", TOO_LATE)],
    )
    door.press(cast.auditor, names.MORE_TIME, REF)
    assert door.modal["callback_id"] == names.MORE_TIME_VIEW


@pytest.mark.parametrize("which", ["the global shortcut", "a button in App Home"])
def test_where_there_is_no_channel_it_is_told_among_the_bots_own_messages(door: Door, cast: Cast, which: str) -> None:
    def asked() -> Signed:
        user, trigger = slack_id(cast.auditor), door.twin.trigger()
        if which == "the global shortcut":
            return signing.shortcut(user, names.SHORTCUT, trigger=trigger)
        return signing.press_at_home(user, names.CANNOT_DO, REF, trigger=trigger)

    late = asked()
    door.twin.now += TRIGGER_LIVES_SECONDS + 0.1
    assert door.send(late).status_code == 200
    assert (door.twin.views, told(door)) == ([], [("DUASHA", "UASHA", TOO_LATE)])
    assert door.send(asked()).status_code == 200
    assert len(door.twin.views) == 1


class TestTwoInOneModal:
    """Two presses in the modal that asks whom to ask: each was pressed on what stood there at the time."""

    @pytest.fixture
    def stale(self, door: Door, cast: Cast, free: Person) -> Signed:
        """A press of *Exchange audits* that comes after one of *Nothing in return*."""
        assert free.slack_user_id
        door.press(cast.auditor, names.SWAP, REF)
        seen = door.modal
        door.send(signing.press_in_modal(slack_id(cast.auditor), names.COVER, REF, view=seen))
        return signing.press_in_modal(slack_id(cast.auditor), names.EXCHANGE, REF, view=seen)

    def test_the_quicker_ones_stands(self, door: Door, stale: Signed) -> None:
        assert door.modal["private_metadata"] == f"{REF} cover"
        stands = door.modal
        assert door.send(stale).status_code == 200
        assert [door.modal, len(door.twin.called("views.update"))] == [stands, 2]

    def test_and_who_came_late_can_go_on_from_it(self, door: Door, cast: Cast, stale: Signed) -> None:
        door.send(stale)
        door.send(signing.press_in_modal(slack_id(cast.auditor), names.EXCHANGE, REF, view=door.modal))
        assert "exchange" in words_of(door.modal["blocks"]).lower()
        assert door.modal["private_metadata"] == f"{REF} exchange"
