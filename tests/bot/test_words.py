"""The words of `/audit`: help by role, what is mistyped and still understood, and what is not known."""

import pytest

from bot import names
from bot.words import WORDS, meant, nearest, plain
from storage import find
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE, Door
from tests.bot.swapping import somebody_free
from tests.cast import Cast
from tests.twins import signing

UNKNOWN = "We do not know this Slack account yet. Ask the administrator to look at your address on the people list."
RUN_IT = ["", "swap", "away", "actions", "status", "report", "round", "chase", "help"]
AWAY = (
    "`/audit away`  say when you are not at work, or that you are back. _Your leave begins on Monday: give its days._"
)
SWAP = "ask somebody to take your audit, answer who asks you, or say that you can take one"


@ON_ONE_DATABASE
def test_help_says_what_each_word_does_and_when_to_type_it(door: Door, cast: Cast) -> None:
    lines = door.said(cast.auditor, "help").split("\n")
    assert (lines[0], lines[4], lines[-1]) == ("*What `/audit` can do*", AWAY, "Questions? Ask the administrator.")
    assert [line.count("_") for line in lines[1:-1]] == [2] * 8


@ON_ONE_DATABASE
@pytest.mark.parametrize(
    ("who", "theirs"),
    [
        ("auditor", ["", "return", "swap", "away", "actions", "status", "report", "help"]),
        ("administrator", RUN_IT),
        ("head_of_quality", RUN_IT),
        ("outsider", ["", "away", "status", "help"]),
    ],
)
def test_help_shows_nobody_a_word_that_is_not_theirs(door: Door, cast: Cast, who: str, theirs: list[str]) -> None:
    lines = door.said(getattr(cast, who), "help").split("\n")[1:-1]
    assert [line.split("`")[1].removeprefix("/audit").strip() for line in lines] == theirs


@ON_ONE_DATABASE
@pytest.mark.parametrize("words", ["help", "staus", "xyzzy", "hlep"])
@pytest.mark.usefixtures("cast")
def test_a_stranger_learns_nothing_of_the_words(door: Door, words: str) -> None:
    answer = door.send(signing.command("USTRANGER", words)).get_json()
    assert answer["text"] == UNKNOWN
    assert "swap" not in str(answer)


TYPED = [
    *[("SWAP", "swap"), ("swap!", "swap"), ('"swap"', "swap"), ("  swap   please ", "swap"), ("- swap", "swap")],
    *[("*Swap*", "swap"), ("sawp", "swap"), ("swaps", "swap"), ("retrun", "return"), ("staus", "status")],
    *[("hlep", "help"), ("actoins", "actions"), ("rond", "round"), ("...", ""), ("'help", "help")],
]


@pytest.mark.parametrize(("typed", "word"), TYPED)
def test_a_word_is_understood_however_it_is_typed(typed: str, word: str) -> None:
    assert meant(plain(typed)) == word


def test_every_word_means_itself() -> None:
    assert [word for word in WORDS if meant(word) != word] == []


@pytest.mark.parametrize("typed", ["xyzzy", "hello", "please", "no", "1", "x" * 3000])
def test_what_could_be_anything_is_not_guessed(typed: str) -> None:
    assert meant(plain(typed)) is None


@ON_ONE_DATABASE
def test_a_mistyped_word_is_answered_and_said(door: Door, cast: Cast) -> None:
    assert door.said(cast.auditor, "AWYA!").split("\n")[0] == "`awya` is taken for `/audit away`."
    assert door.said(cast.outsider, "rond").endswith("run the month. Type /audit to see what is yours.")


@ON_ONE_DATABASE
def test_an_unknown_word_is_met_with_the_nearest_of_ones_own(door: Door, cast: Cast) -> None:
    assert door.said(cast.auditor, "sapper") == (
        f"`/audit` does not know that word. Did you mean `/audit swap`, {SWAP}? `/audit help` lists what it knows."
    )
    assert door.said(cast.auditor, "xyzzy") == "`/audit` does not know that word. `/audit help` lists what it knows."


@ON_ONE_DATABASE
def test_the_nearest_is_never_a_word_of_others(cast: Cast) -> None:
    assert [nearest("rounding", who) for who in (cast.administrator, cast.outsider)] == ["round", None]


@ON_ONE_DATABASE
def test_who_has_no_audit_hears_so_at_once_and_can_offer_help(office: Office, cast: Cast, door: Door) -> None:
    free = somebody_free(office, cast)
    first, offer = door.command(free, "swap").get_json()["blocks"]
    assert first["text"]["text"] == (
        "You have no audit this month, so there is nothing to swap. If you have room, you could take one for somebody."
    )
    assert [each["action_id"] for each in offer["elements"]] == [names.CAN_TAKE_ONE]
    door.press(free, names.CAN_TAKE_ONE, "this month")
    with office.record.reading() as session:
        helper = find.people.by_email(session, free.email)
        assert helper is not None
        assert find.swaps.helper(session, helper, "2017-10") is not None
