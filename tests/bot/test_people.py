"""What is told when people move on, word for word in every state."""

from datetime import date

import pytest

from programme.absences import Away
from programme.people import Person
from programme.planning_facts import SlackAccountGone
from programme.words import AbsenceKind
from storage import find, handing_on, journal, staffing
from storage.office import Office
from tests.bot.conftest import Door
from tests.bot.test_messages import instead, letter
from tests.cast import NOW, Cast, here

OPEN, EMPTY, GONE = "work_to_hand_on", "vacancy_asked", "slack_account_gone"
OPEN_WITH_THEM = (
    "Open with them: 1 audit. Choose on the page People who takes it on."
    " What is still there on the first day without them goes to whoever has room."
)


def leaves(office: Office, who: Person, day: date, by: Person) -> None:
    with office.record.writing() as session:
        person = find.people.whole(session, who.id or 0)
        staffing.move_on(session, office, person, day, here(session, by))


def test_what_is_open_with_a_leaver(office: Office, cast: Cast, door: Door) -> None:
    leaves(office, cast.auditor, date(2017, 10, 6), cast.administrator)
    text, words = letter(office, door, OPEN, cast.administrator)
    assert text == "Something is open with somebody who cannot finish it"
    assert words[:2] == [
        "*Asha Thornbury moves on after Friday 6 October.*",
        OPEN_WITH_THEM,
    ]
    with office.record.writing() as session:
        person = find.people.whole(session, cast.auditor.id or 0)
        taker = {cast.allocation.ref: cast.peer.email}
        handing_on.hand_on(session, office, person, here(session, cast.administrator), taker)
    assert instead(office, door, OPEN, cast.administrator) == (
        "nothing is open any more",
        ["*Nothing is open with Asha Thornbury any more.* Thank you."],
    )


def test_what_is_open_with_somebody_who_hands_over(office: Office, cast: Cast, door: Door) -> None:
    with office.record.writing() as session:
        me = find.people.whole(session, cast.auditor.id or 0)
        away = Away(date(2017, 10, 2), date(2017, 10, 31), AbsenceKind.HANDS_OVER)
        staffing.note_away(session, office, me, away, me)
    _, words = letter(office, door, OPEN, cast.administrator)
    assert words[0] == "*What is open with Asha Thornbury goes to somebody else.*"


def test_an_empty_place_and_who_takes_it(office: Office, cast: Cast, door: Door) -> None:
    leaves(office, cast.peer, date(2017, 9, 15), cast.administrator)
    with office.record.writing() as session:
        [place] = find.vacancies.still_empty(session)
        assert staffing.ask_for_place(session, office, place.ref)
    text, words = letter(office, door, EMPTY, cast.head_of_service)
    assert (text, words) == (
        "A place in the rota is empty",
        [
            "*A place in Linden is empty for 2 weeks*: Kofi Lindqvist has moved on.",
            "Who takes it? Tell the administrator.",
        ],
    )
    with office.record.writing() as session:
        find.vacancies.by_ref(session, place.ref).fill(here(session, cast.outsider), on=date(2017, 10, 2))
    assert instead(office, door, EMPTY, cast.head_of_service) == (
        "taken",
        [f"*The place in Linden is taken*: {cast.outsider.name}. Thank you."],
    )


@pytest.mark.parametrize("settled_by", ["account", "leaving"])
def test_a_closed_account(office: Office, cast: Cast, door: Door, settled_by: str) -> None:
    with office.record.writing() as session:
        who = here(session, cast.auditor)
        who.slack_gone_on = date(2017, 10, 2)
        told = (here(session, cast.administrator),)
        journal.write(session, [SlackAccountGone(about=who.reference, tell=told)], by=None, at=NOW)
    text, words = letter(office, door, GONE, cast.administrator)
    assert (text, words[:2]) == (
        "A Slack account was closed",
        [
            "*Asha Thornbury's Slack account was closed*, so messages no longer reach them.",
            "Have they moved on? Say their last day on the page People.",
        ],
    )
    with office.record.writing() as session:
        who = here(session, cast.auditor)
        if settled_by == "account":
            who.slack_gone_on = None
        else:
            who.ends = date(2017, 10, 2)
    assert instead(office, door, GONE, cast.administrator)[0] == "settled meanwhile"
