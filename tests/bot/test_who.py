"""Whose account it is: twelve tricks of identity by which nobody wrong gets access, and nobody wrong gets a message.

In each the auditor's audit waits to be told of, and somebody tries to come in as the auditor.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest

from bot import names
from scheduler.post.postman import Postman
from scheduler.sweeps.introductions import Introductions, Knocks
from scheduler.sweeps.people import Accounts
from storage import find
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE, Door, reason, words_of
from tests.bot.test_buttons import NOT_IN_POST, UNKNOWN
from tests.cast import Cast, here
from tests.twins import signing
from tests.twins.slack import TEAM_ID

pytestmark = ON_ONE_DATABASE

ASHA, OTHER, REF, CASE = "UASHA", "UOTHER", "AUD-2017-10-01", "MDW-0417"
NOT_OURS = "We only serve the council's own Slack accounts, and this one is not any more. The administrator can help."


@dataclass
class Story:
    """The cast, the workspace, and what the trick does to them."""

    office: Office
    cast: Cast
    door: Door
    own_team: dict[str, str] = field(default_factory=dict)
    """The workspace that Slack names as somebody's own, where it is not ours."""

    def on_record(self, **of_asha: object) -> None:
        with self.office.record.writing() as session:
            for name, value in of_asha.items():
                setattr(here(session, self.cast.auditor), name, value)

    def slack_says(self, account: str, **marks: object) -> None:
        self.door.twin.marks[account] = marks

    def looks_up(self) -> None:
        """The worker's look-ups, each once."""
        bot = self.door.bot
        Introductions(self.office, bot.find_account).sweep()
        Accounts(self.office, bot.look_up).sweep()
        Knocks(self.office, bot.look_up).sweep()


def renamed_mail(story: Story) -> None:
    """Her address in Slack is another by now, and a newcomer has the old one."""
    story.door.twin.users |= {"asha.new@example.org": ASHA, "asha@example.org": OTHER}


def alias(story: Story) -> None:
    """Slack finds an account by an alias that is not its own address."""
    story.on_record(slack_user_id=None)
    story.door.twin.users["asha@example.org"] = OTHER
    story.slack_says(OTHER, profile={"email": "somebody@example.org"})


def without_account(**marks: object) -> Callable[[Story], None]:
    """The account with her address is not one that we serve."""

    def trick(story: Story) -> None:
        story.on_record(slack_user_id=None)
        story.slack_says(ASHA, **marks)

    return trick


def became(**marks: object) -> Callable[[Story], None]:
    """Her account, matched long ago, is not one that we serve any more."""
    return lambda story: story.slack_says(ASHA, **marks)


def same_id_of_another_team(story: Story) -> None:
    """Somebody of another workspace has her id there."""
    story.own_team[ASHA] = "T0OTHER"


def swapped_addresses(story: Story) -> None:
    """She and the outsider have each other's address in Slack by now."""
    story.door.twin.users |= {"asha@example.org": "UYUSUF", "yusuf@example.org": ASHA}


def changed_in_the_list(story: Story) -> None:
    """The people list gives her another address, which is somebody else's account."""
    story.on_record(email="other@example.org")
    story.door.twin.users["other@example.org"] = OTHER


def claimed_by_two(story: Story) -> None:
    """Her address leads to the account that is the peer's already."""
    story.on_record(slack_user_id=None)
    story.door.twin.users["asha@example.org"] = "UKOFI"


def moved_on(story: Story) -> None:
    story.on_record(ends=date(2017, 9, 29))


def in_capitals(story: Story) -> None:
    """Slack writes her address in another case."""
    story.on_record(slack_user_id=None)
    story.slack_says(ASHA, profile={"email": "Asha@EXAMPLE.org"})


LET_IN = None
TRICKS: dict[str, tuple[Callable[[Story], None], str, str | None, bool]] = {
    # what is done, who then comes, the answer they get, and whether the auditor's own account is told of her audit
    "renamed mail: she": (renamed_mail, ASHA, LET_IN, True),
    "renamed mail: the newcomer": (renamed_mail, OTHER, UNKNOWN, True),
    "alias": (alias, OTHER, UNKNOWN, False),
    "deleted before": (without_account(deleted=True), ASHA, UNKNOWN, False),
    "deleted since": (became(deleted=True), ASHA, NOT_OURS, False),
    "guest before": (without_account(is_restricted=True), ASHA, UNKNOWN, False),
    "guest since": (became(is_restricted=True), ASHA, NOT_OURS, False),
    "single-channel guest": (became(is_restricted=True, is_ultra_restricted=True), ASHA, NOT_OURS, False),
    "Connect user": (without_account(is_stranger=True, team_id="T0OTHER"), ASHA, UNKNOWN, False),
    "bot user": (without_account(is_bot=True), ASHA, UNKNOWN, False),
    "same id, other team": (same_id_of_another_team, ASHA, UNKNOWN, True),
    "swapped addresses: she": (swapped_addresses, ASHA, LET_IN, True),
    "address changed in the list": (changed_in_the_list, OTHER, UNKNOWN, True),
    "claimed by two": (claimed_by_two, ASHA, UNKNOWN, False),
    "moved on": (moved_on, ASHA, NOT_IN_POST, False),
    "case of the address": (in_capitals, ASHA, LET_IN, True),
}


@pytest.fixture
def story(office: Office, cast: Cast, door: Door) -> Story:
    return Story(office, cast, door)


@pytest.mark.parametrize("name", TRICKS)
def test_nobody_wrong_is_let_in_and_nobody_wrong_is_written_to(story: Story, name: str) -> None:
    trick, who, answer, is_told = TRICKS[name]
    trick(story)
    story.looks_up()
    assert shown(story, who) == dict.fromkeys(WAYS, answer)
    bot, twin = story.door.bot, story.door.twin
    Postman(story.office, bot.render, bot.send, "w").deliver_until_empty()
    told = {user for user in twin.users.values() if CASE in str(twin.sent_to(user))}
    assert told == ({ASHA} if is_told else set())


REFUSALS = {UNKNOWN, NOT_IN_POST, NOT_OURS}
WAYS = ("command", "press", "sent modal", "shortcut", "Home", "message", "mention")


def shown(story: Story, who: str) -> dict[str, str | None]:
    """What somebody reads by every way in; None where it is no refusal. A command of another workspace never comes."""
    said = {way: _by(story, way, who) for way in WAYS if way != "command" or who not in story.own_team}
    read = {way: words if words in REFUSALS else None for way, words in said.items()}
    return {"command": UNKNOWN, **read} if who in story.own_team else read


def _by(story: Story, way: str, who: str) -> str:
    door, own_team, told = (
        story.door,
        story.own_team.get(who, ""),
        {"type": "modal", "private_metadata": REF, "blocks": []},
    )
    trigger = door.twin.trigger()
    spoken = {"user_team": own_team or TEAM_ID, "channel": "C1", "channel_type": "im", "text": "Hello"}
    sent = {
        "command": lambda: signing.command(who),
        "press": lambda: signing.press(who, names.CANNOT_DO, REF, trigger=trigger, own_team=own_team),
        "sent modal": lambda: signing.submission(
            who, {**told, "callback_id": names.REASON_VIEW}, reason("capacity"), own_team=own_team
        ),
        "shortcut": lambda: signing.shortcut(who, names.SHORTCUT, trigger=trigger, own_team=own_team),
        "Home": lambda: signing.event(who, names.HOME_OPENED, tab="home", user_team=own_team or TEAM_ID),
        "message": lambda: signing.event(who, names.MESSAGE, **spoken),
        "mention": lambda: signing.event(who, names.MENTIONED, **spoken),
    }[way]()
    answer = door.send(sent)
    assert answer.status_code == 200
    if way in {"command", "sent modal"}:
        said = answer.get_json()
        return (
            words_of(said.get("blocks") or said["view"]["blocks"])
            if "view" in said or said.get("blocks")
            else said["text"]
        )
    if way in {"press", "shortcut"}:
        return door.modal_words
    if way == "Home":
        return door.at_home(f"{own_team}/{who}" if own_team else who)
    return str(door.twin.called("chat.postEphemeral")[-1]["text"])


def test_who_is_turned_away_leaves_one_knock_and_nothing_that_they_wrote(story: Story) -> None:
    shown(story, OTHER)
    assert _knocks(story) == [(OTHER, len(WAYS), None)]
    story.door.twin.marks[OTHER] = {"real_name": "Olive Oddment", "profile": {"email": "olive@example.org"}}
    story.looks_up()
    assert _knocks(story) == [(OTHER, len(WAYS), "Olive Oddment")]


def test_who_is_known_never_knocks(story: Story) -> None:
    story.own_team[ASHA] = "T0OTHER"
    moved_on(story)
    shown(story, ASHA)
    assert _knocks(story) == []


def _knocks(story: Story) -> list[tuple[str, int, str | None]]:
    with story.office.record.reading() as session:
        return [(each.slack_user_id, each.times, each.name or None) for each in find.knocks.waiting(session)]
