"""The warning that a month may fall short, word for word in every state."""

from programme.words import RoundState
from storage import find, forecasting
from storage.office import Office
from tests.bot.conftest import Door
from tests.bot.test_messages import instead, letter
from tests.cast import MONTH, Cast, here

WARNING = "month_may_fall_short"


def warned(office: Office) -> None:
    with office.record.writing() as session:
        assert forecasting.warn(session, office, MONTH, forecasting.AT_DISTRIBUTION)


def test_the_arithmetic_first_then_what_would_help(office: Office, cast: Cast, door: Door) -> None:
    warned(office)
    text, words = letter(office, door, WARNING, cast.administrator)
    assert text == "October 2017 may fall short of its target"
    assert words[:-1] == [
        "*October 2017 may fall short.* At best this month gives 2; the target is 30.",
        "Likely to come back in time: 1. Four times in five it is 0 to 2.",
        "*What would help*",
        "• A second audit for 2 of the willing: about 1 more",
    ]


def test_when_it_does_not_fall_short_any_more(office: Office, cast: Cast, door: Door) -> None:
    warned(office)
    with office.record.writing() as session:
        forecasting.set_target(session, office, MONTH, 1, here(session, cast.administrator))
    assert instead(office, door, WARNING, cast.administrator) == (
        "it does not fall short any more",
        ["*October 2017* is likely to reach its target now. Thank you."],
    )


def test_when_the_month_has_gone_on(office: Office, cast: Cast, door: Door) -> None:
    warned(office)
    with office.record.writing() as session:
        find.rounds.of_month(session, MONTH).state = RoundState.MODERATING
    assert instead(office, door, WARNING, cast.administrator) == (
        "the month has gone on",
        ["*October 2017*: what came back is known. See the month's board."],
    )
