"""Every message can be spoken of: why there is one, and what any of Slack's codes means."""

import pytest

from bot.codes import BY_CODE
from bot.messages import MESSAGES
from programme import chasing, post_words
from programme.post_switch import PostSwitch
from programme.words import AccountStanding, Way
from tests.programme.test_notices import REAL_NOW, waiting


def test_every_message_has_words_for_why_there_is_one() -> None:
    assert set(post_words.WHY) == set(MESSAGES)


def test_every_step_of_both_ladders_has_words() -> None:
    names = {name for name in vars(chasing) if name.isupper() and isinstance(getattr(chasing, name), str)}
    steps = {getattr(chasing, name) for name in names} - {chasing.ACTIONS, chasing.MODERATION, chasing.CHECKS}
    assert steps == set(post_words.STEPS)
    assert post_words.step_in_words("monday 2017-11-06") == "was due, every Monday"


@pytest.mark.parametrize("code", [*BY_CODE, "not_reached", "http_503", "unheard_of:a_code_of_tomorrow"])
def test_every_code_comes_to_a_sentence(code: str) -> None:
    said = post_words.code_in_words(code)
    assert said[0].isupper()
    assert "unheard_of" not in said


REFUSED = "Slack refuses the app. Our token was revoked in Slack"
GOES = "Goes in the next minute"


@pytest.mark.parametrize(
    ("way", "prefers_email", "standing", "said"),
    [
        (Way.ANY, False, None, REFUSED),
        (Way.CHAT, True, None, REFUSED),
        (Way.EMAIL, False, None, GOES),
        (Way.ANY, True, None, GOES),
        (Way.ANY, False, AccountStanding.NONE, GOES),
    ],
)
def test_while_slack_refuses_the_app_only_what_needs_it_is_held_up(
    way: Way, prefers_email: bool, standing: AccountStanding | None, said: str
) -> None:
    notice = waiting()
    notice.way = way
    notice.person.prefers_email, notice.person.slack_user_id, notice.person.slack_standing = (
        prefers_email,
        None,
        standing,
    )
    switch = PostSwitch(refused=True, refused_since=REAL_NOW, refused_why="token_revoked")
    assert post_words.held_up_by(notice, switch, now=notice.due_at, real_now=REAL_NOW) == said
