"""Every message can be spoken of: why there is one, and what any of Slack's codes means."""

import pytest

from bot.codes import BY_CODE
from bot.messages import MESSAGES
from programme import chasing, post_words


def test_every_message_has_words_for_why_there_is_one() -> None:
    assert set(post_words.WHY) == set(MESSAGES)


def test_every_step_of_both_ladders_has_words() -> None:
    names = {name for name in vars(chasing) if name.isupper() and isinstance(getattr(chasing, name), str)}
    steps = {getattr(chasing, name) for name in names} - {chasing.ACTIONS}
    assert steps == set(post_words.STEPS)
    assert post_words.step_in_words("monday 2017-11-06") == "was due, every Monday"


@pytest.mark.parametrize("code", [*BY_CODE, "not_reached", "http_503", "unheard_of:a_code_of_tomorrow"])
def test_every_code_comes_to_a_sentence(code: str) -> None:
    said = post_words.code_in_words(code)
    assert said[0].isupper()
    assert "unheard_of" not in said
